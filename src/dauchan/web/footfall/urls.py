"""Addresses of counting by hand."""

from django.urls import path

from dauchan.web.footfall import views

app_name = "footfall"

urlpatterns = [
    path("<int:venue_id>/", views.count_page, name="count"),
    path("<int:venue_id>/counts/", views.receive, name="receive"),
]
