"""Addresses of lists of venues."""

from django.urls import path

from dauchan.web.venue_lists import steps, views

app_name = "venue_lists"

urlpatterns = [
    path("", views.all_lists, name="all"),
    path("template.xlsx", views.template, name="template"),
    path("<int:list_id>/", views.one, name="one"),
    path("<int:list_id>/columns/", steps.columns, name="columns"),
    path("<int:list_id>/progress/", views.progress, name="progress"),
    path("<int:list_id>/copy/", views.copy, name="copy"),
    path("<int:list_id>/decide/", steps.decide, name="decide"),
    path("<int:list_id>/keep/", steps.keep, name="keep"),
    path("<int:list_id>/undo/", steps.undo, name="undo"),
]
