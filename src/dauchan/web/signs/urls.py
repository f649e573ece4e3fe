"""Addresses of the signs' screens, for monitors and for the officers of an area."""

from django.urls import path

from dauchan.web.signs import dismissals, export, listing, screenings, venue

app_name = "signs"

urlpatterns = [
    path("", listing.sign_list, name="signs"),
    path("signs.csv", export.signs, name="csv"),
    path("screenings/", screenings.screening_list, name="screenings"),
    path("venues/<int:venue_id>/", venue.venue_signs, name="venue"),
    path("<int:sign_id>/dismiss/", dismissals.dismiss, name="dismiss"),
    path("dismissals/<int:dismissal_id>/withdraw/", dismissals.withdraw, name="withdraw"),
]
