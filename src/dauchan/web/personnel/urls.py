"""Addresses of officers' accounts."""

from django.urls import path

from dauchan.web.personnel import accounts, renewals, roles, steps, substitutes

app_name = "personnel"

urlpatterns = [
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/new/", roles.invite_officer, name="new"),
    path("accounts/<int:account_id>/", accounts.account_page, name="account"),
    path("accounts/<int:account_id>/roles/new/", roles.new_role, name="new_role"),
    path("accounts/<int:account_id>/link/", steps.new_link, name="link"),
    path("accounts/<int:account_id>/<slug:step>/", steps.take_step, name="step"),
    path("accounts/roles/<int:appointment_id>/end/", roles.end, name="end_role"),
    path("accounts/renewals/<int:invitation_id>/confirm/", renewals.confirm, name="confirm_renewal"),
    path("accounts/renewals/<int:invitation_id>/decline/", renewals.decline, name="decline_renewal"),
    path("accounts/proposals/<int:proposal_id>/<slug:verdict>/", roles.decide_proposal, name="decide"),
    path("substitutes/", substitutes.substitutes, name="substitutes"),
    path("substitutes/lay-down/", substitutes.own_work_again, name="lay_down"),
    path("substitutes/<int:appointment_id>/new/", substitutes.new_substitute, name="new_substitute"),
    path("substitutes/<int:substitution_id>/end/", substitutes.end_early, name="end_substitution"),
    path("substitutes/<int:substitution_id>/take-up/", substitutes.stand_in, name="take_up"),
]
