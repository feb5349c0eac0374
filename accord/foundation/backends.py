"""Who is it? Employee number or e-mail, and a password."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accord.foundation.models import User
from accord.foundation.queries.accounts import account_named


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """Exactly one query and one run of the password hasher an attempt, whether the account exists, is open or not."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Return the open account that `username` or `email` names if `password` is its own."""
        name, password = credentials.get("email") or credentials.get("username"), credentials.get("password")
        if not name or not password:
            return None
        user = account_named(name)
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
