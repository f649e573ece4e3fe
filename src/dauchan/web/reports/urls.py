"""Addresses of reports: the public's, and the officers'."""

from django.urls import path

from dauchan.web.reports import board, filing, following, listing, one, photographs

app_name = "reports"

urlpatterns = [
    path("places/<int:venue_id>/report/", filing.at_venue, name="at_venue"),
    path("reports/", board.board, name="board"),
    path("reports/board.csv", board.open_data, name="open_data"),
    path("reports/photos/<int:photo_id>.jpg", board.photo, name="public_photo"),
    path("reports/new/", filing.new, name="new"),
    path("reports/<str:code>/", following.page, name="follow"),
    path("reports/<str:code>/reopen/", following.reopen, name="reopen"),
    path("reports/<str:code>/rate/", following.rate, name="rate"),
    path("reports/<str:code>/phone/", following.phone, name="phone"),
    path("officer/reports/", listing.report_list, name="reports"),
    path("officer/reports/accept/", listing.accept_many, name="accept_many"),
    path("officer/reports/export.csv", listing.export, name="export"),
    path("officer/reports/photos/<int:photo_id>.jpg", photographs.blurred, name="blurred"),
    path("officer/reports/photos/<int:photo_id>/", photographs.edit, name="photo"),
    path("officer/reports/photos/<int:photo_id>/original/", photographs.original, name="original"),
    path("officer/reports/<int:report_id>/", one.page, name="one"),
    path("officer/reports/<int:report_id>/<slug:step>/", one.step, name="step"),
]
