"""A frozen card is the card, and says when somebody was at it."""

import json
from decimal import Decimal

import pytest
from hypothesis import given

from accord.domain.scorecard import Card, score_card
from accord.domain.scorecard.freezing import (
    NotReadableError,
    digest_of,
    freeze,
    freeze_line,
    freeze_results,
    thaw,
    thaw_line,
    thaw_results,
)
from accord.domain.tests.scorecard_builders import card, cards, line


@given(cards())
def test_a_card_comes_back_from_its_texts(any_card: Card) -> None:
    back, scored = thaw(freeze(any_card)), score_card(any_card)
    assert back == any_card
    assert score_card(back).total == scored.total
    results = [each.results for phase in scored.phases for each in phase.lines]
    assert thaw_results(freeze_results(results)) == results


def test_the_text_is_plain_and_whole() -> None:
    text = freeze_line(line(["28.5", None], 26, weight="0.4", params={"cap": "120"}, kpi=7, metric=3, series=5))
    assert json.loads(text) == {
        "aggregation": "sum",
        "decimals": 2,
        "denominator": None,
        "down": False,
        "kpi": 7,
        "method": "completion_ratio",
        "metric": 3,
        "numerator": None,
        "params": {"cap": "120"},
        "percent": False,
        "period": 2105698,
        "series": 5,
        "stretch": None,
        "target": 26_000_000,
        "threshold": None,
        "v": 1,
        "value": [28_500_000, None],
        "weight": 400_000,
    }


def test_any_change_changes_the_digest() -> None:
    text = freeze(card(line([1], 2)))
    digest = digest_of(text)
    assert digest == digest_of(freeze(card(line([1], 2))))
    assert digest != digest_of(text.replace("1000000", "1000001"))
    assert digest != digest_of(freeze(card(line([1], 2), okr_share=Decimal("0.1"))))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"period": 1}', freeze_line(line([1])).replace("sum", "tot")])
def test_what_is_no_frozen_line_is_refused(text: str) -> None:
    with pytest.raises(NotReadableError):
        thaw_line(text)


def test_a_card_that_lost_a_line_is_refused() -> None:
    with pytest.raises(NotReadableError):
        thaw(freeze(card(line([1]))).partition("\n")[0])
    with pytest.raises(NotReadableError):
        thaw("{}")


@pytest.mark.parametrize("text", ["[", "5", '["1"]'])
def test_what_are_no_frozen_results_is_refused(text: str) -> None:
    with pytest.raises(NotReadableError):
        thaw_results(text)
