"""Writing frozen scorecards: many rows at once, and never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from accord.domain.numbers import to_micro
from accord.foundation.inserting import fill_table
from accord.goals.models import Scorecard, ScorecardRun
from accord.goals.services.scorecards.computing import Frozen

_CARD = (
    "run_id",
    "cycle_id",
    "employee_id",
    "kind",
    "as_of",
    "total",
    "inputs",
    "results",
    "digest",
    "computed_at",
    "supersedes_id",
)


@dataclass(frozen=True)
class Standing:
    """The scorecard that stands for a person, which a new one would take the place of."""

    pk: int
    digest: str


def standing(run: ScorecardRun, first: int, last: int) -> dict[int, Standing]:
    """The scorecards that stand of the people between two keys, for the cycle, kind and day of `run`."""
    found = Scorecard.objects.filter(
        cycle=run.cycle_id,
        kind=run.kind,
        as_of=run.as_of,
        employee__gte=first,
        employee__lte=last,
        superseded_by__isnull=True,
    )
    return {employee: Standing(pk, digest) for pk, employee, digest in found.values_list("id", "employee_id", "digest")}


def store(run: ScorecardRun, chosen: Sequence[Frozen], before: Mapping[int, Standing]) -> None:
    """Write the `chosen` cards."""
    at = connection.ops.adapt_datetimefield_value(run.made_at)
    day = run.as_of.isoformat()
    fill_table(
        Scorecard._meta.db_table,
        _CARD,
        (
            (
                run.pk,
                run.cycle_id,
                card.employee,
                run.kind,
                day,
                None if card.total is None else to_micro(card.total),
                card.inputs,
                card.results,
                card.digest,
                at,
                before[card.employee].pk if card.employee in before else None,
            )
            for card in chosen
        ),
    )
