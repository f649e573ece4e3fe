"""Addresses of the officer screens."""

from django.urls import path

from dauchan.web.officer import views

app_name = "officer"

urlpatterns = [
    path("", views.home, name="home"),
]
