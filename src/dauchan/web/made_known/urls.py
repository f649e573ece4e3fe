"""Addresses of making it known."""

from django.urls import path

from dauchan.web.made_known import materials, owner, sendings

app_name = "made_known"

urlpatterns = [
    path("officer/made-known/", materials.home, name="home"),
    path("officer/made-known/materials/<slug:kind>/", materials.material, name="material"),
    path("officer/made-known/venues/", materials.venues, name="venues"),
    path("officer/made-known/silent/", sendings.silent, name="silent"),
    path("officer/made-known/sendings/<int:sending_id>/", sendings.sending_page, name="sending"),
    path("officer/made-known/sendings/<int:sending_id>/progress/", sendings.progress, name="progress"),
    path("officer/made-known/sendings/<int:sending_id>/<slug:step>/", sendings.step, name="step"),
    path("owner/messages/", owner.messages_page, name="owner_messages"),
]
