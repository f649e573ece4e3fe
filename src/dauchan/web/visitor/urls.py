"""Addresses of the visitor screens."""

from django.urls import URLPattern

app_name = "visitor"

urlpatterns: list[URLPattern] = []
