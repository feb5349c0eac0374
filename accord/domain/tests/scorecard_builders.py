"""Cards made in a line, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from accord.domain.periods import Frequency, Period
from accord.domain.scorecard import Aggregation, Card, Due, Line, Phase

FIRST = date(2026, 10, 1)
LAST = date(2026, 12, 31)
AFTER = date(2027, 1, 5)
WEEK = Period.parse("2026-W40").key
Number = int | str | Decimal


def number(given: Number | None) -> Decimal | None:
    return None if given is None else Decimal(given)


def line(
    values: Sequence[Number | None],
    target: Number | Sequence[Number] = 100,
    *,
    weight: Number = 1,
    method: str = "completion_ratio",
    threshold: Number | None = None,
    stretch: Number | None = None,
    parts: Sequence[tuple[int, int] | None] = (),
    first: int = WEEK,
    **more: object,
) -> Line:
    """A weekly line that begins with week 40 of 2026, or with the period `first`."""
    targets = list(target) if isinstance(target, list | tuple) else [target] * len(values)
    dues = tuple(
        Due(
            first + place,
            Decimal(targets[place]),
            number(threshold),
            number(stretch),
            number(value),
            (Decimal(parts[place][0]), Decimal(parts[place][1])) if parts and parts[place] else None,
        )
        for place, value in enumerate(values)
    )
    settled = {"params": {}, **more}
    if "aggregation" in settled:
        settled["aggregation"] = Aggregation(str(settled["aggregation"]))
    return Line(weight=Decimal(weight), method=method, dues=dues, **settled)  # type: ignore[arg-type]


def card(*lines: Line, on: date = AFTER, is_final: bool = True, **more: object) -> Card:
    """A card of one phase, the whole quarter."""
    return Card((Phase(FIRST, LAST, lines),), on, is_final, **more)  # type: ignore[arg-type]


_micro = st.integers(-(10**10), 10**10).map(lambda micro: Decimal(micro).scaleb(-6))
_METHODS: list[tuple[str, dict[str, object]]] = [
    ("completion_ratio", {}),
    ("completion_ratio", {"cap": "150", "floor": "20", "zero_below": "40"}),
    ("threshold_target_stretch", {}),
    ("all_or_nothing", {}),
    ("difference", {"unit": "5", "points_per_unit": "1.5"}),
    ("points", {"base": "80", "per": "2.5", "plus": "1", "minus": "2", "cap_plus": "20"}),
    (
        "baseline_linked_points",
        {"base": "80", "per": "2.5", "plus": "1", "minus": "2", "last_actual": "100", "last_target": "90"},
    ),
    ("deduction", {"full": "100", "per_event": "2"}),
    ("step_bands", {"bands": [{"from": "-10", "score": "60"}, {"from": "95.5", "score": "100"}]}),
    ("graded", {"grades": [{"label": "A", "score": "100"}]}),
    ("no_such_method", {}),
]


@st.composite
def lines(draw: st.DrawFn, weight: Decimal = Decimal(1)) -> Line:
    """Any line, sound or not."""
    frequency = draw(st.sampled_from([Frequency.WEEK, Frequency.MONTH]))
    start = Period.of(FIRST, frequency).key
    many = draw(st.integers(1, 5))
    method, params = draw(st.sampled_from(_METHODS))
    has_levels = draw(st.booleans())
    dues = []
    for place in range(many):
        value = draw(st.none() | _micro)
        parts = draw(st.none() | st.tuples(_micro, _micro)) if value is not None else None
        dues.append(
            Due(
                start + place,
                draw(_micro),
                draw(_micro) if has_levels else None,
                draw(_micro) if has_levels else None,
                value,
                parts,
            )
        )
    return Line(
        weight=weight,
        method=method,
        params=params,
        dues=tuple(dues),
        aggregation=draw(st.sampled_from(Aggregation)),
        lower_is_better=draw(st.booleans()),
        decimals=draw(st.integers(0, 6)),
        is_percent=draw(st.booleans()),
        kpi=draw(st.integers(1, 10**6)),
        metric=draw(st.integers(1, 10**6)),
        series=draw(st.integers(1, 10**6)),
    )


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Any card of one to three phases."""
    cuts = sorted(draw(st.sets(st.integers(1, 91), max_size=2)))
    firsts = [FIRST, *(FIRST + timedelta(cut) for cut in cuts)]
    ends = [*(first - timedelta(1) for first in firsts[1:]), LAST]
    weights = st.sampled_from([("1",), ("0.4", "0.6"), ("0.5", "0.3", "0.2"), ("0.5", "0.4")])
    phases = tuple(
        Phase(first, last, tuple(draw(lines(Decimal(weight))) for weight in draw(weights)))
        for first, last in zip(firsts, ends, strict=True)
    )
    return Card(
        phases,
        on=draw(st.dates(FIRST, AFTER)),
        is_final=draw(st.booleans()),
        okr_share=draw(st.sampled_from([Decimal(0), Decimal("0.2"), Decimal(1)])),
        objective_score=draw(st.none() | st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100)),
    )
