"""How fast scorecards are scored: `python -m tests.bench.scoring [CARDS]`.

Prints one JSON line a figure: 100,000 cards of six items through the Decimal rules (explanations at hand, but not
written out), through a bare Decimal loop over the same numbers (the raw limit of exact arithmetic in this language),
and through the second engine. The three must agree on every card.
"""

import json
import sys
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

import polars as pl

from accord.domain.scoring import read_rule
from accord.domain.scoring.columnar import score_items, score_totals
from accord.domain.scoring.methods.weighted_total import Item, WeightedTotal

WEIGHTS = ("0.25", "0.2", "0.2", "0.15", "0.1", "0.1")
RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("completion_ratio", {"target": "500"}),
    (
        "step_bands",
        {
            "bands": [
                {"from": "90", "score": "60"},
                {"from": "95", "score": "80"},
                {"from": "98", "score": "100"},
            ]
        },
    ),
    ("threshold_target_stretch", {"threshold": "800", "target": "1000", "stretch": "1200"}),
    (
        "points",
        {"base": "80", "target": "10", "per": "2", "plus": "1", "minus": "1", "cap_plus": "4", "cap_minus": "4"},
    ),
    ("difference", {"target": "-20", "unit": "5", "points_per_unit": "1"}),
    ("deduction", {"full": "100", "per_event": "2.5"}),
)
RANGES = ((200, 700), (80, 105), (700, 1300), (0, 20), (-90, 50), (0, 30))
TOTAL = {"cap": "130"}
CENT = Decimal("0.01")


def actuals(cards: int) -> list[list[str]]:
    """Observed values of every card, with two decimals (whole events)."""
    random = Random(7)  # noqa: S311
    return [
        [f"{random.randint(low * 100, high * 100) / 100:.2f}" for low, high in RANGES[:5]]
        + [str(random.randint(*RANGES[5]))]
        for _ in range(cards)
    ]


def by_rules(values: list[list[str]]) -> list[Decimal]:
    """The engine: rules read once, every value scored with its sentence at hand, then the total."""
    rules = [read_rule(method, params) for method, params in RULES]
    weights = [Decimal(weight) for weight in WEIGHTS]
    total = WeightedTotal(cap=Decimal(TOTAL["cap"]))
    return [
        total.total(
            [Item(weight, rule.answer(actual).value) for weight, rule, actual in zip(weights, rules, card, strict=True)]
        ).value
        for card in values
    ]


def bare(values: list[list[str]]) -> list[Decimal]:
    """The raw limit: the same formulas written out, nothing checked, nothing explained."""
    number, zero, hundred = Decimal, Decimal(0), Decimal(100)
    ratio_target, cap, fifth = number(500), number(120), number(5)
    bands = ((number(98), hundred), (number(95), number(80)), (number(90), number(60)))
    low, middle, high = number(800), number(1000), number(1200)
    weights = [number(weight) for weight in WEIGHTS]
    totals = []
    for card in values:
        a, b, c, d, e, f = map(number, card)
        ratio = min(hundred * a / ratio_target, cap)
        band = next((score for start, score in bands if b >= start), zero)
        if c < low:
            level = zero
        elif c >= high:
            level = cap
        elif c < middle:
            level = 60 + 40 * (c - low) / (middle - low)
        else:
            level = 100 + 20 * (c - middle) / (high - middle)
        points = 80 + max(min((d - 10) / 2, number(4)), number(-4))
        difference = max(min(hundred + (e + 20) / fifth, cap), zero)
        deduction = max(hundred - number("2.5") * f, zero)
        scores = (ratio, band, level, points, difference, deduction)
        total = zero
        for weight, score in zip(weights, scores, strict=True):
            total += weight * score.quantize(CENT, ROUND_HALF_UP)
        totals.append(total.quantize(CENT, ROUND_HALF_UP))
    return totals


def in_columns(values: list[list[str]]) -> list[Decimal]:
    """The second engine, from text in columns to totals."""
    cards = len(values)
    parts = [
        pl.DataFrame(
            {
                "card": range(cards),
                "weight": [weight] * cards,
                "method": [method] * cards,
                "actual": [card[place] for card in values],
                **{name: [value] * cards for name, value in params.items()},
            }
        )
        for place, (weight, (method, params)) in enumerate(zip(WEIGHTS, RULES, strict=True))
    ]
    frame = pl.concat(parts, how="diagonal")
    started = time.perf_counter()
    items = score_items(frame, keys=["card", "weight"])
    totals = score_totals(items, pl.DataFrame({"card": range(cards), "cap": [TOTAL["cap"]] * cards}))
    IN_COLUMNS.append(time.perf_counter() - started)
    return totals["score"].to_list()


IN_COLUMNS: list[float] = []


def timed(run: Callable[[list[list[str]]], list[Decimal]], values: list[list[str]]) -> tuple[float, list[Decimal]]:
    """Return the seconds `run` takes and what it found."""
    started = time.perf_counter()
    totals = run(values)
    return time.perf_counter() - started, totals


def main(cards: int) -> None:
    """Measure all three on the same cards and print what they took."""
    values = actuals(cards)
    raw_seconds, raw = timed(bare, values)
    rule_seconds, scored = timed(by_rules, values)
    _, columns = timed(in_columns, values)
    assert raw == scored == columns, "the engines do not agree"
    ratio = round(rule_seconds / raw_seconds, 2)
    for figures in (
        {"engine": "bare Decimal loop", "seconds": round(raw_seconds, 2), "cards_a_second": int(cards / raw_seconds)},
        {
            "engine": "Decimal rules",
            "seconds": round(rule_seconds, 2),
            "cards_a_second": int(cards / rule_seconds),
            "times_bare": ratio,
        },
        {
            "engine": "columns",
            "seconds": round(IN_COLUMNS[0], 2),
            "cards_a_second": int(cards / IN_COLUMNS[0]),
            "times_bare": round(IN_COLUMNS[0] / raw_seconds, 2),
        },
    ):
        print(json.dumps({"cards": cards, **figures}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
