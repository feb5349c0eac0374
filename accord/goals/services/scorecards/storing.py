"""Writing frozen scorecards: many rows at once, and never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from django.db import connection
from polars import col

from accord.domain.numbers import to_micro
from accord.foundation.inserting import fill_table
from accord.goals.models import Scorecard, ScorecardLine, ScorecardRun
from accord.goals.services.scorecards.computing import Computed, Frozen

_CARD = (
    "run_id",
    "cycle_id",
    "employee_id",
    "kind",
    "as_of",
    "total",
    "inputs",
    "digest",
    "computed_at",
    "supersedes_id",
)
_LINE = {
    "scorecard_id": "id",
    "place": "place",
    "phase": "phase",
    "kpi_id": "kpi",
    "metric_id": "metric",
    "weight": "weight",
    "actual": "actual",
    "target": "target",
    "score": "score",
    "inputs": "inputs",
}


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


def store(run: ScorecardRun, computed: Computed, chosen: Sequence[Frozen], before: Mapping[int, Standing]) -> None:
    """Write the `chosen` cards and their lines."""
    if not chosen:
        return
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
                card.digest,
                at,
                before[card.employee].pk if card.employee in before else None,
            )
            for card in chosen
        ),
    )
    made = Scorecard.objects.filter(
        run=run, employee__gte=chosen[0].employee, employee__lte=chosen[-1].employee
    ).values_list("employee_id", "id")
    keys = pl.DataFrame(list(made), schema={"card": pl.Int64, "id": pl.Int64}, orient="row")
    _store_lines(computed.lines.join(keys, on="card", maintain_order="left"))


def _store_lines(lines: pl.DataFrame) -> None:
    micro = (col("score") * Decimal(1_000_000)).cast(pl.Int64).alias("score")
    rows = lines.with_columns(micro).select(_LINE.values())
    table, columns = ScorecardLine._meta.db_table, ", ".join(_LINE)
    if connection.vendor != "postgresql":
        fill_table(table, tuple(_LINE), rows.iter_rows())
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(rows.write_csv(include_header=False).encode())
