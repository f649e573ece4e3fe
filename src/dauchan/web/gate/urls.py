"""Addresses of the gate: the owner's list of devices, the device's own pages, the officer's of scans that wait."""

from django.urls import path

from dauchan.web.gate import devices, page, quarantine, sync, views

app_name = "gate"

urlpatterns = [
    path("gate/", views.gate, name="gate"),
    path("gate/shell/<str:language>/", page.shell, name="shell"),
    path("gate/enrol/", views.enrol, name="enrol"),
    path("gate/help/", views.ask_for_help, name="help"),
    path("gate/leave/", views.leave, name="leave"),
    path("gate/scan/", views.scan, name="scan"),
    path("gate/sync/", sync.sync, name="sync"),
    path("gate/undo/", views.undo, name="undo"),
    path("owner/<int:venue_id>/gates/", devices.devices, name="devices"),
    path("owner/<int:venue_id>/gates/capacity/", devices.capacity, name="capacity"),
    path("owner/<int:venue_id>/gates/<int:device_id>/revoke/", devices.revoke, name="revoke"),
    path("officer/gate-scans/", quarantine.waiting, name="waiting"),
    path("officer/gate-scans/<int:device_id>/", quarantine.decide, name="decide"),
]
