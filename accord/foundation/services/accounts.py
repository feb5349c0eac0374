"""Passwords and invitations."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accord.foundation import errors
from accord.foundation.links import password_link
from accord.foundation.models import User
from accord.foundation.notices import PASSWORD_CHANGED, SECOND_FACTOR_CHANGED
from accord.foundation.services.events import record
from accord.foundation.services.mail import is_mail_set_up, send_to
from accord.foundation.services.notifications import notify


@transaction.atomic
def set_password(user: User, password: str, *, actor: User | None) -> None:
    """Give `user` a password that was checked already; their other sessions end and they are told."""
    had_one = user.has_usable_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    event = record("account.password_set", subject=f"users:{user.pk}", actor=actor, user_id=user.pk)
    # Nobody needs to hear of the first one, which they have just chosen.
    if had_one:
        notify(user, PASSWORD_CHANGED.code, cause=f"events:{event.pk}", values={}, url=reverse("foundation:profile"))


@transaction.atomic
def note_second_factor(user: User, change: str) -> None:
    """Record that a second factor of `user` was added or removed, as allauth names it, and tell them."""
    subject = f"users:{user.pk}"
    event = record("account.second_factor_changed", subject=subject, actor=user, user_id=user.pk, change=change)
    notify(user, SECOND_FACTOR_CHANGED.code, cause=f"events:{event.pk}", values={}, url=reverse("mfa_index"))


def set_password_for(user: User, password: str) -> None:
    """Set a password as an administrator. Raises PasswordTooWeak with every reason."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise errors.PasswordTooWeak(reasons=" ".join(error.messages)) from error
    set_password(user, password, actor=None)


@transaction.atomic
def invite(user: User) -> str:
    """Return a one-time link with which `user` chooses a password. Raises AccountClosed."""
    if not user.is_active:
        raise errors.AccountClosed(name=user.username)
    link = password_link(user)
    record("account.invited", subject=f"users:{user.pk}", user_id=user.pk)
    return link


def invite_by_mail(user: User) -> None:
    """Mail the invitation. Raises AccountClosed, MailNotSetUp or NoMailAddress."""
    if not is_mail_set_up():
        raise errors.MailNotSetUp
    if not user.email:
        raise errors.NoMailAddress(name=user.username)
    send_to(user, "invitation", {"link": invite(user)})


def mail_password_link(user: User) -> None:
    """Mail a link to choose a new password, if the account is open and has an address."""
    if user.is_active and user.email:
        send_to(user, "password_link", {"link": password_link(user)})
