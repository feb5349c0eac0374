"""Looking up what another stream says about a row, such as the first answer to a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from accord.domain.row_mapping.cells import as_number, plain_text
from accord.domain.row_mapping.filters import Cells, all_hold, rank
from accord.domain.row_mapping.rule import Lookup, Take

Found = Mapping[str, Sequence[Cells]]
"""The rows of another stream by what stands in the field that they are looked up by."""


def by_field(rows: Iterable[Cells], name: str) -> Found:
    """`rows` by what stands in their field `name`; those without are left out."""
    found: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        key = row.get(name)
        if key is not None:
            found[key].append(row)
    return found


def looked_up(row: Cells, lookups: Sequence[tuple[Lookup, Found]], zone: ZoneInfo) -> Cells:
    """`row` with a field for each look-up. The first and the last are so in the order of the field that is taken;
    times without a zone of their own are on the clock of `zone`.
    """
    if not lookups:
        return row
    added: dict[str, str | None] = {}
    for lookup, found in lookups:
        there = found.get(row.get(lookup.own) or "", ())
        met = [other for other in there if all_hold(lookup.filters, other, row, zone)]
        added[lookup.name] = _taken(lookup, met, zone)
    return {**row, **added}


def _taken(lookup: Lookup, rows: list[Cells], zone: ZoneInfo) -> str | None:
    if lookup.take is Take.COUNT:
        return str(len(rows))
    texts = [text for row in rows if (text := row.get(lookup.field))]
    if lookup.take is Take.SUM:
        numbers = (as_number(text) for text in texts)
        return plain_text(sum((number for number in numbers if number is not None), Decimal()))
    if not texts:
        return None
    return (min if lookup.take is Take.FIRST else max)(texts, key=lambda text: rank(text, zone))
