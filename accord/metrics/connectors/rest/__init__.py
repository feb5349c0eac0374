"""REST: anything that answers JSON over HTTP, described by its settings alone."""

from django.utils.translation import gettext_lazy as _

from accord.metrics.connectors.contract import ConnectorKind
from accord.metrics.connectors.rest.connector import open_rest
from accord.metrics.connectors.rest.settings import read_rest

KIND = ConnectorKind(
    label=_("System with a web interface (REST)"),
    description=_("CRM, tickets, projects, ERP: whatever answers JSON over HTTP."),
    icon="plug",
    read_settings=lambda settings: read_rest(settings)[1],
    open=open_rest,
)
