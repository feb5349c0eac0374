"""How allauth behaves here: accounts are made by the import or an administrator, never by a stranger."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.foundation.known_browsers import mark_browser, mark_of_browser
from accord.foundation.models import User
from accord.foundation.queries.accounts import account_named
from accord.foundation.redirects import stays_here
from accord.foundation.services.accounts import note_second_factor, set_password
from accord.foundation.throttling import Claims, Limit, address_of, give_back_all, take_all

# Only failures stay counted. A known browser has a limit to itself, which no neighbour and no attacker can use up.
KNOWN_BROWSER = Limit("sign-in by a known browser", 10, 300)
ADDRESS = Limit("sign-in from an address", 30, 60)
ACCOUNT_AT_ADDRESS = Limit("sign-in to an account from an address", 5, 300)
ACCOUNT = Limit("sign-in to an account by unknown browsers", 50, 3600)

_UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}
_CLOSED = _("This account is closed. Ask your HR team if that is not right.")
_WRONG = _("The employee number, the address or the password is not right.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up, our own throttle, our own words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "too_many_login_attempts": _("Too many attempts in a short time. Wait a few minutes and try again."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return stays_here(context.request, url)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Count the attempt before the password is looked at, so that attempts at once cannot slip through."""
        claims = _claims(request, credentials.get("email") or credentials.get("username", ""))
        if not take_all(claims):
            raise self.validation_error("too_many_login_attempts")
        user: User | None = super().authenticate(request, **credentials)
        if user:
            give_back_all(claims)
        return user

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hooks)
        mark_browser(response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A passkey outlives the account it was for; it opens nothing then."""
        self.add_message(request, messages.ERROR, message=str(_CLOSED))
        return redirect("account_login")

    def send_notification_mail(self, template_prefix: str, user: User, *rest: Any, **more: Any) -> None:
        """Tell people of a change to their second factors our way; allauth's own mails are not used."""
        if template_prefix.startswith("mfa/email/"):
            note_second_factor(user, template_prefix.rpartition("/")[2])

    def set_password(self, user: User, password: str) -> None:
        set_password(user, password, actor=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("foundation:profile")

    def add_message(self, request: HttpRequest, level: int, template: str = "", *rest: Any, **more: Any) -> None:
        """Say nothing about what the next page shows anyway."""
        if template not in _UNSAID:
            super().add_message(request, level, template, *rest, **more)


def _claims(request: HttpRequest, name: str) -> Claims:
    mark = mark_of_browser(request, account_named(name))
    if mark:
        return [(KNOWN_BROWSER, mark)]
    address, account = address_of(request), name.strip().lower()
    return [(ADDRESS, address), (ACCOUNT_AT_ADDRESS, f"{account}\0{address}"), (ACCOUNT, account)]
