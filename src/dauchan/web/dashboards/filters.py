"""Figures of the dashboards in templates: `{% load dashboards %}`."""

from django import template

from dauchan.web.dashboards.lines import by, mean, share, whole

register = template.Library()
register.filter("mean", mean)
register.filter("share", share)
register.filter("change", by)
register.filter("whole", whole)
