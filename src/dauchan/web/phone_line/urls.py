"""Addresses of the telephone line: for the gateway, and the demonstration's simulator."""

from django.urls import path

from dauchan.web.phone_line import simulator, views

app_name = "phone_line"

urlpatterns = [
    path("api/v1/phone-line/messages", views.messages, name="messages"),
    path("api/v1/phone-line/calls", views.calls, name="calls"),
    path("api/v1/phone-line/openapi.json", views.description, name="openapi"),
    path("phone-line/simulator/", simulator.simulator, name="simulator"),
]
