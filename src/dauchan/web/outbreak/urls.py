"""Addresses of the pictures of an outbreak."""

from django.urls import path

from dauchan.web.outbreak import chains, clock, overview, places, spread, timeline

app_name = "outbreak"

urlpatterns = [
    path("tracer/outbreak/", overview.overview, name="outbreak"),
    path("tracer/outbreak/places/", places.shared_places, name="places"),
    path("tracer/outbreak/chains/", chains.chains, name="chains"),
    path("tracer/outbreak/map/", spread.spread, name="map"),
    path("tracer/outbreak/clock/", clock.clock, name="clock"),
    path("tracer/outbreak/cases/<int:case_id>/timeline/", timeline.timeline, name="timeline"),
]
