"""Changing how a decomposition is set up, each change by compare-and-set."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.db import transaction

from accord.domain.decomposition.errors import CannotSplit
from accord.domain.decomposition.settings import Settings, read_settings
from accord.foundation.language import readers_language
from accord.foundation.services import events
from accord.goals.errors.decomposition import (
    CannotDecompose,
    DecompositionApplied,
    DecompositionChanged,
    NobodyCarries,
)
from accord.goals.models import Decomposition
from accord.goals.queries.decomposition.planning import Plan, WhatIf, plan
from accord.people.models import Employee, OrgUnit


@transaction.atomic
def change(
    decomposition: Decomposition, edition: int, settings: Settings, actor: Employee, *, target: Decimal | None = None
) -> Decomposition:
    """Set rules, rates, locks, weights or the target anew, if what comes of it can be split.

    Raises DecompositionChanged or DecompositionApplied for somebody who saw another edition, CannotDecompose where the
    parts would have no answer; then nothing is changed.
    """
    if target is not None:
        decomposition.target = target
    checked_plan(decomposition, settings)
    decomposition.settings = settings.as_json()
    claim(decomposition, edition, settings=decomposition.settings, target=decomposition.target)
    events.record(
        "decomposition.changed",
        subject=f"decompositions:{decomposition.pk}",
        actor=actor.user,
        decomposition_id=decomposition.pk,
        edition=decomposition.edition,
    )
    return decomposition


@transaction.atomic
def unlock_all(decomposition: Decomposition, edition: int, actor: Employee) -> Decomposition:
    """Let every locked cell go. Raises what `change` raises."""
    settings = read_settings(decomposition.settings)
    return change(decomposition, edition, replace(settings, locks={}), actor)


def claim(decomposition: Decomposition, edition: int, **values: object) -> None:
    """Take the next edition of a draft and set columns. Raises DecompositionChanged or DecompositionApplied."""
    rows = Decomposition.objects.filter(pk=decomposition.pk, state=Decomposition.State.DRAFT)
    if not rows.filter(edition=edition).update(edition=edition + 1, **values):
        raise DecompositionChanged if rows.exists() else DecompositionApplied
    decomposition.edition = edition + 1


def checked_plan(decomposition: Decomposition, settings: Settings, what_if: WhatIf | None = None) -> Plan:
    """The plan of these settings. Raises CannotDecompose in the reader's language, or NobodyCarries."""
    try:
        found = plan(decomposition, what_if, settings)
    except CannotSplit as problem:
        raise cannot_decompose(decomposition, problem) from problem
    if not found.rows:
        raise NobodyCarries(unit=decomposition.root.name, metric=decomposition.metric.name)
    return found


def cannot_decompose(decomposition: Decomposition, problem: CannotSplit) -> CannotDecompose:
    """The problem as people read it: which unit, what is wrong."""
    unit = OrgUnit.objects.filter(pk=int(problem.where[1:])).first() if problem.where else None
    where = unit.name if unit else decomposition.name
    return CannotDecompose(where=where, problem=problem.explain(readers_language()).rstrip("。."))
