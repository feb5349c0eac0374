"""Proving anew who one is, for acts that a running session is not enough for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from allauth.mfa.models import Authenticator

from accord.foundation.errors import FactorRefused, TooManyAttempts
from accord.foundation.models import User
from accord.foundation.second_factors.codes import accept_code
from accord.foundation.second_factors.passkeys import accept_assertion
from accord.foundation.throttling import Limit

Method = Literal["password", "totp", "passkey"]
ATTEMPTS = Limit("second factors of an account", 10, 300)


@dataclass(frozen=True)
class Password:
    """The password, typed again."""

    value: str = field(repr=False)


@dataclass(frozen=True)
class Code:
    """A one-time code of an authenticator app."""

    value: str = field(repr=False)


@dataclass(frozen=True)
class Assertion:
    """A passkey's answer to a challenge, as the browser gives it."""

    answer: Mapping[str, Any]


StepUp = Password | Code | Assertion


@dataclass(frozen=True)
class Proved:
    """How somebody proved who they are; `proof` holds what others can check, which only a passkey gives."""

    method: Method
    proof: Mapping[str, str]


def factors_of(user: User) -> tuple[Method, ...]:
    """The ways this account can prove itself, the strongest first."""
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    found: list[Method] = []
    if Authenticator.Type.WEBAUTHN in kinds:
        found.append("passkey")
    if Authenticator.Type.TOTP in kinds:
        found.append("totp")
    if user.has_usable_password():
        found.append("password")
    return tuple(found)


def prove(user: User, given: StepUp, challenge: bytes) -> Proved:
    """Check what `user` gives to prove themselves; a passkey has to have signed `challenge`.

    Call it outside a transaction, so that a refused attempt stays counted. Raises FactorRefused or TooManyAttempts.
    """
    subject = str(user.pk)
    if not ATTEMPTS.take(subject):
        raise TooManyAttempts
    proved = _proved(user, given, challenge)
    if proved is None:
        raise FactorRefused(method=_method(given))
    ATTEMPTS.give_back(subject)
    return proved


def _proved(user: User, given: StepUp, challenge: bytes) -> Proved | None:
    if isinstance(given, Password):
        return Proved("password", {}) if user.check_password(given.value) else None
    if isinstance(given, Code):
        return Proved("totp", {}) if accept_code(user, given.value) else None
    proof = accept_assertion(user, given.answer, challenge)
    return Proved("passkey", proof) if proof else None


def _method(given: StepUp) -> Method:
    return "password" if isinstance(given, Password) else "totp" if isinstance(given, Code) else "passkey"
