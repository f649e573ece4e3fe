"""Addresses of the layout itself: the living page of the design system and the theme switch."""

from django.urls import path

from dauchan.web.layout import views

app_name = "layout"

urlpatterns = [
    path("", views.living_page, name="living"),
    path("theme/", views.choose_theme, name="theme"),
]
