"""Addresses of the zones' screens: the officers' and the public page."""

from django.urls import path

from dauchan.web.zones import drafting, exports, listing, people, public, zone

app_name = "zones"

urlpatterns = [
    path("zones/", public.zones, name="public"),
    path("zones/areas.geojson", public.areas, name="public_areas"),
    path("tracer/zones/", listing.zones, name="zones"),
    path("tracer/zones/areas.geojson", listing.areas, name="areas"),
    path("tracer/zones/new/", drafting.new, name="new"),
    path("tracer/zones/<int:zone_id>/", zone.zone_page, name="zone"),
    path("tracer/zones/<int:zone_id>/change/", drafting.change, name="change"),
    path("tracer/zones/<int:zone_id>/lift/", drafting.lift, name="lift"),
    path("tracer/zones/<int:zone_id>/log/", zone.log, name="log"),
    path("tracer/zones/orders/<int:order_id>/area.geojson", zone.area, name="area"),
    path("tracer/zones/orders/<int:order_id>/edit/", drafting.redraft, name="redraft"),
    path("tracer/zones/orders/<int:order_id>/withdraw/", drafting.withdraw, name="withdraw"),
    path("tracer/zones/orders/<int:order_id>/decision/", zone.decide, name="decide"),
    path("tracer/zones/orders/<int:order_id>/people/", people.make_list, name="make_list"),
    path("tracer/zones/orders/<int:order_id>/venues.csv", exports.venues, {"ending": "csv"}, name="csv"),
    path("tracer/zones/orders/<int:order_id>/venues.xlsx", exports.venues, {"ending": "xlsx"}, name="xlsx"),
    path("tracer/zones/people/<int:list_id>/", people.people_page, name="people"),
    path("tracer/zones/names/<int:asked_id>/", people.decide_names, name="decide_names"),
]
