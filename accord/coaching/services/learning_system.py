"""The company's own learning system: setting it up, and the link with which somebody arrives there signed in."""

from __future__ import annotations

import secrets
import time
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db import IntegrityError, transaction
from django.db.models import F

from accord.coaching.errors.learning import NothingToOpen, SystemChanged, SystemHostNotAllowed
from accord.coaching.models import LearningResource, LearningSystem
from accord.domain.signatures import link_token
from accord.foundation.models import User
from accord.foundation.queries.events import is_newest_by
from accord.foundation.services.events import record
from accord.metrics.connectors.guard import guard
from accord.metrics.connectors.secrets import decrypt, encrypt
from accord.people.models import Employee

_HTTPS = 443


def the_system() -> LearningSystem | None:
    """The learning system, None where none was set up."""
    return LearningSystem.objects.first()


@transaction.atomic
def set_up(name: str, address: str, by: User) -> tuple[LearningSystem, str]:
    """Set one up; its secret, to be shown once. Raises SystemChanged where there is one, SystemHostNotAllowed."""
    _require_listed(address)
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            made = LearningSystem.objects.create(name=name, address=address, secret=encrypt(secret))
    except IntegrityError:
        raise SystemChanged from None
    _record(made, by, ["all"])
    return made, secret


@transaction.atomic
def change_system(system: LearningSystem, name: str, address: str, *, is_active: bool, edition: int, by: User) -> None:
    """Change it as seen in `edition`; a second click finds it changed. Raises SystemChanged, SystemHostNotAllowed."""
    _require_listed(address)
    words = {"name": name, "address": address, "is_active": is_active}
    try:
        _claim(system, edition, **words)
    except SystemChanged:
        done = LearningSystem.objects.filter(pk=system.pk, edition=edition + 1, **words)
        if done.exists() and is_newest_by(by, "learning_system.changed", f"learning_systems:{system.pk}"):
            return
        raise
    _record(system, by, ["name", "address", "is_active"])


@transaction.atomic
def renew_secret(system: LearningSystem, edition: int, by: User) -> str:
    """A new secret, to be shown once; the old one is worth nothing from now on. Raises SystemChanged."""
    secret = secrets.token_urlsafe(32)
    _claim(system, edition, secret=encrypt(secret))
    _record(system, by, ["secret"])
    return secret


def course_link(resource: LearningResource, person: Employee) -> str:
    """The address of a course, with a token that says for a minute who comes.

    Raises NothingToOpen, and SystemHostNotAllowed where the host is not among the allowed ones any more.
    """
    system = the_system()
    if system is None or not system.is_active or not resource.course:
        raise NothingToOpen(title=resource.title)
    _require_listed(system.address)
    parts = urlsplit(system.address)
    claims = {
        "iss": "accord",
        "aud": parts.netloc,
        "sub": person.employee_no,
        "name": person.name,
        "email": person.email,
        "course": resource.course,
        "jti": secrets.token_urlsafe(16),
    }
    token = link_token(claims, decrypt(system.secret).reveal(), int(time.time()))
    query = urlencode([*parse_qsl(parts.query), ("token", token)])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _require_listed(address: str) -> None:
    """Names and mail addresses of people go there: the host has to be one that an administrator allowed."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not guard().allows(parts.hostname or "", parts.port or _HTTPS):
        raise SystemHostNotAllowed(host=parts.hostname or address)


def _claim(system: LearningSystem, edition: int, **values: object) -> None:
    if not LearningSystem.objects.filter(pk=system.pk, edition=edition).update(edition=F("edition") + 1, **values):
        raise SystemChanged


def _record(system: LearningSystem, by: User, changed: list[str]) -> None:
    subject = f"learning_systems:{system.pk}"
    record("learning_system.changed", subject=subject, actor=by, system_id=system.pk, changed=changed)
