"""Who may push rows: whoever holds the address and the token of a connection that runs."""

from __future__ import annotations

from uuid import UUID

from accord.foundation.throttling import Limit
from accord.metrics.connectors.push import is_token
from accord.metrics.connectors.registry import KINDS
from accord.metrics.errors.push import PushTooOften, PushUnknown
from accord.metrics.models import Connection

_DELIVERIES = Limit("push", 120, 60)
_WRONG = Limit("push-wrong", 20, 60)
# While it is being set up rows are taken too: they are what there is to choose fields from.
_TAKING = (Connection.State.DRAFT, Connection.State.ACTIVE)


def connection_to_push_to(address: UUID, authorization: str) -> Connection:
    """The connection at `address` for whoever shows its token (`Bearer …`).

    Raises PushUnknown for all that is wrong alike, so that nobody learns which addresses there are; PushTooOften.
    """
    scheme, _, token = authorization.partition(" ")
    found = Connection.objects.select_related("source", "owner__user").filter(address=address).first()
    is_right = scheme.lower() == "bearer" and is_token(token.strip(), found.secret if found else "-")
    if found is None or not is_right or not KINDS[found.kind].is_pushed or found.state not in _TAKING:
        if not _WRONG.take(str(address)):
            raise PushTooOften
        raise PushUnknown
    if not _DELIVERIES.take(str(found.pk)):
        raise PushTooOften
    return found
