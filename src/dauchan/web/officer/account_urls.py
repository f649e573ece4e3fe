"""Addresses for signing in: those of the sign-in library that officers need, and no others.

There is no sign-up, no e-mail and no reset by e-mail. The names are the library's own: it looks its pages up by them.
"""

from allauth.account.views import account_inactive, logout
from allauth.mfa.base.views import index
from allauth.mfa.recovery_codes.views import download_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import list_webauthn, reauthenticate_webauthn
from django.contrib.auth.decorators import login_required
from django.urls import path

from dauchan.web.officer import account_views as views
from dauchan.web.officer import own_sessions, single_sign_on
from dauchan.web.personnel import renewals
from dauchan.web.personnel.joining import join

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
    path("reauthenticate/", views.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("password/change/", login_required(views.ChangePassword.as_view()), name="account_change_password"),
    path("password/forgotten/", views.forgotten_password, name="account_reset_password"),
    path("invitation/<slug:token>/", join, name="account_invitation"),
    path("renewal/stop/", renewals.stop_own, name="account_stop_own_renewal"),
    path("renewal/<slug:token>/", renewals.stop, name="account_stop_renewal"),
    path("sessions/", own_sessions.session_list, name="account_sessions"),
    path("sessions/end/", own_sessions.end_sessions, name="account_end_sessions"),
    path("authority/", single_sign_on.begin, name="openid_connect_login"),
    path("authority/answer/", single_sign_on.answered, name="openid_connect_callback"),
    path("authority/cancelled/", single_sign_on.cancelled, name="socialaccount_login_cancelled"),
    path("authority/join/", single_sign_on.join, name="account_join_authority"),
    path("authority/part/", single_sign_on.part, name="account_part_authority"),
    path("2fa/", index, name="mfa_index"),
    path("2fa/authenticate/", views.SignInCode.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", views.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", views.GenerateRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/keys/", list_webauthn, name="mfa_list_webauthn"),
    path("2fa/keys/add/", views.AddKey.as_view(), name="mfa_add_webauthn"),
    path("2fa/keys/login/", views.SignInWithKey.as_view(), name="mfa_login_webauthn"),
    path("2fa/keys/reauthenticate/", reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/keys/<int:pk>/rename/", views.RenameKey.as_view(), name="mfa_edit_webauthn"),
    path("2fa/keys/<int:pk>/remove/", views.RemoveKey.as_view(), name="mfa_remove_webauthn"),
]
