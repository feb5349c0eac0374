"""What comes onto the agenda of a calibration meeting, exactly on the edges, and how it is said."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.calibration import (
    USUAL,
    Finding,
    Level,
    Limits,
    Mark,
    Reason,
    Track,
    attainment,
    finding,
)
from accord.domain.periods import Frequency, Period

W40 = Period.parse("2026-W40").key
SPAN_ZH, SPAN_EN = "2026-W40 至 2026-W43", "from 2026-W40 to 2026-W43"
RED = (
    "已连续 3 期红灯，自 2026-W41 起达成 73.9%",
    "red for 3 periods in a row, 73.9% attained since 2026-W41",
)
values = st.decimals(min_value=-1000, max_value=1000, places=6)


def track(numbers: Sequence[object], target: object = 100, weight: str = "0.3", **more: object) -> Track:
    """A weekly track from week 40 on; None is a week without a value."""
    marks = [
        Mark(W40 + place, Decimal(str(target)), None if number is None else Decimal(str(number)))
        for place, number in enumerate(numbers)
    ]
    return Track(marks, Decimal(weight), **more)  # type: ignore[arg-type]


def reason(one: Track, limits: Limits = USUAL) -> Reason | None:
    found = finding(one, limits)
    return found.reason if found else None


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([75, 75, 75, 75], None),
        ([76, 74, 76, "73.999999"], Reason.FAR_OFF),
        ([130, 130, 130, 130], None),
        ([130, 130, 130, "130.000001"], Reason.FAR_OFF),
        ([None, 70, None, 72], Reason.FAR_OFF),
        ([None, None, None, None], Reason.NO_EVIDENCE),
        ([None, None, None], None),
        ([90, 74, 74, 74], Reason.LONG_RED),
        ([90, 74, 74, None], None),
        ([100, 100, 100, 20, 70, 70, 70], Reason.LONG_RED),
        ([10, 10, 10, 100, 100, 100, 100], None),
        ([], None),
    ],
)
def test_a_track_gives_its_reason(numbers: Sequence[object], found: Reason | None) -> None:
    assert reason(track(numbers)) == found


def test_what_is_light_may_lack_values() -> None:
    assert reason(track([None] * 4, weight="0.199999")) is None
    assert reason(track([None] * 4, weight="0.2")) == Reason.NO_EVIDENCE


def test_lower_is_better_is_attained_from_above() -> None:
    assert attainment(track([120], lower_is_better=True)) == Decimal("0.8")
    assert reason(track([126] * 4, lower_is_better=True)) == Reason.LONG_RED
    assert reason(track([60] * 4, lower_is_better=True)) == Reason.FAR_OFF


def test_the_newest_value_alone_counts_where_it_is_the_level() -> None:
    assert attainment(track([10, 20, 90], level=Level.LAST)) == Decimal("0.9")


def test_a_target_that_is_not_positive_has_no_attainment_but_can_be_red() -> None:
    assert attainment(track([-5], target=0)) is None
    found = finding(track([-5] * 4, target=0), USUAL)
    assert found
    assert found.explain("zh-hans") == "已连续 4 期红灯，自 2026-W40 起"


def test_limits_are_parameters() -> None:
    limits = Limits({Frequency.WEEK: 1}, low=Decimal("0.95"), high=Decimal("1.05"), red_periods=1, heavy=Decimal(1))
    assert limits.window(Frequency.WEEK) == 1
    assert USUAL.window(Frequency.QUARTER) == 3
    assert reason(track([94]), limits) == Reason.FAR_OFF
    assert reason(track([74]), limits) == Reason.LONG_RED


@pytest.mark.parametrize(
    ("numbers", "zh", "en"),
    [
        ([75, 75, "74.97", 75], f"{SPAN_ZH} 达成 74.9%，低于 75%", f"74.9% attained {SPAN_EN}, under 75%"),
        (["130.01"] * 4, f"{SPAN_ZH} 达成 130.1%，高于 130%", f"130.1% attained {SPAN_EN}, over 130%"),
        ([None] * 4, f"权重 30%，但 {SPAN_ZH} 没有任何数据", f"weighs 30%, yet has no value {SPAN_EN}"),
        ([100, 74, 74, "73.96"], *RED),
    ],
)
def test_the_evidence_is_one_sentence(numbers: Sequence[object], zh: str, en: str) -> None:
    found = finding(track(numbers, lower_is_better=False), USUAL)
    assert found
    assert (found.explain("zh-hans"), found.explain("en")) == (zh, en)


@given(st.lists(st.none() | values, max_size=6), values, st.booleans(), st.sampled_from(Level))
def test_findings_survive_being_stored(numbers: list[object], target: Decimal, lower: bool, level: Level) -> None:
    if found := finding(track(numbers, target, lower_is_better=lower, level=level), USUAL):
        again = Finding.read(found.as_json())
        assert again == found
        assert again.explain("zh-hans")


@given(st.lists(values, min_size=1, max_size=6), st.decimals(min_value="0.000001", max_value=1000, places=6))
def test_attainment_knows_the_better_side(numbers: list[Decimal], target: Decimal) -> None:
    """What is attained one way and missed the other way by the same share lies as far from 1."""
    up, down = attainment(track(numbers, target)), attainment(track(numbers, target, lower_is_better=True))
    assert up is not None
    assert down is not None
    assert abs(up + down - 2) < Decimal("1e-50")
