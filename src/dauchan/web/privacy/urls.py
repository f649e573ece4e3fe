"""Addresses of personal data protection: a person's own pages, and those of officers."""

from django.urls import path

from dauchan.web.privacy import breaches, counter, listing, one, own, own_requests, retention

app_name = "privacy"

urlpatterns = [
    path("me/rights/", own_requests.rights, name="rights"),
    path("me/rights/<slug:right>/", own_requests.ask, name="ask"),
    path("me/requests/<str:code>/", own_requests.request_page, name="own_request"),
    path("me/requests/<str:code>/call-off/", own_requests.call_off_request, name="call_off"),
    path("me/requests/<str:code>/letter.pdf", own_requests.letter, name="own_letter"),
    path("me/data/", own.data, name="own_data"),
    path("me/data.json", own.data_file, name="own_file"),
    path("me/data.pdf", own.data_paper, name="own_paper"),
    path("officer/privacy/", listing.request_list, name="requests"),
    path("officer/privacy/export.csv", listing.export, name="export"),
    path("officer/privacy/new/", counter.begin, name="begin"),
    path("officer/privacy/new/wish/", counter.wish, name="wish"),
    path("officer/privacy/<int:request_id>/", one.page, name="one"),
    path("officer/privacy/<int:request_id>/letter.pdf", one.letter, name="letter"),
    path("officer/privacy/<int:request_id>/copy.<slug:kind>", one.copy, name="copy"),
    path("officer/privacy/<int:request_id>/<slug:step>/", one.step, name="step"),
    path("officer/breaches/", breaches.breach_list, name="breaches"),
    path("officer/breaches/new/", breaches.new, name="new_breach"),
    path("officer/breaches/<int:breach_id>/", breaches.page, name="breach"),
    path("officer/breaches/<int:breach_id>/<slug:which>.pdf", breaches.paper, name="breach_paper"),
    path("officer/breaches/<int:breach_id>/amend/", breaches.change, name="amend_breach"),
    path("officer/breaches/<int:breach_id>/<slug:step>/", breaches.step, name="breach_step"),
    path("officer/retention/", retention.certificate_list, name="retention"),
    path("officer/retention/<int:certificate_id>.pdf", retention.paper, name="certificate"),
]
