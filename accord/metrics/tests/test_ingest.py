"""What becomes of values: rows, revisions, freshness, ratios and the fact."""

from decimal import Decimal
from pathlib import Path

import pytest

from accord.domain.periods import Period
from accord.foundation.models import Event
from accord.metrics.models import Batch, Freshness, Measurement, MeasurementRevision
from accord.metrics.queries.values import data_until, data_until_by_source, periods_with_values, values_of
from accord.metrics.services.tables import postgresql
from accord.metrics.tests.builders import bring, counts, some_metrics, stored
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _library(cast: Cast) -> None:
    some_metrics()


W40, W41, W42 = (Period.parse(f"2026-W{week}") for week in (40, 41, 42))


def test_a_value_names_its_batch_and_row(cast: Cast, tmp_path: Path) -> None:
    user = cast.hrbp_wang.user
    bring(tmp_path, "A012,,签约额,2026-W41,1", "A011,,签约额,2026-W41,2", actor=user)
    batch = Batch.objects.get()
    assert (batch.source.name, batch.file_name, batch.received_by, len(batch.digest)) == ("CRM", "values.csv", user, 64)
    assert (batch.created, batch.changed, batch.same, batch.refused) == (2, 0, 0, 0)
    rows = {row.series.employee.employee_no: row for row in Measurement.objects.select_related("series__employee")}
    assert (rows["A011"].row, rows["A012"].row) == (3, 2)
    assert {row.batch_id for row in rows.values()} == {batch.pk}


def test_the_fact_names_the_batch_and_the_periods_that_changed(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, "A011,,签约额,2026-W41,1", "A011,,签约额,2026-W40,1")
    bring(tmp_path, "A011,,签约额,2026-W41,1", "A011,,签约额,2026-W40,3", actor=cast.hrbp_wang.user)
    bring(tmp_path, "A011,,签约额,2026-W41,1")
    events = list(Event.objects.filter(name="measurements.recorded").order_by("pk"))
    batches = list(Batch.objects.order_by("pk").values_list("pk", flat=True))
    assert [event.payload["batch_id"] for event in events] == batches
    assert [event.payload["periods"] for event in events] == [[W40.key, W41.key], [W40.key], []]
    assert events[1].actor == cast.hrbp_wang.user


def test_the_same_file_twice_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    lines = ["A011,,签约额,2026-W41,1", "A012,,回款率,2026-W41,12%", ",远航电商/客服部,签约额,2026-W41,3"]
    assert counts(bring(tmp_path, *lines)) == (3, 0, 0, 0)
    before = sorted(Measurement.objects.values_list("period", "series_id", "value", "batch_id", "row"))
    assert counts(bring(tmp_path, *lines)) == (0, 0, 3, 0)
    assert sorted(Measurement.objects.values_list("period", "series_id", "value", "batch_id", "row")) == before
    assert not MeasurementRevision.objects.exists()


def test_a_correction_keeps_what_was_there(cast: Cast, tmp_path: Path) -> None:
    for value in ("1", "2.5", "1"):
        bring(tmp_path, "A012,,签约额,2026-W41,9", f"A011,,签约额,2026-W41,{value}")
    first, second, third = Batch.objects.order_by("pk")
    assert stored()["A011", "签约额", "2026-W41"] == 1
    revisions = MeasurementRevision.objects.order_by("pk").values_list("value", "batch_id", "row", "replaced_by_id")
    assert list(revisions) == [
        (Decimal(1), first.pk, 3, second.pk),
        (Decimal("2.5"), second.pk, 3, third.pk),
    ]
    assert (third.created, third.changed, third.same) == (0, 1, 1)


def test_the_smallest_difference_is_a_correction(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, "A011,,签约额,2026-W41,9000000000000.000001")
    assert counts(bring(tmp_path, "A011,,签约额,2026-W41,9000000000000.000002")) == (0, 1, 0, 0)
    assert stored()["A011", "签约额", "2026-W41"] == Decimal("9000000000000.000002")


@pytest.mark.parametrize("smallest_partition", [1, 2, 100])
@pytest.mark.parametrize("worth", [0, 4])
def test_periods_come_and_grow_in_any_order(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smallest_partition: int, worth: int
) -> None:
    """On PostgreSQL some of these periods get a partition of their own; what is stored is read whole
    or key by key. Nobody can tell.
    """
    monkeypatch.setattr(postgresql, "PARTITION_FROM", smallest_partition)
    monkeypatch.setattr("accord.metrics.services.tables.periods.WORTH", worth)
    both = ["A011,,签约额,2026-W41,1", "A012,,签约额,2026-W41,2", "A011,,签约额,2026-W42,3"]
    assert counts(bring(tmp_path, *both)) == (3, 0, 0, 0)
    more = ["A010,,签约额,2026-W41,4", "A012,,签约额,2026-W41,2", "A011,,签约额,2026-W42,5", "A011,,签约额,2026-W40,6"]
    assert counts(bring(tmp_path, *more)) == (2, 1, 1, 0)
    assert counts(bring(tmp_path, *more)) == (0, 0, 4, 0)
    assert {(who, week): value for (who, _, week), value in stored().items()} == {
        ("A011", "2026-W41"): 1,
        ("A012", "2026-W41"): 2,
        ("A010", "2026-W41"): 4,
        ("A011", "2026-W42"): 5,
        ("A011", "2026-W40"): 6,
    }
    assert periods_with_values() == [W40.key, W41.key, W42.key]


class TestFreshness:
    def test_data_reach_until_the_newest_period(self, cast: Cast, tmp_path: Path) -> None:
        metrics = some_metrics()
        bring(tmp_path, "A011,,签约额,2026-W41,1", "A011,,签约额,2026-W40,1", "A011,,客户满意度,2026-09,1")
        bring(tmp_path, "A011,,签约额,2026-W40,2", source="手工")
        assert data_until(metrics["签约额"]) == W41
        assert data_until(metrics["回款率"]) is None
        crm, manual = (batch.source for batch in Batch.objects.order_by("pk"))
        assert {str(period) for period in data_until_by_source(crm).values()} == {"2026-W41", "2026-09"}
        assert {str(period) for period in data_until_by_source(manual).values()} == {"2026-W40"}

    def test_an_old_file_does_not_turn_it_back(self, cast: Cast, tmp_path: Path) -> None:
        bring(tmp_path, "A011,,签约额,2026-W41,1")
        bring(tmp_path, "A011,,签约额,2026-W40,1")
        assert Freshness.objects.get().period == W41.key
        bring(tmp_path, "A012,,签约额,2026-W42,1")
        assert Freshness.objects.get().period == W42.key


def test_values_of_a_chart_are_one_query(cast: Cast, tmp_path: Path, django_assert_num_queries: object) -> None:
    bring(tmp_path, *(f"{who},,签约额,2026-W{week},{week}" for who in ("A011", "A012") for week in range(20, 42)))
    series = [row.series for row in Measurement.objects.filter(period=W41.key).select_related("series__metric")]
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = list(values_of(series, last=3, on=W42.start))
    assert [(row.period, row.value) for row in found] == [(W40.key, 40), (W41.key, 41)] * 2


class TestRatios:
    """转化率 = 订单数 ÷ 访客数, in percent."""

    def test_it_is_worked_out_when_both_parts_are_there(self, cast: Cast, tmp_path: Path) -> None:
        assert counts(bring(tmp_path, "A011,,订单数,2026-W41,1")) == (1, 0, 0, 0)
        assert ("A011", "转化率", "2026-W41") not in stored()
        assert counts(bring(tmp_path, "A011,,访客数,2026-W41,3", "A012,,访客数,2026-W41,3")) == (2, 0, 0, 0)
        assert stored()["A011", "转化率", "2026-W41"] == Decimal("33.333333")
        ratio = Measurement.objects.get(series__metric__name="转化率")
        assert (ratio.row, ratio.batch) == (Measurement.COMPUTED, Batch.objects.latest("pk"))

    def test_it_follows_a_correction_of_a_part(self, cast: Cast, tmp_path: Path) -> None:
        bring(tmp_path, "A011,,订单数,2026-W41,1", "A011,,访客数,2026-W41,4")
        bring(tmp_path, "A011,,访客数,2026-W41,8")
        assert stored()["A011", "转化率", "2026-W41"] == Decimal("12.5")
        assert MeasurementRevision.objects.get(series__metric__name="转化率").value == 25
        assert Event.objects.latest("pk").payload["periods"] == [W41.key]

    def test_it_vanishes_with_a_zero_below(self, cast: Cast, tmp_path: Path) -> None:
        bring(tmp_path, "A011,,订单数,2026-W41,1", "A011,,访客数,2026-W41,4")
        assert counts(bring(tmp_path, "A011,,访客数,2026-W41,0")) == (0, 1, 0, 0)
        assert ("A011", "转化率", "2026-W41") not in stored()
        assert MeasurementRevision.objects.get(series__metric__name="转化率").value == 25

    @pytest.mark.parametrize(
        ("above", "below", "ratio"),
        [("-1", "3", "-33.333333"), ("1", "-8", "-12.5"), ("0", "5", "0"), ("0.000001", "3", "0.000033"),
         ("0.000003", "200", "0.000002"), ("9000000000000", "9000000000", "100000")],
    )  # fmt: skip
    def test_it_is_exact_and_rounds_half_up(
        self, cast: Cast, tmp_path: Path, above: str, below: str, ratio: str
    ) -> None:
        bring(tmp_path, f"A011,,订单数,2026-W41,{above}", f"A011,,访客数,2026-W41,{below}")
        assert stored()["A011", "转化率", "2026-W41"] == Decimal(ratio)

    def test_a_ratio_beyond_all_bounds_is_none(self, cast: Cast, tmp_path: Path) -> None:
        bring(tmp_path, "A011,,订单数,2026-W41,9000000000000", "A011,,访客数,2026-W41,0.000001")
        assert ("A011", "转化率", "2026-W41") not in stored()

    def test_it_may_be_typed_where_no_part_is_known(self, cast: Cast, tmp_path: Path) -> None:
        assert counts(bring(tmp_path, "A011,,转化率,2026-W41,2.5%")) == (1, 0, 0, 0)
        bring(tmp_path, "A011,,订单数,2026-W41,1")
        assert stored()["A011", "转化率", "2026-W41"] == Decimal("2.5")
        bring(tmp_path, "A011,,访客数,2026-W41,10")
        assert stored()["A011", "转化率", "2026-W41"] == 10
        assert MeasurementRevision.objects.get().value == Decimal("2.5")

    def test_it_is_refused_where_a_part_is_known(self, cast: Cast, tmp_path: Path) -> None:
        bring(tmp_path, "A011,,订单数,2026-W41,1")
        result = bring(
            tmp_path,
            "A011,,转化率,2026-W41,2.5%",
            "A011,,转化率,2026-W42,2.5%",
            "A012,,转化率,2026-W41,2.5%",
            "A012,,访客数,2026-W41,7",
        )
        assert counts(result) == (2, 0, 0, 2)
        assert [(remark.row, remark.code) for remark in result.remarks] == [
            (2, "ratio_has_parts"),
            (4, "ratio_has_parts"),
        ]
