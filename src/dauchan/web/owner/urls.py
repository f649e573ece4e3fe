"""Addresses of the owner screens."""

from django.urls import path

from dauchan.web.owner import registration, views

app_name = "owner"

urlpatterns = [
    path("", views.home, name="home"),
    path("new/", registration.new, name="new"),
    path("communes.json", views.communes, name="communes"),
    path("pictures/<int:picture_id>.jpg", views.picture, name="picture"),
    path("<int:venue_id>/", views.venue, name="venue"),
    path("<int:venue_id>/edit/", registration.edit, name="edit"),
    path("<int:venue_id>/close/", views.close, name="close"),
    path("<int:venue_id>/reopen/", views.reopen, name="reopen"),
    path("<int:venue_id>/poster/<slug:sheet>.pdf", views.poster, name="poster"),
    path("<int:venue_id>/poster/reissue/", views.reissue, name="reissue"),
]
