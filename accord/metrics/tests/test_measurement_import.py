"""What a file of values may look like, and what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from accord.foundation.errors import BusinessError
from accord.foundation.imports import ImportOptions
from accord.metrics.errors.library import SourceMissing, SubjectColumnMissing
from accord.metrics.models import Batch, Measurement, Series
from accord.metrics.services.measurement_import import import_measurements
from accord.metrics.tests.builders import bring, counts, csv, some_metrics, stored
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _library(cast: Cast) -> None:
    some_metrics()


def test_numbers_as_people_write_them(cast: Cast, tmp_path: Path) -> None:
    result = bring(
        tmp_path,
        'A011,,签约额,2026-W41,"1,234.5"',
        "A011,,签约额,2026-W42,3.2万",
        "A011,,签约额,2026-W43,１２３",
        "A011,,签约额,2026-W44,12%",
        "A011,,回款率,2026-W41,12%",
        "A011,,回款率,2026-W42,93.5",
    )
    assert counts(result) == (6, 0, 0, 0)
    assert stored() == {
        ("A011", "签约额", "2026-W41"): Decimal("1234.5"),
        ("A011", "签约额", "2026-W42"): Decimal(32000),
        ("A011", "签约额", "2026-W43"): Decimal(123),
        ("A011", "签约额", "2026-W44"): Decimal("0.12"),
        ("A011", "回款率", "2026-W41"): Decimal(12),
        ("A011", "回款率", "2026-W42"): Decimal("93.5"),
    }


def test_periods_as_people_write_them(cast: Cast, tmp_path: Path) -> None:
    result = bring(
        tmp_path,
        "A011,,签约额,2026-w41,1",
        "A011,,签约额,2026年第42周,1",
        "A011,,签约额,2026-10-19,1",
        "A011,,客户满意度,2026年10月,1",
        "A011,,客户满意度,2026/11/30,1",
        "A011,,来电数,2026年10月5日,1",
    )
    assert counts(result) == (6, 0, 0, 0)
    assert sorted((metric, period) for _, metric, period in stored()) == [
        ("客户满意度", "2026-10"),
        ("客户满意度", "2026-11"),
        ("来电数", "2026-10-05"),
        ("签约额", "2026-W41"),
        ("签约额", "2026-W42"),
        ("签约额", "2026-W43"),
    ]


def test_names_as_people_write_them(cast: Cast, tmp_path: Path) -> None:
    result = bring(
        tmp_path,
        "a011,,contract  VALUE,2026-W41,1",
        ",远航电商 / 销售部/华东组,签约额,2026-W41,2",
        "A012,远航电商/客服部,签约额,2026-W41,3",
    )
    assert counts(result) == (3, 0, 0, 0)
    assert set(stored()) == {
        ("A011", "签约额", "2026-W41"),
        ("远航电商/销售部/华东组", "签约额", "2026-W41"),
        ("A012", "签约额", "2026-W41"),
    }


def test_a_workbook_with_percent_cells_dates_and_formulas(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        percent = workbook.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["指标", "value", "employee_no", "周期"])
        sheet.write_row(1, 0, ["回款率"])
        sheet.write_number(1, 1, 0.12, percent)
        sheet.write_row(1, 2, ["A011", "2026-W41"])
        sheet.write_row(2, 0, ["签约额"])
        sheet.write_formula(2, 1, "=1+1", value=2)
        sheet.write_row(2, 2, ["A011", "2026-W41"])
    result = import_measurements(path, ImportOptions(values={"source": "CRM"}))
    assert counts(result) == (2, 0, 0, 0)
    assert stored()["A011", "回款率", "2026-W41"] == 12
    assert stored()["A011", "签约额", "2026-W41"] == 2


@pytest.mark.parametrize(
    ("line", "column", "code", "words"),
    [
        ("Z99,,签约额,2026-W41,1", "employee_no", "employee_unknown", "Z99"),
        (",远航电商/法务部,签约额,2026-W41,1", "org_unit", "org_unit_unknown", "远航电商/法务部"),
        (",,签约额,2026-W41,1", "employee_no", "subject_missing", ""),
        ("A011,,签约金额,2026-W41,1", "metric", "metric_unknown", "签约额"),
        ("A011,,完全不同,2026-W41,1", "metric", "metric_unknown", "完全不同"),
        ("A011,,,2026-W41,1", "metric", "metric_missing", ""),
        ("A011,,签约额,,1", "period", "period_missing", ""),
        ("A011,,签约额,上周,1", "period", "period_unreadable", "上周"),
        ("A011,,来电数,2026-02-30,1", "period", "period_impossible", "2026-02-30"),
        ("A011,,签约额,2025-W53,1", "period", "period_impossible", "2025-W53"),
        ("A011,,签约额,0206-W41,1", "period", "period_far", "0206-W41"),
        ("A011,,签约额,2026-10,1", "period", "period_not_weekly", "2026-10"),
        ("A011,,客户满意度,2026-W41,1", "period", "period_not_monthly", "2026-W41"),
        ("A011,,来电数,2026-Q4,1", "period", "period_not_daily", "2026-Q4"),
        ("A011,,签约额,2026-W41,", "value", "value_missing", ""),
        ("A011,,签约额,2026-W41,—", "value", "value_missing", ""),
        ("A011,,签约额,2026-W41,很多", "value", "number_unreadable", "很多"),
        ("A011,,签约额,2026-W41,NaN", "value", "number_not_finite", "NaN"),
        ("A011,,签约额,2026-W41,-inf", "value", "number_not_finite", "inf"),
        ("A011,,签约额,2026-W41,1e400", "value", "number_too_large", "1e400"),
        ("A011,,签约额,2026-W41,=1+1", "value", "number_unreadable", "=1+1"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_are_taken(
    cast: Cast, tmp_path: Path, line: str, column: str, code: str, words: str
) -> None:
    result = bring(tmp_path, "A012,,签约额,2026-W41,7", line)
    assert counts(result) == (1, 0, 0, 1)
    (remark,) = result.remarks
    assert (remark.row, remark.column, remark.code) == (3, column, code)
    assert words in str(remark)
    assert set(stored()) == {("A012", "签约额", "2026-W41")}
    assert Batch.objects.get().refused == 1


def test_every_fault_of_a_row_is_told_and_the_row_counts_once(cast: Cast, tmp_path: Path) -> None:
    result = bring(tmp_path, "Z99,,签约额,2026-13,x")
    assert [remark.column for remark in result.remarks] == ["employee_no", "period", "value"]
    assert counts(result) == (0, 0, 0, 1)


def test_rows_that_contradict_each_other_are_all_refused(cast: Cast, tmp_path: Path) -> None:
    result = bring(
        tmp_path,
        "A011,,签约额,2026-W41,1",
        "A011,,签约额,2026-10-05,2",
        "A011,,Contract value,2026-W41,1.0",
        "A011,,签约额,2026-W42,5",
    )
    assert counts(result) == (1, 0, 0, 3)
    assert [(remark.row, remark.code, remark.values["other"]) for remark in result.remarks] == [
        (2, "value_contradicted", "3"),
        (3, "value_contradicted", "2"),
        (4, "value_contradicted", "3"),
    ]


def test_the_same_row_twice_is_fine(cast: Cast, tmp_path: Path) -> None:
    assert counts(bring(tmp_path, "A011,,签约额,2026-W41,1", "a011,,签约额,2026-W41,1.00")) == (1, 0, 1, 0)
    assert Measurement.objects.get().row == 2


def test_a_dry_run_tells_and_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, "A011,,签约额,2026-W41,1")
    result = bring(tmp_path, "A011,,签约额,2026-W41,2", "A012,,签约额,2026-W41,3", dry_run=True)
    assert counts(result) == (1, 1, 0, 0)
    assert result.preview == (
        {"row": "2", "what": "A011 · 签约额 · 2026-W41", "before": "1", "after": "2"},
        {"row": "3", "what": "A012 · 签约额 · 2026-W41", "before": "", "after": "3"},
    )
    assert stored() == {("A011", "签约额", "2026-W41"): Decimal(1)}
    assert (Batch.objects.count(), Series.objects.count()) == (1, 1)


@pytest.mark.parametrize(("who", "before"), [("administrator", "···"), ("hrbp_wang", "1")])
def test_a_dry_run_tells_no_stored_value_to_those_who_may_not_see_it(
    cast: Cast, tmp_path: Path, who: str, before: str
) -> None:
    bring(tmp_path, "A011,,签约额,2026-W41,1")
    result = bring(tmp_path, "A011,,签约额,2026-W41,2", dry_run=True, actor=getattr(cast, who).user)
    assert [line["before"] for line in result.preview] == [before]


def test_it_must_be_said_where_the_values_come_from(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        bring(tmp_path, "A011,,签约额,2026-W41,1", source=" ")
    assert not Measurement.objects.exists()


def test_a_file_without_people_and_units_is_not_read(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(SubjectColumnMissing) as refusal:
        bring(tmp_path, "签约额,2026-W41,1", header="指标,周期,数值")
    assert "values.csv" in str(refusal.value)


@pytest.mark.parametrize("content", ["", "工号,指标,周期\nA011,签约额,2026-W41\n", "工号,工号,指标,周期,数值\n"])
def test_a_file_beyond_use_changes_nothing(cast: Cast, tmp_path: Path, content: str) -> None:
    path = tmp_path / "values.csv"
    path.write_text(content)
    with pytest.raises(BusinessError):
        import_measurements(path, ImportOptions(values={"source": "CRM"}))
    assert not Batch.objects.exists()


def test_a_file_without_rows_is_a_delivery_of_nothing(cast: Cast, tmp_path: Path) -> None:
    assert counts(bring(tmp_path)) == (0, 0, 0, 0)


def test_many_different_numbers_are_looked_up_at_once(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.metrics.services.frames.FEW", 1)
    monkeypatch.setattr("accord.metrics.services.series.FEW", 1)
    monkeypatch.setattr("accord.metrics.services.measurement_import.subjects.FEW", 1)
    lines = ["A011,,签约额,2026-W41,1", "A012,,签约额,2026-W41,2", "Z99,,签约额,2026-W41,3", "A012,,回款率,2026-W41,4"]
    assert counts(bring(tmp_path, *lines)) == (3, 0, 0, 1)
    assert counts(bring(tmp_path, *lines)) == (0, 0, 3, 1)


def test_progress_is_told(cast: Cast, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    options = ImportOptions(values={"source": "CRM"}, progress=lambda done, total: told.append((done, total)))
    import_measurements(csv(tmp_path, ["A011,,签约额,2026-W41,1", "A012,,签约额,2026-W41,1"]), options)
    assert told[-1] == (2, 2)


def test_an_hr_partner_brings_in_numbers_of_the_people_and_units_they_partner_only(cast: Cast, tmp_path: Path) -> None:
    rows = ("A011,,签约额,2026-W41,1", "A021,,签约额,2026-W41,2", ",远航电商/客服部,签约额,2026-W41,3")
    result = bring(tmp_path, *rows, actor=cast.hrbp_wang.user)
    assert counts(result) == (1, 0, 0, 2)
    assert {(remark.row, remark.code) for remark in result.remarks} == {
        (3, "subject_out_of_reach"),
        (4, "subject_out_of_reach"),
    }
    # A guess about somebody else is refused alike, right or wrong.
    bring(tmp_path, *rows, actor=cast.administrator.user)
    assert counts(bring(tmp_path, *rows, actor=cast.hrbp_wang.user)) == (0, 0, 1, 2)
