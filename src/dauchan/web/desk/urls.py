"""Addresses of reports and help: the public's forms and the officers' lists."""

from django.urls import path

from dauchan.web.desk import audit, reports, tickets

app_name = "desk"

urlpatterns = [
    path("places/<int:venue_id>/report/", reports.new_report, name="new_report"),
    path("reports/<str:code>/", reports.follow_report, name="follow_report"),
    path("help/", tickets.new_ticket, name="new_ticket"),
    path("help/<str:code>/", tickets.follow_ticket, name="follow_ticket"),
    path("follow/", reports.follow, name="follow"),
    path("officer/reports/", reports.report_list, name="reports"),
    path("officer/reports/<int:report_id>/", reports.report_page, name="report"),
    path("officer/tickets/", tickets.ticket_list, name="tickets"),
    path("officer/tickets/<int:ticket_id>/", tickets.ticket_page, name="ticket"),
    path("officer/audit/", audit.audit_page, name="audit"),
]
