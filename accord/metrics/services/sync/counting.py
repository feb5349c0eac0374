"""What rows count for under one rule, with what other streams say about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accord.domain.row_mapping import (
    KEY,
    Cells,
    Contribution,
    Counter,
    Found,
    Lookup,
    Refused,
    Rule,
    by_field,
    looked_up,
)
from accord.metrics.models import Connection
from accord.metrics.services.sync.landing import Landed
from accord.metrics.services.sync.rules import Mapped
from accord.metrics.services.sync.statements import cells_where


@dataclass
class Outcome:
    """What came of some rows: what each gives (by the id of the row), those refused (key, code, values of the
    sentence), and how many do not count because they meet no filter or are not over.
    """

    given: dict[int, Contribution] = field(default_factory=dict)
    refused: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    left_out: int = 0


def count_rows(
    counter: Counter, rows: Iterable[tuple[int, Cells]], lookups: Sequence[tuple[Lookup, Found]] = ()
) -> Outcome:
    """Count each of `rows`."""
    outcome = Outcome()
    for pk, row in rows:
        try:
            contribution = counter.count(looked_up(row, lookups, counter.zone))
        except Refused as refusal:
            outcome.refused.append((row[KEY] or "", refusal.code, refusal.values))
        else:
            if contribution is None:
                outcome.left_out += 1
            else:
                outcome.given[pk] = contribution
    return outcome


def landed_lookups(of: Connection, rule: Rule, rows: Sequence[tuple[int, Cells]]) -> list[tuple[Lookup, Found]]:
    """The rows of other streams that `rows` look up, out of those that were landed."""
    found = []
    for lookup in rule.lookups:
        texts = {text for _, row in rows if (text := row.get(lookup.own)) is not None}
        there = (cells for _, cells in cells_where(of, lookup.stream, lookup.theirs, texts))
        found.append((lookup, by_field(there, lookup.theirs)))
    return found


def looking_at(of: Connection, mapped: Mapped, landed: Mapping[str, Landed]) -> set[int]:
    """The rows of a mapping's own stream that look up rows of another which came, changed or went."""
    touched: set[int] = set()
    for lookup in mapped.rule.lookups:
        moved = landed[lookup.stream].moved if lookup.stream in landed else []
        texts = {text for row in moved if (text := row.get(lookup.theirs)) is not None}
        # Many texts count as all: rows that look up nothing that moved are counted anew and come out the same.
        touched.update(pk for pk, _ in cells_where(of, mapped.mapping.stream, lookup.own, texts))
    return touched
