"""Addresses of following by a code, and of the audit log."""

from django.urls import path

from dauchan.web.desk import alarms, audit, follow

app_name = "desk"

urlpatterns = [
    path("follow/", follow.follow, name="follow"),
    path("officer/audit/", audit.audit_page, name="audit"),
    path("officer/audit/alarms/", alarms.alarm_list, name="alarms"),
    path("officer/audit/alarms/<int:alarm_id>/", alarms.look_into_alarm, name="look_into"),
    path("officer/audit/rules/<int:rule_id>/", alarms.change_alarm_rule, name="alarm_rule"),
]
