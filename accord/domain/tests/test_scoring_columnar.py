"""The two engines, written apart, agree to the cent: on random cases, on ties, on errors and on the cases on file."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.scoring import METHODS, ScoringError, score
from accord.domain.scoring.columnar import items as items_module
from accord.domain.scoring.columnar import score_items, score_totals
from accord.domain.scoring.columnar import totals as totals_module
from accord.domain.scoring.columnar.methods import COLUMNAR
from accord.domain.tests.scoring_strategies import RULES, Case, Params, actuals, rules, ties
from accord.domain.tests.test_scoring_properties import scorecards, totals

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "scoring.jsonl").read_text("utf-8").splitlines()
]
FEWER = settings(max_examples=30)
Outcome = tuple[Decimal | None, str | None]
ODD = st.sampled_from(["", "n/a", "1e3", "+5", " 7 ", "NaN", "1e400", "0.123456789", "99999999999999", "-0", None])


def by_rule(method: str, params: Mapping[str, object], actual: object) -> Outcome:
    try:
        return score(method, {name: value for name, value in params.items() if value is not None}, actual).value, None
    except ScoringError as error:
        return None, error.code


def frame_of(cases: Iterable[Case]) -> pl.DataFrame:
    rows = [{"method": method, "actual": actual, **params} for method, params, actual in cases]
    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame([{name: row.get(name) for name in names} for row in rows], infer_schema_length=None)


def in_columns(cases: list[Case]) -> list[Outcome]:
    return list(score_items(frame_of(cases)).select("score", "error").iter_rows())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A sound case, now and then with something odd in it."""
    method, params = draw(rules())
    actual: str | None = str(draw(actuals(method, params)))
    if draw(st.integers(0, 9)) == 0:
        actual = draw(ODD)
    if draw(st.integers(0, 9)) == 0 and (plain := sorted(params.keys() - {"bands"})):
        params = {**params, draw(st.sampled_from(plain)): draw(ODD)}
    return method, params, actual


@FEWER
@given(st.lists(cases(), min_size=1, max_size=30))
def test_engines_agree_on_random_cases(drawn: list[Case]) -> None:
    assert in_columns(drawn) == [by_rule(*case) for case in drawn]


@FEWER
@given(st.lists(ties(), min_size=1, max_size=30))
def test_engines_agree_on_ties(drawn: list[tuple[Case, Decimal]]) -> None:
    outcomes = in_columns([case for case, _ in drawn])
    assert outcomes == [by_rule(*case) for case, _ in drawn]
    assert [abs(value or 0) for value, _ in outcomes] == [abs(exact) + Decimal("0.005") for _, exact in drawn]


@FEWER
@given(st.lists(st.one_of(cases(), ties().map(lambda tie: tie[0])), min_size=1, max_size=5))
def test_plain_cases_are_never_handed_to_the_other_engine(drawn: list[Case]) -> None:
    """Otherwise the two engines would agree because they are one."""
    scored = [case for case in drawn if by_rule(*case)[1] is None and all_plain(case)]
    if scored:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(items_module, "settled", refuse_rows)
            assert None not in [value for value, _ in in_columns(scored)]


def all_plain(case: Case) -> bool:
    texts = [case[2], *case[1].values()]
    return not any(
        text in {"1e3", "+5", " 7 ", "0.123456789", "99999999999999"} for text in texts if isinstance(text, str)
    ) and short(texts)


def short(texts: list[Any]) -> bool:
    return all(len(str(text).partition(".")[2]) <= 6 for text in texts if isinstance(text, str))


def refuse_rows(rows: Iterable[object]) -> pl.DataFrame:
    assert not list(rows)
    return pl.DataFrame(schema={"score": pl.Decimal(38, 2), "error": pl.String()})


def test_engines_agree_on_the_cases_on_file() -> None:
    for method in sorted(set(METHODS) - {"weighted_total", "distribution"}):
        ours = [case for case in CASES if case["method"] == method and isinstance(case["params"], dict)]
        for case in ours:
            drawn = (method, case["params"], case["actual"])
            assert in_columns([drawn]) == [by_rule(*drawn)], case["id"]


def test_every_method_the_columns_know_is_generated() -> None:
    assert set(COLUMNAR) == set(RULES)


def test_order_and_keys_are_kept_and_unknown_methods_named() -> None:
    frame = pl.DataFrame(
        {
            "employee": ["E3", "E1", "E2", "E4"],
            "method": ["deduction", "all_or_nothing", "deduction", None],
            "actual": [1, 5, 3, 2],
            "full": ["10", "100", "10", "10"],
            "per_event": ["2", None, "2", "2"],
            "target": [None, 5, None, None],
        }
    )
    result = score_items(frame, keys=["employee"])
    assert result.columns == [*frame.columns, "score", "error"]
    assert result["employee"].to_list() == ["E3", "E1", "E2", "E4"]
    assert result["score"].to_list() == [Decimal("8.00"), Decimal("100.00"), Decimal("4.00"), None]
    assert result["error"].to_list() == [None, None, None, "unknown_method"]


def test_a_column_the_method_does_not_know_is_an_error_unless_it_is_a_key() -> None:
    frame = pl.DataFrame({"method": ["deduction"], "actual": ["1"], "full": ["10"], "per_event": ["2"], "flor": ["3"]})
    assert score_items(frame)["error"].to_list() == ["unknown_parameter"]
    assert score_items(frame, keys=["flor"])["score"].to_list() == [Decimal("8.00")]


def test_binary_floats_are_refused_whole_numbers_and_decimals_taken() -> None:
    frame = pl.DataFrame({"method": ["completion_ratio"], "target": ["200"]})
    for actual, outcome in (
        (pl.Series([0.1]), (None, "not_a_number")),
        (pl.Series([150]), (Decimal("75.00"), None)),
        (pl.Series([Decimal("150.01")]), (Decimal("75.01"), None)),
        (pl.Series([None], dtype=pl.Float64), (None, "missing_actual")),
        (pl.Series([True]), (None, "not_a_number")),
    ):
        result = score_items(frame.with_columns(actual.alias("actual")))
        assert result.select("score", "error").row(0) == outcome


def test_bands_that_are_no_bands_get_the_same_error() -> None:
    for bands in ([["90"]], [[{"from": "90", "score": "1", "to": "95"}]], [[]], ["90"], [None]):
        frame = pl.DataFrame({"method": ["step_bands"], "actual": ["95"], "bands": bands})
        assert score_items(frame)["error"].to_list() == [by_rule("step_bands", {"bands": bands[0]}, "95")[1]]


def test_nothing_to_score_is_no_error() -> None:
    frame = pl.DataFrame(schema={"method": pl.String, "actual": pl.String})
    assert score_items(frame).is_empty()
    cards = pl.DataFrame(schema={"card": pl.String})
    assert score_totals(
        pl.DataFrame(schema={"card": pl.String, "weight": pl.String, "score": pl.String}), cards
    ).is_empty()


Card = tuple[list[dict[str, Any]], Params]


def totals_in_columns(drawn: list[Card]) -> list[Outcome]:
    rows = [{"card": number, **item} for number, (items, _) in enumerate(drawn) for item in items]
    names = dict.fromkeys(name for _, params in drawn for name in params)
    cards = [{"card": number, **{name: params.get(name) for name in names}} for number, (_, params) in enumerate(drawn)]
    schema = {"card": pl.Int64, "weight": pl.String, "score": pl.String}
    result = score_totals(pl.DataFrame(rows, schema=schema), pl.DataFrame(cards, infer_schema_length=None))
    return list(result.select("score", "error").iter_rows())


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """A scorecard, now and then with something odd in it."""
    items, params = draw(scorecards()), draw(totals)
    if draw(st.integers(0, 9)) == 0:
        items[0] = {**items[0], draw(st.sampled_from(["weight", "score"])): draw(ODD)}
    if draw(st.integers(0, 9)) == 0:
        odd = draw(st.sampled_from(["bonuses", "deductions", "bonus_cap", "cap", "floor", "missing"]))
        params = {**params, odd: [draw(ODD), "1"] if odd in {"bonuses", "deductions"} else draw(ODD)}
    return items, params


def test_engines_agree_on_the_totals_on_file() -> None:
    ours = [case for case in CASES if case["method"] == "weighted_total" and isinstance(case["actual"], list)]
    for case in ours:
        items = [{"weight": item.get("weight"), "score": item.get("score")} for item in case["actual"]]
        expected = by_rule("weighted_total", case["params"], items)
        assert totals_in_columns([(items, case["params"])]) == [expected], case["id"]


@FEWER
@given(st.lists(cards(), min_size=1, max_size=15))
def test_engines_agree_on_totals(drawn: list[Card]) -> None:
    assert totals_in_columns(drawn) == [by_rule("weighted_total", params, items) for items, params in drawn]


@FEWER
@given(st.lists(st.tuples(scorecards(), totals), min_size=1, max_size=5))
def test_plain_totals_are_never_handed_to_the_other_engine(drawn: list[Card]) -> None:
    scored = [(items, params) for items, params in drawn if by_rule("weighted_total", params, items)[1] is None]
    if scored:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(totals_module, "settled", refuse_rows)
            assert None not in [value for value, _ in totals_in_columns(scored)]


@given(st.integers(0, 12_000), st.integers(0, 12_000).map(lambda cents: 2 * cents + 1))
def test_engines_agree_on_ties_of_totals(first: int, odd: int) -> None:
    """Two halves whose cents differ by an odd number end in half a cent; so does a score typed with three decimals."""
    halves = [
        {"weight": "0.5", "score": f"{first / 100:.2f}"},
        {"weight": "0.5", "score": f"{(first + odd) / 100:.2f}"},
    ]
    thousandths = [{"weight": "1", "score": f"{odd * 5 / 1000:.3f}"}]
    exact = [Decimal(2 * first + odd) / 200, Decimal(odd * 5) / 1000]
    outcomes = totals_in_columns([(halves, {}), (thousandths, {})])
    assert [value for value, _ in outcomes] == [value + Decimal("0.005") for value in exact]
    assert outcomes == [by_rule("weighted_total", {}, halves), by_rule("weighted_total", {}, thousandths)]


def test_a_card_without_items_or_with_a_foreign_parameter_is_named() -> None:
    items = pl.DataFrame({"card": ["a", "b"], "weight": ["1", "1"], "score": [80, 70]})
    cards = pl.DataFrame({"card": ["b", "none", "a"], "manager": ["李", "李", "李"], "flor": [None, None, "3"]})
    result = score_totals(items, cards, keys=["manager"])
    assert result["card"].to_list() == ["b", "none", "a"]
    assert result["score"].to_list() == [Decimal("70.00"), None, None]
    assert result["error"].to_list() == [None, "weights_not_one", "unknown_parameter"]


def test_extras_that_are_no_lists_get_the_same_error() -> None:
    items = pl.DataFrame({"card": ["a"], "weight": ["1"], "score": ["80"]})
    for bonuses in (pl.Series(["3"]), pl.Series([["x"]]), pl.Series([[1.5]]), pl.Series([[3, 4]]), pl.Series([None])):
        cards = pl.DataFrame({"card": ["a"], "bonuses": bonuses})
        expected = by_rule("weighted_total", {"bonuses": bonuses.to_list()[0]}, [{"weight": "1", "score": "80"}])
        assert score_totals(items, cards).select("score", "error").row(0) == expected


def test_item_scores_flow_into_totals() -> None:
    items = pl.DataFrame(
        {
            "card": ["a", "a"],
            "weight": ["0.4", "0.6"],
            "method": ["completion_ratio", "deduction"],
            "actual": ["460", "1"],
            "target": ["500", None],
            "full": [None, "100"],
            "per_event": [None, "20"],
        }
    )
    scored = score_items(items, keys=["card", "weight"])
    assert score_totals(scored, pl.DataFrame({"card": ["a"]}))["score"].to_list() == [Decimal("84.80")]


def test_scoring_does_not_load_polars() -> None:
    code = "import sys, accord.domain.scoring.cases; sys.exit('polars' in sys.modules or 'django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
