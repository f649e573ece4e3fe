"""Addresses of help: the public's page, and the hotline's desk."""

from django.urls import path

from dauchan.web.helpdesk import articles, canned, figures, lost_phone, one, public, tickets

app_name = "helpdesk"

urlpatterns = [
    path("help/", public.ask_page, name="ask"),
    path("help/articles/<slug:slug>/", public.article, name="article"),
    path("help/<str:code>/", public.follow, name="follow"),
    path("help/<str:code>/rate/", public.rate_answer, name="rate"),
    path("help/<str:code>/again/", public.ask_once_more, name="again"),
    path("officer/tickets/", tickets.ticket_list, name="tickets"),
    path("officer/tickets/new/", tickets.new_by_phone, name="new"),
    path("officer/tickets/venues/", tickets.venues, name="venues"),
    path("officer/tickets/<int:ticket_id>/", one.page, name="ticket"),
    path("officer/tickets/<int:ticket_id>/<slug:step>/", one.step, name="step"),
    path("officer/help/lost-phone/", lost_phone.page, name="lost_phone"),
    path("officer/help/figures/", figures.page, name="figures"),
    path("officer/help/articles/", articles.article_list, name="articles"),
    path("officer/help/articles/new/", articles.new, name="new_article"),
    path("officer/help/articles/<int:article_id>/", articles.page, name="edit_article"),
    path("officer/help/articles/<int:article_id>/publish/", articles.publish_latest, name="publish"),
    path("officer/help/articles/<int:article_id>/withdraw/", articles.withdraw_article, name="withdraw"),
    path("officer/help/sentences/", canned.sentence_list, name="canned"),
    path("officer/help/sentences/new/", canned.page, name="new_canned"),
    path("officer/help/sentences/<int:canned_id>/", canned.page, name="edit_canned"),
]
