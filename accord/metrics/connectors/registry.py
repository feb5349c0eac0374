"""The kinds of connectors: one line each."""

from __future__ import annotations

from collections.abc import Mapping

from accord.metrics.connectors import rest
from accord.metrics.connectors.contract import Connector, ConnectorKind, Problem
from accord.metrics.connectors.guard import guard
from accord.metrics.connectors.secrets import decrypt
from accord.metrics.models import Connection

KINDS: Mapping[str, ConnectorKind] = {
    "rest": rest.KIND,
}


def open_connector(connection: Connection) -> Connector:
    """The source of `connection`; close it in the end. Raises SettingsNotUnderstood, SecretUnreadable."""
    return KINDS[connection.kind].open(connection.settings, decrypt(connection.secret), guard())


def problems_of(kind: str, settings: Mapping[str, object]) -> list[Problem]:
    """What is wrong with settings, before they are saved."""
    return KINDS[kind].read_settings(settings)
