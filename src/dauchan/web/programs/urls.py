"""Addresses of the pages on programs of others."""

from django.urls import path

from dauchan.web.programs import pages, steps, webhooks

app_name = "programs"

urlpatterns = [
    path("", pages.programs, name="programs"),
    path("new/", pages.new, name="new"),
    path("<int:program_id>/", pages.one, name="one"),
    path("<int:program_id>/edit/", pages.edit, name="edit"),
    path("<int:program_id>/tokens/", steps.issue, name="issue"),
    path("<int:program_id>/webhooks/", steps.add_webhook, name="add_webhook"),
    path("<int:program_id>/<slug:step>/", steps.step, name="step"),
    path("tokens/<int:token_id>/revoke/", steps.revoke, name="revoke"),
    path("webhooks/<int:webhook_id>/", webhooks.one, name="webhook"),
    path("webhooks/<int:webhook_id>/<slug:step>/", webhooks.step, name="webhook_step"),
]
