"""Accounts of people: one for each employee, made without a password."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from accord.foundation.models import User


def account(employee_no: str, name: str, email: str, *, is_active: bool = True) -> User:
    """A new account, not saved: the employee number signs in once a password was set."""
    return User(username=employee_no, name=name, email=email, password=make_password(None), is_active=is_active)


def open_account(employee_no: str, name: str, email: str) -> User:
    """The account of a person who starts: a free one with their number (an administrator's, say) or a new one."""
    free = User.objects.filter(username=employee_no, employee=None).first()
    user = free or account(employee_no, name, email)
    if not free:
        user.save(force_insert=True)
    return user
