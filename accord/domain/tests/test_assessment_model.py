"""Assessment models: what is refused and where, the way out and back, curves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accord.domain.assessment_model import (
    METHODS,
    Item,
    KnownMetric,
    ModelError,
    blank_body,
    curve,
    read_model,
)
from accord.domain.scoring import Direction
from accord.domain.wording import LANGUAGES, Text

LIBRARY = {
    1: KnownMetric(Text("订单量", "Orders"), Direction.UP),
    2: KnownMetric(Text("首次响应时长", "First response"), Direction.DOWN),
}


def item(metric: int = 1, weight: str = "1", target: str = "26", **more: Any) -> dict[str, Any]:
    return {"metric": metric, "weight": weight, "target": target, **more}


def body(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"v": 1, "dimensions": [{"key": "result", "name": {"zh": "业绩结果"}, "items": list(items)}], **more}


def problems_of(given: object, known: bool = True) -> list[tuple[str, str]]:
    with pytest.raises(ModelError) as caught:
        read_model(given, LIBRARY if known else None)
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert "{" not in problem.explain(language)
            assert problem.sentence(language)
    assert caught.value.explain("en")
    return [(problem.place, problem.code) for problem in caught.value.problems]


def test_a_full_model_comes_back_as_it_was_written() -> None:
    said = body(
        item(1, "0.4", weight_min="0.3", weight_max="0.5", target_min="20", target_max="30", why="带来收入"),
        item(
            2,
            "0.6",
            "30",
            method="threshold_target_stretch",
            threshold="60",
            stretch="15",
            params={"stretch_score": "130"},
            author="YH0005",
            key_result=7,
        ),
        form="monthly",
        flow="yearly",
    )
    model = read_model(said, LIBRARY)
    assert [each.metric for each in model.items()] == [1, 2]
    assert model.dimensions[0].items[0].weight_max == Decimal("0.5")
    assert (model.form, model.flow) == ("monthly", "yearly")
    assert read_model(model.as_json()) == model
    assert model.as_json()["dimensions"][0]["items"][1]["params"] == {"stretch_score": "130"}


def test_a_new_model_waits_for_its_first_kpi() -> None:
    assert problems_of(blank_body()) == [("dimensions[0].items", "dimension_empty")]
    assert problems_of({"v": 1, "dimensions": []}) == [("dimensions", "no_items")]


@pytest.mark.parametrize(
    ("given", "place", "code"),
    [
        ([], "", "not_a_model"),
        ({**body(item()), "v": 2}, "v", "unknown_version"),
        ({**body(item()), "extra": 1}, "", "unknown_setting"),
        ({"v": 1, "dimensions": {}}, "dimensions", "not_a_list"),
        ({"v": 1, "dimensions": [{}] * 13}, "dimensions", "too_many"),
        ({"v": 1, "dimensions": [3]}, "dimensions[0]", "not_an_object"),
        ({"v": 1, "dimensions": [{"key": "a", "name": "维度", "items": 3}]}, "dimensions[0].items", "not_a_list"),
        ({"v": 1, "dimensions": [{"key": "A", "name": "维度", "items": []}]}, "dimensions[0].key", "bad_key"),
        ({"v": 1, "dimensions": [{"key": "a", "name": {"en": "x"}, "items": []}]}, "dimensions[0].name", "dimension_unnamed"),  # noqa: E501
        ({"v": 1, "dimensions": [{"key": "a", "name": "维" * 61, "items": []}]}, "dimensions[0].name", "text_too_long"),
        ({"v": 1, "dimensions": body()["dimensions"] * 2}, "dimensions[1].key", "same_key"),
        (body(3), "dimensions[0].items[0]", "not_an_object"),  # type: ignore[arg-type]
        (body(item(metric=None)), "dimensions[0].items[0].metric", "metric_missing"),  # type: ignore[arg-type]
        (body(item(9)), "dimensions[0].items[0].metric", "metric_unknown"),
        (body(item(1, "0.5"), item(1, "0.5")), "dimensions[0].items[1].metric", "metric_twice"),
        (body(item(weight="")), "dimensions[0].items[0].weight", "number_missing"),
        (body(item(weight="0")), "dimensions[0].items[0].weight", "weight_outside"),
        (body(item(weight_max="1.2")), "dimensions[0].items[0].weight_max", "weight_outside"),
        (body(item(weight_max="0.5")), "dimensions[0].items[0].weight", "outside_range"),
        (body(item(target_min="30")), "dimensions[0].items[0].target", "outside_range"),
        (body(item(target="many")), "dimensions[0].items[0].target", "not_a_number"),
        (body(item(target="1e13")), "dimensions[0].items[0].target", "not_a_number"),
        (body(item(target="NaN")), "dimensions[0].items[0].target", "not_a_number"),
        (body(item(target="0.1234567")), "dimensions[0].items[0].target", "not_a_number"),
        (body(item(target=True)), "dimensions[0].items[0].target", "not_a_number"),  # type: ignore[arg-type]
        (body(item(method="graded")), "dimensions[0].items[0].method", "method_unknown"),
        (body(item(params=[])), "dimensions[0].items[0].params", "params_not_an_object"),
        (body(item(params={"capp": "3"})), "dimensions[0].items[0].params", "rule"),
        (body(item(target="0")), "dimensions[0].items[0].target", "rule"),
        (body(item(method="threshold_target_stretch")), "dimensions[0].items[0].threshold", "rule"),
        (body(item(why=3)), "dimensions[0].items[0].why", "text_expected"),
        (body(item(why="长" * 1001)), "dimensions[0].items[0].why", "text_too_long"),
        (body(item(key_result="x")), "dimensions[0].items[0].key_result", "not_a_reference"),
        (body(item(colour="red")), "dimensions[0].items[0]", "unknown_setting"),
        (body(item(), form="a b"), "form", "text_expected"),
        (body(item(), missing="guess"), "missing", "unknown_choice"),
        (body(item(weight="0.9")), "dimensions", "weights_not_one"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is(given: object, place: str, code: str) -> None:
    assert (place, code) in problems_of(given)


def test_more_kpis_than_anybody_can_mind_are_refused() -> None:
    several = [
        {"key": f"d{at}", "name": "维度", "items": [item(at * 40 + row, "0.01") for row in range(40)]}
        for at in range(2)
    ]
    assert ("dimensions", "too_many") in problems_of({"v": 1, "dimensions": several}, known=False)


def test_levels_are_checked_against_the_direction_of_the_metric() -> None:
    rising = item(2, "1", "30", method="threshold_target_stretch", threshold="20", stretch="40")
    assert problems_of(body(rising)) == [("dimensions[0].items[0].target", "rule")]
    # Without the library nobody knows which way is good.
    assert read_model(body(rising))


def test_sentences_name_the_kpi_or_where_it_stands() -> None:
    with pytest.raises(ModelError) as caught:
        read_model(body(item(weight="", target="26")), LIBRARY)
    assert caught.value.problems[0].explain("zh-hans") == "“订单量”：请填写权重。"
    assert caught.value.problems[0].sentence("zh-hans") == "请填写权重。"
    with pytest.raises(ModelError) as unknown:
        read_model(body(item(9)), LIBRARY)
    assert unknown.value.explain("en").startswith("“业绩结果”, KPI 1: ")


@pytest.mark.parametrize("code", METHODS)
def test_a_new_item_of_any_method_has_a_curve_at_once(code: str) -> None:
    for direction in Direction:
        levels = [Decimal(80), Decimal(100), Decimal(120)][:: 1 if direction is Direction.UP else -1]
        params = METHODS[code].starting_params
        drawn = curve(
            Item(1, Decimal(1), levels[1], method=code, params=params, threshold=levels[0], stretch=levels[2]),
            direction,
        )
        scores = [score for _actual, score in drawn.points if score is not None]
        assert max(scores) > min(scores)
        assert [actual for actual, _score in drawn.points] == sorted(actual for actual, _score in drawn.points)
        assert set(drawn.marks) <= {actual for actual, _score in drawn.points}


def test_a_curve_reaches_its_limits() -> None:
    drawn = curve(Item(1, Decimal(1), Decimal(26), params={"cap": "150"}), Direction.UP)
    assert drawn.points[-1][1] == drawn.points[-2][1] == Decimal(150)
    assert (Decimal(26), Decimal(100)) in drawn.points
    capped = {"base": "100", "per": "1", "plus": "2", "minus": "0", "cap_plus": "10", "cap_minus": "3"}
    points = curve(Item(1, Decimal(1), Decimal(26), method="points", params=capped), Direction.DOWN)
    assert Decimal(21) in points.marks
    assert points.points[0][1] == Decimal(110)


def test_rates_of_nothing_still_have_a_picture() -> None:
    flat = Item(1, Decimal(1), Decimal(26), method="difference", params={"unit": "1", "points_per_unit": "0"})
    assert {score for _actual, score in curve(flat, Direction.UP).points} == {Decimal(100)}
    free = Item(1, Decimal(1), Decimal(0), method="deduction", params={"full": "100", "per_event": "0"})
    assert {score for _actual, score in curve(free, Direction.DOWN).points} == {Decimal(100)}


def test_a_score_too_large_to_write_down_leaves_a_gap() -> None:
    huge = {"base": "1e2", "per": "0.001", "plus": "1" + "0" * 17, "minus": "1"}
    drawn = curve(Item(1, Decimal(1), Decimal(4), method="points", params=huge), Direction.UP)
    assert drawn.points[-1][1] is None


def test_a_curve_counts_events_whole_and_never_below_none() -> None:
    drawn = curve(
        Item(1, Decimal(1), Decimal(4), method="deduction", params={"full": "100", "per_event": "5"}), Direction.DOWN, 0
    )
    assert drawn.points[0] == (Decimal(0), Decimal(100))
    assert all(actual % 1 == 0 for actual, _score in drawn.points)


def test_an_item_knows_nothing_it_was_not_told() -> None:
    assert Item(1, Decimal(1), Decimal(5)).as_json()["threshold"] is None
