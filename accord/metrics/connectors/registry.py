"""The kinds of connectors: one line each."""

from __future__ import annotations

from collections.abc import Mapping

from accord.metrics.connectors import files, ldap, push, rest, sql
from accord.metrics.connectors.contract import Connector, ConnectorKind, Problem
from accord.metrics.connectors.guard import guard
from accord.metrics.connectors.secrets import Secret, decrypt
from accord.metrics.models import Connection

KINDS: Mapping[str, ConnectorKind] = {
    "rest": rest.KIND,
    "sql": sql.KIND,
    "files": files.KIND,
    "ldap": ldap.KIND,
    "push": push.KIND,
}


def open_connector(connection: Connection) -> Connector:
    """The source of `connection`; close it in the end. Raises SettingsNotUnderstood, SecretUnreadable."""
    kind = KINDS[connection.kind]
    # Of a token by which rows are sent to us only a digest is kept.
    secret = Secret() if kind.is_pushed else decrypt(connection.secret)
    return kind.open(connection.settings, secret, guard())


def problems_of(kind: str, settings: Mapping[str, object]) -> list[Problem]:
    """What is wrong with settings, before they are saved."""
    return KINDS[kind].read_settings(settings)
