"""Addresses of the exchange with the national centre and others."""

from django.urls import path

from dauchan.web.exchange import pages, steps

app_name = "exchange"

urlpatterns = [
    path("", pages.receivers, name="receivers"),
    path("gauges.txt", pages.gauges, name="gauges"),
    path("<slug:code>/", pages.one, name="one"),
    path("<slug:code>/figures/", pages.figures, name="figures"),
    path("<slug:code>/set-aside/", pages.set_aside, name="set_aside"),
    path("<slug:code>/<slug:step>/", steps.step, name="step"),
]
