"""Addresses of accountability."""

from django.urls import path

from dauchan.web.accountability import explaining, explanations, exports, league, units, weekly

app_name = "accountability"

urlpatterns = [
    path("", units.unit_page, name="units"),
    path("units.<str:ending>", exports.download, name="export"),
    path("league/", league.league, name="league"),
    path("overdue/", explaining.overdue, name="overdue"),
    path("explanations/", explanations.explanation_list, name="explanations"),
    path("explanations/<int:explanation_id>/", explanations.explanation_page, name="explanation"),
    path("explanations/<int:explanation_id>.pdf", explanations.paper, name="explanation_paper"),
    path("weekly/", weekly.report_list, name="weekly"),
    path("weekly/<int:report_id>.pdf", weekly.download, name="weekly_report"),
]
