"""Addresses of the officer screens."""

from django.urls import URLPattern

app_name = "officer"

urlpatterns: list[URLPattern] = []
