"""Addresses of outbreak screens."""

from django.urls import URLPattern

app_name = "outbreak"

urlpatterns: list[URLPattern] = []
