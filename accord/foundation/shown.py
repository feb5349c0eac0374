"""That a page about something of one's own was shown to somebody: what they know it by once it is gone."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.db.models import Model

from accord.foundation.models import User

_SIGNER = Signer(salt="accord.shown")


def shown_to(user: User | AnonymousUser, thing: Model) -> str:
    """What the page's form carries along."""
    return _SIGNER.sign(_named(user, type(thing), thing.pk))


def was_shown_to(user: User | AnonymousUser, kind: type[Model], pk: int, mark: str) -> bool:
    """Whether `mark` comes from such a page: a second click on “throw away” is theirs, a guessed number is not."""
    try:
        return _SIGNER.unsign(mark) == _named(user, kind, pk)
    except BadSignature:
        return False


def _named(user: User | AnonymousUser, kind: type[Model], pk: int) -> str:
    return f"{user.pk}.{kind._meta.db_table}.{pk}"
