"""The metric library: finding, adding and changing metrics."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from accord.domain.periods import Frequency
from accord.foundation.models import Event
from accord.metrics.errors.library import MetricHasValues, MetricInUse
from accord.metrics.forms.library import MetricForm
from accord.metrics.models import Metric, Series
from accord.metrics.queries.library import library, metrics_by_name, nearest_metrics
from accord.metrics.services.library import (
    MetricDefinition,
    change_metric,
    create_metric,
    ensure_metrics,
    shape_of,
)
from accord.metrics.tests.builders import bring, some_metrics
from tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestFinding:
    def test_a_name_is_found_however_it_is_written(self) -> None:
        known = some_metrics()
        names = ["签约额", "ＣＯＮＴＲＡＣＴ value", " collection rate", "没有"]
        assert metrics_by_name(names) == {
            "签约额": known["签约额"],
            "ＣＯＮＴＲＡＣＴ value": known["签约额"],
            " collection rate": known["回款率"],
        }

    def test_its_own_name_wins_over_the_english_name_of_another(self) -> None:
        known = ensure_metrics([MetricDefinition("净推荐值", name_en="NPS"), MetricDefinition("NPS")])
        assert metrics_by_name(["nps"]) == {"nps": known["NPS"]}

    def test_an_empty_name_finds_nothing(self) -> None:
        some_metrics()
        assert metrics_by_name(["", "  "]) == {}

    def test_near_names_are_offered_nearest_first(self) -> None:
        some_metrics()
        assert nearest_metrics("签约金额") == ["签约额"]
        assert nearest_metrics("contract values")[0] == "签约额"
        assert nearest_metrics("xyz") == []

    def test_every_word_must_be_found_somewhere(self) -> None:
        ensure_metrics([MetricDefinition("签约额", source="CRM"), MetricDefinition("首次响应", source="工单系统")])
        assert [metric.name for metric in library("crm 签约")] == ["签约额"]
        assert [metric.name for metric in library("工单")] == ["首次响应"]
        assert not library("crm 响应")


class TestEnsuring:
    def test_what_exists_keeps_its_own_definition(self) -> None:
        ensure_metrics([MetricDefinition("签约额", unit="万元", frequency=Frequency.MONTH)])
        again = ensure_metrics([MetricDefinition("签约额", unit="元"), MetricDefinition("客单价")])
        assert (again["签约额"].unit, again["签约额"].frequency) == ("万元", Frequency.MONTH)
        assert Metric.objects.count() == Event.objects.filter(name="metric.created").count() == 2

    def test_a_ratio_may_come_before_its_parts(self) -> None:
        made = ensure_metrics(
            [
                MetricDefinition("转化率", aggregation="ratio", numerator="订单数", denominator="访客数"),
                MetricDefinition("订单数"),
                MetricDefinition("访客数"),
            ]
        )
        assert (made["转化率"].numerator, made["转化率"].denominator) == (made["订单数"], made["访客数"])

    def test_the_database_refuses_a_ratio_without_parts(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            ensure_metrics([MetricDefinition("转化率", aggregation="ratio")])


class TestChanging:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("direction", "down"), ("frequency", Frequency.MONTH), ("aggregation", "mean"), ("unit", "%")],
    )
    def test_values_keep_their_meaning(self, cast: Cast, tmp_path: Path, field: str, value: object) -> None:
        metric = some_metrics()["签约额"]
        bring(tmp_path, "A011,,签约额,2026-W41,1")
        setattr(metric, field, value)
        with pytest.raises(MetricHasValues) as refusal:
            change_metric(metric, cast.hrbp_wang.user)
        assert refusal.value.field == field
        assert "签约额" in str(refusal.value)
        assert not Event.objects.filter(name="metric.changed").exists()

    def test_everything_else_may_change(self, cast: Cast, tmp_path: Path) -> None:
        metric = some_metrics()["签约额"]
        bring(tmp_path, "A011,,签约额,2026-W41,1")
        metric.name, metric.unit, metric.decimals = "签约金额", "人民币元", 0
        change_metric(metric, cast.hrbp_wang.user)
        assert set(Event.objects.get(name="metric.changed").payload["changed"]) == {"name", "unit", "decimals"}

    def test_without_values_everything_may_change(self, cast: Cast) -> None:
        metric = some_metrics()["签约额"]
        metric.direction, metric.frequency = "down", Frequency.DAY
        change_metric(metric, cast.hrbp_wang.user)
        assert Metric.objects.get(pk=metric.pk).frequency == Frequency.DAY

    @pytest.mark.parametrize(("field", "value"), [("frequency", Frequency.MONTH), ("unit", "%")])
    def test_targets_keep_their_meaning(self, cast: Cast, field: str, value: object) -> None:
        metric = some_metrics()["签约额"]
        Series.objects.create(metric=metric, employee=cast.xiaozhang)
        setattr(metric, field, value)
        with pytest.raises(MetricInUse) as refusal:
            change_metric(metric, cast.hrbp_wang.user)
        assert refusal.value.field == field

    def test_no_change_is_no_fact(self, cast: Cast) -> None:
        change_metric(some_metrics()["签约额"], cast.hrbp_wang.user)
        assert not Event.objects.filter(name="metric.changed").exists()


class TestForm:
    def form(self, metric: Metric | None = None, **changes: object) -> MetricForm:
        payload = {
            "name": "新指标",
            "direction": "up",
            "frequency": "2",
            "aggregation": "sum",
            "decimals": "2",
        } | changes
        return MetricForm(payload, instance=metric)

    def test_the_owner_is_named_by_number(self, cast: Cast) -> None:
        form = self.form(owner_no="a011")
        assert form.is_valid(), form.errors
        assert create_metric(form.save(commit=False), cast.hrbp_wang.user).owner == cast.xiaozhang
        assert "owner_no" in self.form(owner_no="Z99").errors

    def test_a_name_that_files_could_confuse_is_refused(self) -> None:
        some_metrics()
        assert "name" in self.form(name="contract VALUE").errors

    def test_a_ratio_needs_two_parts_of_its_frequency(self) -> None:
        known = some_metrics()
        ratio = {"aggregation": "ratio", "numerator": known["签约额"].pk}
        assert set(self.form(**ratio).errors) == {"denominator"}
        assert set(self.form(**ratio, denominator=known["来电数"].pk).errors) == {"denominator"}
        assert set(self.form(**ratio, denominator=known["转化率"].pk).errors) == {"denominator"}
        assert self.form(**ratio, denominator=known["订单数"].pk).is_valid()

    def test_what_is_no_ratio_has_no_parts(self) -> None:
        known = some_metrics()
        form = self.form(numerator=known["签约额"].pk, denominator=known["订单数"].pk)
        assert form.is_valid()
        assert form.save(commit=False).numerator is None

    def test_a_part_of_a_ratio_keeps_its_frequency(self) -> None:
        part = some_metrics()["订单数"]
        assert "frequency" in self.form(part, name="订单数", frequency="3").errors

    def test_more_decimals_than_are_kept_are_refused(self) -> None:
        assert "decimals" in self.form(decimals="7").errors


def test_shares_and_durations_are_averaged_and_counts_are_added_up() -> None:
    assert shape_of("%") == {"decimals": 1, "aggregation": Metric.Aggregation.MEAN}
    assert shape_of("次") == {"decimals": 0, "aggregation": Metric.Aggregation.SUM}
