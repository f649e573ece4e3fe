"""Addresses of rosters and participation."""

from django.urls import path

from dauchan.web.staff import agencies, exports, imports, measures, members, shares, turnout

app_name = "staff"

urlpatterns = [
    path("", agencies.agency_list, name="agencies"),
    path("new/", agencies.new_agency, name="new_agency"),
    path("venues/", agencies.venues, name="venues"),
    path("shares/", shares.share_list, name="shares"),
    path("template.xlsx", exports.template, name="template"),
    path("<int:agency_id>/", turnout.agency_page, name="agency"),
    path("<int:agency_id>/open/", turnout.open_names, name="open"),
    path("<int:agency_id>/missed.<slug:ending>", exports.missed, name="missed"),
    path("<int:agency_id>/roster.<slug:ending>", exports.roster, name="roster_file"),
    path("<int:agency_id>/edit/", agencies.change_agency, name="change_agency"),
    path("<int:agency_id>/close/", agencies.close, name="close_agency"),
    path("<int:agency_id>/import/", imports.import_roster, name="import"),
    path("<int:agency_id>/import/<int:list_id>/undo/", imports.undo_roster, name="undo_import"),
    path("<int:agency_id>/measures/", measures.measure_list, name="measures"),
    path("<int:agency_id>/measures/new/", measures.new_measure, name="new_measure"),
    path("<int:agency_id>/measures/<int:measure_id>/", measures.measure_page, name="measure"),
    path("<int:agency_id>/measures/<int:measure_id>/withdraw/", measures.withdraw, name="withdraw_measure"),
    path("<int:agency_id>/members/", members.member_list, name="members"),
    path("<int:agency_id>/members/new/", members.new_member, name="new_member"),
    path("<int:agency_id>/members/<int:member_id>/", members.member_page, name="member"),
    path("<int:agency_id>/members/<int:member_id>/remove/", members.remove, name="remove_member"),
    path("<int:agency_id>/members/<int:member_id>/leave/", members.add_leave, name="add_leave"),
    path("<int:agency_id>/members/<int:member_id>/leave/<int:leave_id>/", members.drop_leave, name="drop_leave"),
]
