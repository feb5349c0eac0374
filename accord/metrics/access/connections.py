"""Who may see how a source is read, and who may set it up.

HR partners and administrators look after data: they see every source with its runs, because numbers of their people
hang on it. What is read of a source, its rows, settings and secret are for its owner and for administrators. Which
hosts of the private network may be reached is for administrators alone.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.metrics.models import AllowedHost, Connection, Identity, MetricMapping
from accord.people.access import Actor, can_import, can_manage_people, own_employee, own_employee_id
from accord.people.models import Employee


def may_set_up(actor: Actor) -> bool:
    """Whether `actor` may connect sources."""
    return can_import(actor)


def source_keeper(actor: Actor) -> Employee:
    """The employee who `actor` is, as somebody who may connect sources. Raises PermissionDenied (403) for others."""
    me = own_employee(actor)
    if me is None or not may_set_up(actor):
        raise PermissionDenied
    return me


def visible_connections(actor: Actor) -> QuerySet[Connection]:
    """The sources that `actor` may look at, with their names and owners; nothing for most people."""
    if not may_set_up(actor):
        return Connection.objects.none()
    return Connection.objects.select_related("source", "owner")


def connection_for(actor: Actor, pk: int) -> Connection:
    """The connection `pk`, to look at its state and its runs. Raises Http404 for others."""
    return get_object_or_404(visible_connections(actor), pk=pk)


def may_change(actor: Actor, connection: Connection) -> bool:
    """Whether `actor` may see the rows of a source and change how it is read."""
    return can_manage_people(actor) or (may_set_up(actor) and connection.owner_id == own_employee_id(actor))


def connection_to_set_up(actor: Actor, pk: int) -> tuple[Connection, Employee]:
    """The connection `pk` and who `actor` is. Raises Http404, or PermissionDenied for those who may only look."""
    connection = connection_for(actor, pk)
    me = own_employee(actor)
    if me is None or not may_change(actor, connection):
        raise PermissionDenied
    return connection, me


def mapping_to_set_up(actor: Actor, pk: int, mapping_pk: int) -> tuple[MetricMapping, Employee]:
    """A mapping of the connection `pk` with its connection. Raises Http404, or PermissionDenied as above."""
    connection, me = connection_to_set_up(actor, pk)
    found = MetricMapping.objects.select_related("metric", "connection__source", "connection__owner")
    return get_object_or_404(found, pk=mapping_pk, connection=connection), me


def identity_to_resolve(actor: Actor, pk: int, identity_pk: int) -> tuple[Identity, Employee]:
    """A name that waits to be resolved. Raises Http404, or PermissionDenied as above."""
    connection, me = connection_to_set_up(actor, pk)
    found = Identity.objects.select_related("connection__owner")
    return get_object_or_404(found, pk=identity_pk, connection=connection), me


def may_allow_hosts(actor: Actor) -> bool:
    """Whether `actor` may say which hosts of the private network sources are read from."""
    return can_manage_people(actor)


def host_keeper(actor: Actor) -> Employee:
    """The employee who `actor` is, as somebody who may allow hosts. Http404 for those who have nothing to do with
    sources, PermissionDenied for those who set them up.
    """
    if not may_set_up(actor):
        raise Http404
    me = own_employee(actor)
    if me is None or not may_allow_hosts(actor):
        raise PermissionDenied
    return me


def host_to_forget(actor: Actor, pk: int) -> tuple[AllowedHost, Employee]:
    """An allowed host, to take it off the list. Raises Http404, or PermissionDenied as above."""
    me = host_keeper(actor)
    return get_object_or_404(AllowedHost, pk=pk), me
