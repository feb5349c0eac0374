"""Accounts of people: one for each employee, made without a password."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH

from accord.foundation.models import User


def no_password() -> str:
    """What stands for the password of an account that has none yet; no two alike, so that no token fits two."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)


def open_account(employee_no: str, name: str, email: str) -> User:
    """The account of a person who starts: a free one with their number (an administrator's, say) or a new one."""
    free = User.objects.filter(username=employee_no, employee=None).first()
    return free or User.objects.create(username=employee_no, name=name, email=email, password=no_password())
