"""Addresses of the venue file."""

from django.urls import path

from dauchan.web.venue_file import views

app_name = "venue_file"

urlpatterns = [
    path("officer/venues/<int:venue_id>/file/", views.officers_file, name="file"),
    path("owner/<int:venue_id>/file/", views.own_file, name="own"),
]
