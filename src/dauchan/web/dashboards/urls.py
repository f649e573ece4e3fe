"""Addresses of the dashboards."""

from django.urls import path

from dauchan.web.dashboards import exports, units, venues

app_name = "dashboards"

urlpatterns = [
    path("officer/indicators/", units.unit_page, name="units"),
    path("officer/indicators/venues/", venues.venue_list, name="venues"),
    path("officer/indicators/venues/<int:venue_id>/", venues.venue_page, name="venue"),
    path("officer/indicators/<str:table>.<str:ending>", exports.download, name="export"),
]
