"""Addresses of help: the public's forms and the officers' lists."""

from django.urls import path

from dauchan.web.desk import alarms, audit, follow, tickets

app_name = "desk"

urlpatterns = [
    path("help/", tickets.new_ticket, name="new_ticket"),
    path("help/<str:code>/", tickets.follow_ticket, name="follow_ticket"),
    path("follow/", follow.follow, name="follow"),
    path("officer/tickets/", tickets.ticket_list, name="tickets"),
    path("officer/tickets/<int:ticket_id>/", tickets.ticket_page, name="ticket"),
    path("officer/audit/", audit.audit_page, name="audit"),
    path("officer/audit/alarms/", alarms.alarm_list, name="alarms"),
    path("officer/audit/alarms/<int:alarm_id>/", alarms.look_into_alarm, name="look_into"),
    path("officer/audit/rules/<int:rule_id>/", alarms.change_alarm_rule, name="alarm_rule"),
]
