"""Signing in: the pages of allauth that we serve, under the names it knows them by. Sign-up is not among them."""

from django.urls import path, re_path

from accord.foundation.views import accounts, second_factors

urlpatterns = [
    path("login/", accounts.sign_in, name="account_login"),
    path("logout/", accounts.sign_out, name="account_logout"),
    path("password/change/", accounts.change_password, name="account_change_password"),
    path("password/reset/", accounts.request_password_link, name="account_reset_password"),
    path("password/reset/done/", accounts.password_link_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.choose_password,
        name="account_reset_password_from_key",
    ),
    path("confirm/", second_factors.confirm_by_password, name="account_reauthenticate"),
    path("confirm/code/", second_factors.confirm_by_code, name="mfa_reauthenticate"),
    path("confirm/passkey/", second_factors.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("login/second/", second_factors.ask_at_sign_in, name="mfa_authenticate"),
    path("login/passkey/", second_factors.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("second-factors/", second_factors.second_factors, name="mfa_index"),
    path("second-factors/app/", second_factors.add_app, name="mfa_activate_totp"),
    path("second-factors/app/remove/", second_factors.remove_app, name="mfa_deactivate_totp"),
    path("second-factors/passkeys/", second_factors.add_passkey, name="mfa_add_webauthn"),
    path("second-factors/passkeys/<int:pk>/remove/", second_factors.remove_passkey, name="mfa_remove_webauthn"),
    path("second-factors/codes/", second_factors.show_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factors/codes.txt", second_factors.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("second-factors/codes/new/", second_factors.make_recovery_codes, name="mfa_generate_recovery_codes"),
]
