"""Addresses of the tracing team's screens."""

from django.urls import path

from dauchan.web.tracer import (
    approvals,
    calls,
    cases,
    contact_imports,
    contacts,
    exports,
    imports,
    interviews,
    new_cases,
    results,
    runs,
    system_files,
)

app_name = "tracer"

urlpatterns = [
    path("", cases.case_list, name="cases"),
    path("new/", new_cases.new_case, name="new_case"),
    path("imports/", imports.new_import, name="new_import"),
    path("imports/template.csv", imports.template, name="import_template"),
    path("imports/<int:import_id>/", imports.import_page, name="import"),
    path("imports/<int:import_id>/withdraw/", imports.undo_import, name="undo_import"),
    path("rules/", cases.rules, name="rules"),
    path("cases/<int:case_id>/", cases.case_page, name="case"),
    path("cases/<int:case_id>/trace/", cases.trace, name="trace"),
    path("cases/<int:case_id>/estimate/", cases.estimate, name="estimate"),
    path("cases/<int:case_id>/withdraw/", cases.withdraw, name="withdraw"),
    path("cases/<int:case_id>/interview/", interviews.interview, name="interview"),
    path("cases/<int:case_id>/contacts/import/", contact_imports.import_contacts, name="import_contacts"),
    path(
        "cases/<int:case_id>/contacts/import/<int:entry_id>/undo/", contact_imports.undo_contacts, name="undo_contacts"
    ),
    path("interviews/stays/<int:stay_id>/remove/", interviews.untell_stay, name="untell_stay"),
    path("interviews/people/<int:named_id>/remove/", interviews.untell_person, name="untell_person"),
    path("venues/", interviews.venues, name="venues"),
    path("cases/<int:case_id>/results/", results.results, name="results"),
    path("cases/<int:case_id>/results/<int:result_id>/take-back/", results.take_back, name="take_back_result"),
    path("cases/<int:case_id>/files/", system_files.case_files, name="case_files"),
    path("cases/<int:case_id>/log/", cases.case_log, name="log"),
    path("runs/<int:run_id>/", runs.run_page, name="run"),
    path("runs/<int:run_id>/progress/", runs.progress, name="progress"),
    path("runs/<int:run_id>/verdict/", runs.judge, name="judge"),
    path("runs/<int:run_id>/verdict/<int:entry_id>/undo/", runs.undo, name="undo"),
    path("runs/<int:run_id>/disclosure/", runs.ask_disclosure, name="ask_disclosure"),
    path("runs/<int:run_id>/contacts.csv", exports.contacts, {"ending": "csv"}, name="csv"),
    path("runs/<int:run_id>/contacts.xlsx", exports.contacts, {"ending": "xlsx"}, name="xlsx"),
    *(
        path(
            f"runs/<int:run_id>/{form}.{ending}",
            exports.line_list,
            {"form": form, "ending": ending},
            f"{form}_{ending}",
        )
        for form in exports.FORMS
        for ending in exports.TABLES
    ),
    *(
        path(f"runs/<int:run_id>/{form}.{ending}", system_files.system_file, {"form": form}, form)
        for form, (ending, *_rest) in system_files.FORMS.items()
    ),
    path("runs/<int:run_id>/notices.csv", exports.notices, name="notices"),
    path("contacts/<int:contact_id>/", contacts.contact_page, name="contact"),
    path("contacts/<int:contact_id>/verdict/", contacts.judge_one, name="judge_one"),
    path("contacts/<int:contact_id>/call/", calls.call, name="call"),
    path("contacts/<int:contact_id>/calls/<int:call_id>/take-back/", calls.take_back, name="take_back_call"),
    path("contacts/<int:contact_id>/test/", calls.test, name="test"),
    path("runs/<int:run_id>/assign/", calls.work, name="work"),
    path("mine/", calls.my_list, name="my_list"),
    path("approvals/", approvals.inbox, name="approvals"),
    path("approvals/<int:disclosure_id>/", approvals.decide, name="decide"),
]
