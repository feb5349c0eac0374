"""Old values leave the database for a file, can come back from it, and are never lost or halved on the way."""

from pathlib import Path

import polars as pl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accord.domain.periods import Period
from accord.metrics.errors.retention import (
    NoSuchPeriod,
    NotStoredAway,
    PeriodStoredAway,
    StoredFileChanged,
    StoredFileGone,
)
from accord.metrics.jobs.retention import months_before, retain_values
from accord.metrics.models import Measurement, MeasurementRevision, Series, StoredPeriod
from accord.metrics.services.ingest import VALUES, Provenance, ingest
from accord.metrics.services.retention import storing
from accord.metrics.services.retention.bringing_back import bring_back, forget_stored
from accord.metrics.services.retention.storing import periods_before, store_away
from accord.metrics.tests.builders import bring, counts, stored
from accord.metrics.tests.retention.old_weeks import NEW, OLD, home, two_weeks
from tests.cast import Cast, client_of

__all__ = ["home", "two_weeks"]


def everything() -> tuple[object, object]:
    """All values with their origins, and all revisions."""
    revisions = MeasurementRevision.objects.order_by("series_id", "period", "value")
    return (
        list(Measurement.objects.order_by("period", "series_id").values_list()),
        list(revisions.values_list("period", "series_id", "value", "batch_id", "row", "replaced_by_id")),
    )


def store(*periods: Period) -> list[StoredPeriod]:
    return list(store_away(list(periods)))


def test_a_period_goes_into_a_file_that_explains_itself_and_comes_back_as_it_was(two_weeks: None, home: Path) -> None:
    before = everything()
    (away,) = store(OLD)
    assert (away.values, away.revisions) == (5, 1)
    assert {period for _, _, period in stored()} == {"2026-W41"}
    assert not MeasurementRevision.objects.exists()
    file = pl.read_parquet(home / "values" / away.file_name)
    row = file.filter(pl.col("employee_no") == "A011", pl.col("replaced_by") == 0).to_dicts()[0]
    assert (row["metric"], row["value"], row["source"], row["file"], row["row"]) == (
        "签约额", 90_500_000, "CRM", "values.csv", 2,
    )  # fmt: skip
    assert bring_back(OLD) == 5
    assert everything() == before
    assert not StoredPeriod.objects.exists()


def test_only_what_had_ended_before_the_day_is_old(two_weeks: None) -> None:
    assert periods_before(OLD.end) == []
    assert periods_before((OLD + 1).start) == [OLD]
    assert months_before(NEW.end, 12).isoformat() == "2025-10-01"


def test_a_file_that_was_touched_or_is_gone_is_not_believed(two_weeks: None, home: Path) -> None:
    (away,) = store(OLD)
    path = home / "values" / away.file_name
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(StoredFileChanged):
        bring_back(OLD)
    path.unlink()
    with pytest.raises(StoredFileGone):
        bring_back(OLD)
    assert {period for _, _, period in stored()} == {"2026-W41"}
    path.write_bytes(whole)
    assert bring_back(OLD) == 5
    with pytest.raises(NotStoredAway):
        bring_back(OLD)


def test_nothing_is_added_to_a_period_that_is_whole_in_its_file(two_weeks: None, home: Path) -> None:
    store(OLD)
    result = bring(home, "A011,,签约额,2023-W05,1", "A011,,签约额,2026-W41,8")
    assert counts(result) == (0, 1, 0, 1)
    assert [remark.code for remark in result.remarks] == ["period_stored_away"]
    series = Series.objects.get(employee__employee_no="A011", metric__name="签约额")
    assert series.employee_id
    values = pl.DataFrame([(1, series.metric_id, series.employee_id, OLD.key, 1)], schema=VALUES, orient="row")
    with pytest.raises(PeriodStoredAway):
        ingest(values, Provenance("CRM"))


def test_people_who_are_gone_do_not_come_back_with_their_values(two_weeks: None, cast: Cast) -> None:
    store(OLD)
    Series.objects.filter(employee=cast.xiaozhang).delete()
    assert bring_back(OLD) == 4
    assert "A011" not in {who for who, _, _ in stored()}


def test_a_process_that_dies_before_the_commit_has_lost_nothing(two_weeks: None, monkeypatch) -> None:
    before = everything()
    monkeypatch.setattr(storing.events, "record", lambda *args, **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store(OLD)
    assert everything() == before
    monkeypatch.undo()
    assert len(store(OLD)) == 1


def test_its_address_says_where_the_value_went(two_weeks: None, cast: Cast, home: Path) -> None:
    series = Series.objects.get(employee=cast.xiaozhang, metric__name="签约额")
    address = reverse("metrics:origin", args=[series.pk, OLD.key])
    (away,) = store(OLD)
    page = client_of(cast.xiaozhang).get(address)
    assert away.digest in page.content.decode()
    assert client_of(cast.colleague).get(address).status_code == 404
    assert forget_stored(NEW.start) == [OLD]
    assert not (home / "values" / away.file_name).exists()
    assert "保存期限" in client_of(cast.xiaozhang).get(address).content.decode()
    assert forget_stored(NEW.start) == []
    with pytest.raises(StoredFileGone):
        bring_back(OLD)


def test_the_nightly_job_does_what_the_settings_say(two_weeks: None, settings) -> None:
    retain_values.call()
    assert not StoredPeriod.objects.exists()
    settings.VALUES_MONTHS, settings.STORED_VALUES_MONTHS = 24, 0
    retain_values.call()
    assert StoredPeriod.objects.get().file_name
    settings.STORED_VALUES_MONTHS = 24
    retain_values.call()
    assert not StoredPeriod.objects.get().file_name


def test_on_the_command_line(two_weeks: None, capsys) -> None:
    call_command("values", "store", "--months", "12", "--dry-run")
    assert "2023-W05" in capsys.readouterr().out
    assert not StoredPeriod.objects.exists()
    call_command("values", "store", "--months", "12", "--json")
    call_command("values", "list")
    assert capsys.readouterr().out.count("2023-W05") >= 2
    call_command("values", "back", "2023-W05")
    assert Measurement.objects.filter(period=OLD.key).exists()
    with pytest.raises(CommandError) as refused:
        call_command("values", "back", "last week")
    assert isinstance(refused.value.__cause__, NoSuchPeriod)
