"""Addresses of the officer screens."""

from django.urls import path

from dauchan.web.officer import approvals, modes, poster_photos, unit_posters, venues, views

app_name = "officer"

urlpatterns = [
    path("", views.home, name="home"),
    path("venues/", venues.venue_list, name="venues"),
    path("venues/<int:venue_id>/", venues.venue_page, name="venue"),
    path("venues/<int:venue_id>/pictures/<int:picture_id>.jpg", venues.picture, name="picture"),
    path("venues/<int:venue_id>/poster/<slug:sheet>.pdf", venues.poster, name="poster"),
    path("venues/<int:venue_id>/approve/", approvals.approve, name="approve"),
    path("venues/<int:venue_id>/send-back/", approvals.send_back, name="send_back"),
    path("venues/<int:venue_id>/undo/", approvals.undo, name="undo"),
    path("approvals/", approvals.inbox, name="approvals"),
    path("approvals/approve/", approvals.approve_many, name="approve_many"),
    path("posters/", unit_posters.posters, name="posters"),
    path("posters/read/", poster_photos.read_posters, name="read_posters"),
    path("posters/read/keep/", poster_photos.keep, name="keep_poster_reading"),
    path("modes/", modes.mode_orders, name="mode_orders"),
    path("modes/new/", modes.new_mode_order, name="new_mode_order"),
    path("modes/<int:order_id>/", modes.mode_order, name="mode_order"),
    path("modes/<int:order_id>/withdraw/", modes.withdraw_mode_order, name="withdraw_mode_order"),
    path("posters/<int:unit_id>/<slug:sheet>.pdf", unit_posters.unit_posters, name="unit_posters"),
]
