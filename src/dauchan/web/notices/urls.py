"""Addresses of notices screens."""

from django.urls import URLPattern

app_name = "notices"

urlpatterns: list[URLPattern] = []
