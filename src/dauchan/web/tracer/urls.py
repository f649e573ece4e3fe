"""Addresses of the tracer screens."""

from django.urls import URLPattern

app_name = "tracer"

urlpatterns: list[URLPattern] = []
