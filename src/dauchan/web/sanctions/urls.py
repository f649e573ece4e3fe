"""Addresses of sanctions: the officers' and, under /owner/, the owner's."""

from django.urls import path

from dauchan.web.sanctions import alerts, bases, listing, one, own, papers, proposing

app_name = "sanctions"

urlpatterns = [
    path("officer/sanctions/", listing.sanction_list, name="sanctions"),
    path("officer/sanctions/export.csv", listing.export, name="export"),
    path("officer/sanctions/new/", proposing.propose_one, name="propose"),
    path("officer/sanctions/bases/", bases.basis_list, name="bases"),
    path("officer/sanctions/bases/<int:basis_id>/end/", bases.end, name="end_basis"),
    path("officer/sanctions/alerts/", alerts.alert_list, name="alerts"),
    path("officer/sanctions/alerts/<int:alert_id>/", alerts.see, name="see_alert"),
    path("officer/sanctions/pictures/<int:picture_id>.jpg", one.picture, name="picture"),
    path("officer/sanctions/<int:sanction_id>/", one.page, name="one"),
    path("officer/sanctions/<int:sanction_id>/document.pdf", papers.paper, name="paper"),
    path("officer/sanctions/<int:sanction_id>/appeal.pdf", papers.answer_paper, name="answer_paper"),
    path("officer/sanctions/<int:sanction_id>/<slug:step>/", one.step, name="step"),
    path("owner/sanctions/pictures/<int:picture_id>.jpg", own.picture, name="own_picture"),
    path("owner/sanctions/<int:sanction_id>/", own.page, name="own"),
    path("owner/sanctions/<int:sanction_id>/document.pdf", papers.own_paper, name="own_paper"),
    path("owner/sanctions/<int:sanction_id>/appeal.pdf", papers.own_answer_paper, name="own_answer_paper"),
    path("owner/sanctions/<int:sanction_id>/<slug:step>/", own.step, name="own_step"),
]
