"""Addresses of the owner screens."""

from django.urls import URLPattern

app_name = "owner"

urlpatterns: list[URLPattern] = []
