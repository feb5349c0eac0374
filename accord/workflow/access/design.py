"""Who may design: forms, flows, and what apps above have people design."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accord.people.access import Actor, own_employee, roles_of
from accord.people.models import Employee, RoleGrant
from accord.workflow.access.flows import visible_instances
from accord.workflow.models import FlowVersion, Form, FormVersion
from accord.workflow.services.versions.kinds import FLOW, FORM, kinds

_DESIGNERS = {RoleGrant.Role.HRBP, RoleGrant.Role.ADMINISTRATOR}


def can_design(actor: Actor) -> bool:
    """Whether `actor` may design: HR business partners and administrators."""
    return bool(roles_of(actor) & _DESIGNERS)


def may_design(request: HttpRequest) -> bool:
    """Whether the side bar leads to the designer."""
    return can_design(request.user)


def ensure_may_design(actor: Actor) -> None:
    """Raises Http404 for everybody else: what is being designed is not shown before it is published."""
    if not can_design(actor):
        raise Http404


def can_lift_approval(actor: Actor) -> bool:
    """Whether `actor` may take away or replace an approval that has been set: administrators, not those it binds."""
    return RoleGrant.Role.ADMINISTRATOR in roles_of(actor)


def designer_for(actor: Actor) -> Employee:
    """The employee who `actor` is, as somebody who may design. Raises Http404 for everybody else."""
    ensure_may_design(actor)
    me = own_employee(actor)
    if me is None:
        raise Http404
    return me


def form_to_design(actor: Actor, pk: int) -> Form:
    """The form `pk` for somebody who may design. Raises Http404."""
    found: Form = definition_to_design(actor, FORM.code, pk)
    return found


def form_version_to_design(actor: Actor, pk: int) -> FormVersion:
    """The version `pk` of a form for somebody who may design. Raises Http404."""
    found: FormVersion = version_to_design(actor, FORM.code, pk)
    return found


def flow_version_to_design(actor: Actor, pk: int) -> FlowVersion:
    """The version `pk` of a flow for somebody who may design. Raises Http404."""
    found: FlowVersion = version_to_design(actor, FLOW.code, pk)
    return found


def version_to_compare(actor: Actor, kind: str, pk: int) -> Any:
    """The version `pk` for whoever designs, and for those who were asked to approve it. Raises Http404."""
    if can_design(actor):
        return version_to_design(actor, kind, pk)
    versions = kinds()[kind].versions
    if not visible_instances(actor).filter(subject=f"{versions._meta.db_table}:{pk}").exists():
        raise Http404
    return get_object_or_404(versions, pk=pk)


def definition_to_design(actor: Actor, kind: str, pk: int) -> Any:
    """The definition `pk` of a kind for somebody who may design. Raises Http404."""
    ensure_may_design(actor)
    return get_object_or_404(kinds()[kind].definitions._default_manager.select_related("approval_flow"), pk=pk)


def version_to_design(actor: Actor, kind: str, pk: int) -> Any:
    """The version `pk` of a definition of a kind for somebody who may design. Raises Http404."""
    ensure_may_design(actor)
    which = kinds()[kind]
    return get_object_or_404(which.with_all(which.versions._default_manager.all()), pk=pk)
