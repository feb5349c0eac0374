"""Hosts of the private network that sources may be read from. The list is short, and each line has a reason."""

from __future__ import annotations

import re

from django.db import transaction

from accord.foundation.services.events import record
from accord.metrics.errors.connections import HostAllowedAlready, HostNotUnderstood
from accord.metrics.models import AllowedHost
from accord.people.models import Employee

# A name or an address as it stands in a URL; brackets of IPv6 are left out.
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.\-_]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


@transaction.atomic
def allow_host(host: str, port: int, reason: str, actor: Employee) -> AllowedHost:
    """Allow a host and a port (0: any). Raises HostNotUnderstood, HostAllowedAlready."""
    name = host.strip().strip("[]").rstrip(".").lower()
    if len(name) > 255 or not _HOST.fullmatch(name):
        raise HostNotUnderstood(host=host.strip()[:100])
    line, made = AllowedHost.objects.get_or_create(
        host=name, port=port, defaults={"reason": reason.strip()[:200], "allowed_by": actor}
    )
    if not made:
        raise HostAllowedAlready(host=str(line))
    record("host.allowed", subject=f"allowed_hosts:{line.pk}", actor=actor.user, host=str(line))
    return line


@transaction.atomic
def forget_host(line: AllowedHost, actor: Employee) -> None:
    """Take a host off the list: from now on nothing is read from it."""
    deleted, _ = AllowedHost.objects.filter(pk=line.pk).delete()
    if deleted:
        record("host.forgotten", subject=f"allowed_hosts:{line.pk}", actor=actor.user, host=str(line))
