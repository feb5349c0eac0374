"""Who may see which assessment model: designers all, everybody else those in use for positions of people they see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.goals.models import AssessmentModelVersion
from accord.people.access import Actor, visible_employees
from accord.people.models import Employee, Position
from accord.workflow.access.design import can_design, designer_for, version_to_design

_PUBLISHED = AssessmentModelVersion.State.PUBLISHED


def readable_models(actor: Actor) -> QuerySet[AssessmentModelVersion]:
    """The models in use that `actor` may read: of their own position and of those of the people they see."""
    published = AssessmentModelVersion.objects.filter(state=_PUBLISHED).select_related("assessment_model")
    if can_design(actor):
        return published
    positions = visible_employees(actor).values("position")
    return published.filter(Q(assessment_model__positions__in=positions)).distinct()


def model_to_read(actor: Actor, pk: int) -> AssessmentModelVersion:
    """The published version `pk` for somebody whom it concerns. Raises Http404."""
    return get_object_or_404(readable_models(actor), pk=pk)


def model_version_to_design(actor: Actor, pk: int) -> AssessmentModelVersion:
    """The version `pk` of a model for somebody who may design. Raises Http404."""
    found: AssessmentModelVersion = version_to_design(actor, "model", pk)
    return found


def version_to_assign(actor: Actor, pk: int) -> tuple[AssessmentModelVersion, Employee]:
    """A version in use, for somebody who may draft agreements in bulk from it. Raises Http404."""
    me, version = designer_for(actor), model_version_to_design(actor, pk)
    if version.state != _PUBLISHED:
        raise Http404
    return version, me


def people_to_assign(actor: Actor, positions: QuerySet[Position]) -> QuerySet[Employee]:
    """The people of some positions who work here and whose performance `actor` answers for."""
    people = visible_employees(actor).filter(position__in=positions).exclude(status=Employee.Status.LEFT)
    return people.select_related("position", "org_unit", "manager").order_by("org_unit__path", "name", "pk")
