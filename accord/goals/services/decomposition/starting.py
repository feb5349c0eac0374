"""Beginning a decomposition, and putting one away that was never handed out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.db import transaction

from accord.domain.decomposition.settings import Settings
from accord.foundation.services import events
from accord.goals.errors.decomposition import DecompositionChanged
from accord.goals.models import Cycle, Decomposition, RecommendedKpi
from accord.goals.queries.decomposition.choices import Splittable
from accord.goals.queries.decomposition.history import mean_of, periods_before, reached
from accord.goals.queries.decomposition.roster import roster
from accord.goals.services.decomposition.changing import checked_plan
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit


@transaction.atomic
def start(
    cycle: Cycle, root: OrgUnit, what: Splittable, target: Decimal, actor: Employee, *, name: str = ""
) -> Decomposition:
    """Begin to split a target of a unit for a cycle, with settings that need no further thought.

    Shares are those of the last period, everybody has the same rates: those reached last, else those that the position
    map recommends. Raises CannotDecompose, or NobodyCarries where there is nobody to split it over.
    """
    settings = Settings(factors=tuple(metric.pk for metric in what.factors))
    decomposition = Decomposition(
        cycle=cycle,
        name=name or f"{what.metric.name} · {root.name} · {cycle.name}",
        metric=what.metric,
        root=root,
        target=target,
        made_by=actor,
    )
    settings = replace(settings, rates=_rates(decomposition, what, settings))
    decomposition.settings = settings.as_json()
    checked_plan(decomposition, settings)
    decomposition.save()
    subject = f"decompositions:{decomposition.pk}"
    events.record("decomposition.started", subject=subject, actor=actor.user, decomposition_id=decomposition.pk)
    return decomposition


@transaction.atomic
def discard(decomposition: Decomposition, edition: int, actor: Employee) -> None:
    """Delete a draft. Raises DecompositionChanged where it has been changed or handed out meanwhile."""
    draft = Decomposition.State.DRAFT
    gone, _ = Decomposition.objects.filter(pk=decomposition.pk, edition=edition, state=draft).delete()
    if not gone:
        raise DecompositionChanged
    subject = f"decompositions:{decomposition.pk}"
    events.record("decomposition.discarded", subject=subject, actor=actor.user, decomposition_id=decomposition.pk)


def _rates(decomposition: Decomposition, what: Splittable, settings: Settings) -> dict[int, Decimal]:
    """What those who carry the metric reached last, else what the position map recommends, for each rate."""
    rates = what.factors[1:]
    if not rates:
        return {}
    members = roster(decomposition, settings).members
    people = {member.employee.pk for member in members if member.carries and not member.leads}
    before = reached(rates, decomposition.root, periods_before(decomposition.cycle, rates, settings.before))
    return {rate.pk: mean_of(rate, before, people) or _recommended(rate) or Decimal(1) for rate in rates}


def _recommended(metric: Metric) -> Decimal | None:
    row = RecommendedKpi.objects.filter(metric=metric, target__isnull=False).order_by("id").first()
    return row.target if row else None
