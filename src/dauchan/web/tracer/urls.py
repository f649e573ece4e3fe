"""Addresses of the tracing team's screens."""

from django.urls import URLPattern

app_name = "tracer"

# DRAFT, switched off while the views do not import yet: other people run servers from this checkout. Put it back as soon
# as cases.py, runs.py and approvals.py import; delete these lines then.
# from dauchan.web.tracer import approvals, cases, runs
#
# urlpatterns = [
#     path("", cases.case_list, name="cases"),
#     path("new/", cases.new_case, name="new_case"),
#     path("rules/", cases.rules, name="rules"),
#     path("cases/<int:case_id>/", cases.case_page, name="case"),
#     path("cases/<int:case_id>/trace/", cases.trace, name="trace"),
#     path("cases/<int:case_id>/withdraw/", cases.withdraw, name="withdraw"),
#     path("cases/<int:case_id>/log/", cases.case_log, name="log"),
#     path("runs/<int:run_id>/", runs.run_page, name="run"),
#     path("runs/<int:run_id>/verdict/", runs.judge, name="judge"),
#     path("runs/<int:run_id>/contacts.<str:kind>", runs.export, name="export"),
#     path("runs/<int:run_id>/disclosure/", runs.ask_disclosure, name="ask_disclosure"),
#     path("contacts/<int:contact_id>/", runs.contact_page, name="contact"),
#     path("approvals/", approvals.inbox, name="approvals"),
#     path("approvals/<int:disclosure_id>/", approvals.decide, name="decide"),
# ]
urlpatterns: list[URLPattern] = []
