"""Links that let somebody choose a password: signed, good once, and for as long as PASSWORD_RESET_TIMEOUT says."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import int_to_base36

from accord.foundation.models import User


class PasswordLinks(PasswordResetTokenGenerator):
    """Tokens that also die when the account is closed."""

    def check_token(self, user: Any, token: str | None) -> bool:
        return bool(user and user.is_active) and super().check_token(user, token)


def password_link(user: User) -> str:
    """Return the full address where `user` chooses a password. Setting one, or signing in, makes it void."""
    token = PasswordLinks().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(user.pk), "key": token})
    return absolute(path)


def absolute(path: str) -> str:
    """Return `path` under the address this installation is known by, never the one a request claimed."""
    return settings.BASE_URL.rstrip("/") + path
