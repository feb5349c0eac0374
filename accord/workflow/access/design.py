"""Who may design forms and flows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accord.people.access import Actor, own_employee, roles_of
from accord.people.models import Employee, RoleGrant
from accord.workflow.access.flows import visible_instances
from accord.workflow.models import Flow, FlowVersion, Form, FormVersion

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
    ensure_may_design(actor)
    return get_object_or_404(Form.objects.select_related("approval_flow"), pk=pk)


def flow_to_design(actor: Actor, pk: int) -> Flow:
    """The flow `pk` for somebody who may design. Raises Http404."""
    ensure_may_design(actor)
    return get_object_or_404(Flow.objects.select_related("approval_flow", "form"), pk=pk)


def form_version_to_design(actor: Actor, pk: int) -> FormVersion:
    """The version `pk` of a form for somebody who may design. Raises Http404."""
    ensure_may_design(actor)
    return get_object_or_404(FormVersion.objects.select_related("form", "saved_by", "made_by"), pk=pk)


def flow_version_to_design(actor: Actor, pk: int) -> FlowVersion:
    """The version `pk` of a flow for somebody who may design. Raises Http404."""
    ensure_may_design(actor)
    return get_object_or_404(FlowVersion.objects.select_related("flow__form", "saved_by", "made_by"), pk=pk)


def version_to_compare(actor: Actor, kind: str, pk: int) -> Any:
    """The version `pk` for whoever designs, and for those who were asked to approve it. Raises Http404."""
    if can_design(actor):
        return version_to_design(actor, kind, pk)
    table = (FormVersion if kind == "form" else FlowVersion)._meta.db_table
    if not visible_instances(actor).filter(subject=f"{table}:{pk}").exists():
        raise Http404
    return get_object_or_404(FormVersion if kind == "form" else FlowVersion, pk=pk)


def definition_to_design(actor: Actor, kind: str, pk: int) -> Any:
    """The form or flow `pk`, by `kind`."""
    return form_to_design(actor, pk) if kind == "form" else flow_to_design(actor, pk)


def version_to_design(actor: Actor, kind: str, pk: int) -> Any:
    """The version `pk` of a form or flow, by `kind`."""
    return form_version_to_design(actor, pk) if kind == "form" else flow_version_to_design(actor, pk)
