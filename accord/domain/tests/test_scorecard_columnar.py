"""The second engine of scorecards gives the same numbers and the same frozen texts as the first, whatever they are."""

import json
from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.numbers import to_micro
from accord.domain.scorecard import Card, Line, score_card
from accord.domain.scorecard.columnar import DUES, LINES, frozen, gather, phase_totals, results, with_scores
from accord.domain.scorecard.freezing import freeze_line, freeze_results
from accord.domain.tests.scorecard_builders import AFTER, card, cards, line


def frames(many: list[Card]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Some cards as the frames that the second engine takes; they share the day and whether they are final."""
    lines: list[list[object]] = []
    dues: list[list[object]] = []
    phases: list[list[object]] = []
    for one in many:
        for phase in one.phases:
            phases.append([len(phases), str(phase.missing)])
            for each in phase.lines:
                dues += [[len(lines), *_due(each, place, one)] for place in range(len(each.dues))]
                lines.append([len(lines), len(phases) - 1, *_line(each)])
    return (
        pl.DataFrame(lines, schema=LINES, orient="row"),
        pl.DataFrame(dues, schema=DUES, orient="row"),
        pl.DataFrame(phases, schema={"phase": pl.Int64, "missing": pl.String}, orient="row"),
    )


def _line(each: Line) -> list[object]:
    return [
        each.kpi,
        each.metric,
        each.series,
        to_micro(each.weight),
        each.method,
        json.dumps(each.params),
        str(each.aggregation),
        each.lower_is_better,
        each.decimals,
        each.is_percent,
    ]


def _due(each: Line, place: int, one: Card) -> list[object]:
    due = each.dues[place]
    numbers = (due.target, due.threshold, due.stretch, due.value, *(due.parts or (None, None)))
    return [due.period, *(None if n is None else to_micro(n) for n in numbers), one.is_final or due.is_over(one.on)]


def agree(many: list[Card]) -> None:
    lines, dues, phases = frames(many)
    gathered = gather(dues)
    scored = with_scores(lines, gathered, many[0].is_final)
    expected = [score_card(one) for one in many]
    each = [one for whole in expected for phase in whole.phases for one in phase.lines]
    for name in ("actual", "target", "threshold", "stretch"):
        numbers = [getattr(one.actual, name) for one in each]
        assert scored[name].to_list() == [None if n is None else to_micro(n) for n in numbers], name
    assert scored["score"].to_list() == [one.points for one in each]
    totals = phase_totals(scored, phases)["score"].to_list()
    assert totals == [phase.points for whole in expected for phase in whole.phases]
    assert frozen(lines, gathered).to_list() == [freeze_line(one.line) for one in each]
    assert results(scored).to_list() == [freeze_results([one.results]) for one in each]


@given(cards())
def test_both_engines_agree_on_every_card(any_card: Card) -> None:
    agree([any_card])


@given(st.lists(cards(), min_size=2, max_size=4))
def test_cards_do_not_disturb_each_other(many: list[Card]) -> None:
    first = many[0]
    agree([Card(one.phases, first.on, first.is_final) for one in many])


def test_a_line_without_periods_has_no_score() -> None:
    agree([card(line([]), on=AFTER)])


def test_a_tie_is_a_tie_in_both() -> None:
    # 1 ÷ 8 to two decimals, and a score of exactly 0.005.
    agree([card(line([1] + [0] * 7, "0.2", aggregation="mean", decimals=0), on=AFTER)])
    agree([card(line(["0.00005"], 1, weight=Decimal(1)), on=AFTER)])
