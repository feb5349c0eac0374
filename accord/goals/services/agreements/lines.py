"""Lines of terms as plain drafts, and written for many terms at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from accord.domain.numbers import to_micro
from accord.foundation.inserting import insert_rows
from accord.goals.models import AgreementLine
from accord.goals.services.agreements.drafts import LineDraft

# What a line draft says, by column; the keys of other rows end in _id in both.
_PLAIN = ("metric_id", "dimension", "method", "why", "credited_id", "key_result_id")
_NUMBERS = ("weight", "weight_min", "weight_max", "target", "target_min", "target_max", "threshold", "stretch")
_JSON = ("params", "schedule")
_COLUMNS = ("terms_id", "order", *_PLAIN, *_NUMBERS, *_JSON)


def as_draft(line: AgreementLine) -> LineDraft:
    """A line as the draft it would be made from."""
    values = {name: getattr(line, name) for name in (*_PLAIN, *_NUMBERS, "params")}
    return LineDraft(**values, schedule=tuple((first, last, target) for first, last, target in line.schedule))


def insert_lines(lines: Mapping[int, Sequence[LineDraft]]) -> None:
    """Write the lines of many terms, by the key of the terms, in their order."""
    insert_rows(AgreementLine, _COLUMNS, _rows(lines.items()))


def _rows(lines: Iterable[tuple[int, Sequence[LineDraft]]]) -> Iterator[tuple[Any, ...]]:
    for terms, drafts in lines:
        for order, draft in enumerate(drafts):
            yield (
                terms,
                order,
                *(getattr(draft, name) for name in _PLAIN),
                *(_micro(getattr(draft, name)) for name in _NUMBERS),
                json.dumps(dict(draft.params), ensure_ascii=False),
                json.dumps([list(part) for part in draft.schedule]),
            )


def _micro(value: Decimal | None) -> int | None:
    return None if value is None else to_micro(value)
