"""Databases: any that SQLAlchemy can speak to, read only."""

from django.utils.translation import gettext_lazy as _

from accord.metrics.connectors.contract import ConnectorKind
from accord.metrics.connectors.sql.connector import open_sql
from accord.metrics.connectors.sql.settings import read_sql

KIND = ConnectorKind(
    label=_("Database"),
    description=_("Tables, views or one SELECT of PostgreSQL, MySQL, SQLite and others; nothing is ever written."),
    icon="database",
    read_settings=lambda settings: read_sql(settings)[1],
    open=open_sql,
)
