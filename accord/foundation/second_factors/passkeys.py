"""Passkeys: asking a browser for an assertion over a challenge, and checking what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from fido2.cbor import encode
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    UserVerificationRequirement,
)

from accord.foundation.models import User

REQUIRED = UserVerificationRequirement.REQUIRED


def origin() -> str:
    """The one origin passkeys are good for: where this installation is known to be (`ACCORD_BASE_URL`)."""
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def rp_id() -> str:
    """The name passkeys are bound to: the host of the origin."""
    return urlsplit(settings.BASE_URL).hostname or ""


def passkeys_of(user: User) -> list[Authenticator]:
    """The passkeys of an account."""
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def request_options(user: User, challenge: bytes) -> dict[str, Any]:
    """What the browser needs to let `user` sign `challenge` with one of their passkeys, having verified them."""
    credentials = [_credential(passkey) for passkey in passkeys_of(user)]
    options, _state = _server().authenticate_begin(credentials, REQUIRED, challenge)
    return dict(options)


def accept_assertion(user: User, answer: Mapping[str, Any], challenge: bytes) -> dict[str, str] | None:
    """What proves that a passkey of `user` signed exactly `challenge`, after verifying them; None if it does not.

    The proof is the assertion with the public key (COSE) and where it was made, all base64url: enough to check the
    signature again without this database.
    """
    known = {_credential(passkey).credential_id: passkey for passkey in passkeys_of(user)}
    state = {"challenge": websafe_encode(challenge), "user_verification": REQUIRED}
    try:
        parsed = AuthenticationResponse.from_dict(answer)
        credential = _server().authenticate_complete(state, [_credential(each) for each in known.values()], parsed)
    # What a stranger sends may be wrong in every way the parser knows.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None
    Authenticator.objects.filter(pk=known[credential.credential_id].pk).update(last_used_at=timezone.now())
    return _proof(parsed, credential)


def _proof(parsed: AuthenticationResponse, credential: AttestedCredentialData) -> dict[str, str]:
    return {
        "credential": websafe_encode(credential.credential_id),
        "public_key": websafe_encode(encode(dict(credential.public_key))),
        "authenticator_data": websafe_encode(parsed.response.authenticator_data),
        "client_data": websafe_encode(parsed.response.client_data),
        "signature": websafe_encode(parsed.response.signature),
        "rp_id": rp_id(),
        "origin": origin(),
    }


def _credential(passkey: Authenticator) -> AttestedCredentialData:
    found: AttestedCredentialData = passkey.wrap().authenticator_data.credential_data
    return found


def _server() -> Fido2Server:
    here = origin()
    return Fido2Server(PublicKeyCredentialRpEntity(id=rp_id(), name="Accord"), verify_origin=lambda said: said == here)
