"""Signing in: the pages of allauth that we serve, under the names it knows them by. Sign-up is not among them."""

from django.urls import path, re_path

from accord.foundation.views import accounts

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
]
