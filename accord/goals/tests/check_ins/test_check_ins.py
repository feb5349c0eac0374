"""Checking in: what is kept, that it stays, and whom it reminds."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from accord.domain.periods import Period
from accord.foundation.imports.files import path_of
from accord.foundation.models import Event, Notification
from accord.goals.errors.check_ins import CheckInCorrected, TooMuchEvidence
from accord.goals.models import CheckIn, CheckInFile
from accord.goals.queries.check_in_time import predicted
from accord.goals.queries.check_ins import chain, weeks
from accord.goals.queries.check_ins_due import is_due
from accord.goals.services.check_ins import Words, check_in, correct, remind, set_rhythm
from accord.goals.tests.check_ins.builders import kpi
from accord.metrics.models import Measurement
from accord.people.models import Employee
from accord.workflow.errors.forms import FileNotWhatItSays
from tests.cast import Cast

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
MONDAY, FRIDAY = date(2026, 10, 12), date(2026, 10, 16)


def line(employee: Employee, words: str = "补了四个老客", on: date = MONDAY, **more: object) -> CheckIn:
    return check_in(employee, Words(words, 7, **more), on=on)  # type: ignore[arg-type]


def picture(name: str = "截图.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_line_is_kept_with_its_evidence_and_its_fact(cast: Cast) -> None:
    metric = kpi(cast.xiaozhang).series.metric
    words = Words("转化回到目标", 8, metric=metric, value=Decimal("2.4"), link="https://example.com/report")
    made = check_in(cast.xiaozhang, words, files=[picture()], on=MONDAY)
    assert (made.metric, made.value, made.on) == (metric, Decimal("2.4"), MONDAY)
    kept = CheckInFile.objects.get(check_in=made)
    assert (kept.media_type, kept.size) == ("image/png", len(PNG))
    fact = Event.objects.get(name="check_in.made")
    assert (fact.payload, fact.actor) == ({"check_in_id": made.pk}, cast.xiaozhang.user)


def test_a_value_never_becomes_a_measurement(cast: Cast) -> None:
    line(cast.xiaozhang, metric=kpi(cast.xiaozhang).series.metric, value=Decimal(99))
    assert not Measurement.objects.exists()


def test_what_is_sent_twice_is_kept_once(cast: Cast) -> None:
    page = uuid4()
    first = check_in(cast.xiaozhang, Words("一次", 7), page=page)
    assert check_in(cast.xiaozhang, Words("一次", 7), page=page) == first
    assert CheckIn.objects.count() == 1


def test_a_page_that_somebody_else_had_opened_is_no_hindrance(cast: Cast) -> None:
    page = uuid4()
    check_in(cast.colleague, Words("同事的", 7), page=page)
    mine = check_in(cast.xiaozhang, Words("我的", 7), files=[picture()], page=page)
    assert (mine.employee, mine.moved, mine.files.count()) == (cast.xiaozhang, "我的", 1)


@pytest.mark.parametrize("table", ["check_ins", "check_in_files"])
def test_the_database_lets_nobody_change_or_delete(cast: Cast, table: str) -> None:
    made = check_in(cast.xiaozhang, Words("原话", 7), files=[picture()])
    rows = CheckIn.objects.filter(pk=made.pk) if table == "check_ins" else CheckInFile.objects.filter(check_in=made)
    change = {"moved": "改了"} if table == "check_ins" else {"file_name": "改了.png"}
    for attempt in (lambda: rows.update(**change), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert rows.count() == 1


def test_a_correction_stands_in_its_place_and_the_first_wording_stays(cast: Cast) -> None:
    first = line(cast.xiaozhang, "签了三单")
    second = correct(first, Words("签了两单，第三单周五签", 6))
    third = correct(second, Words("签了两单", 6))
    (link,) = chain(cast.xiaozhang, MONDAY, FRIDAY)
    assert (link.check_in, link.check_in.on, list(link.earlier)) == (third, MONDAY, [second, first])
    with pytest.raises(CheckInCorrected):
        correct(first, Words("再改一次", 6))
    assert CheckIn.objects.count() == 3


def test_a_refused_file_leaves_nothing(cast: Cast) -> None:
    before = set(path_of("check-ins").glob("*"))
    with pytest.raises(FileNotWhatItSays):
        check_in(cast.xiaozhang, Words("一句话", 7), files=[picture(), picture("假.pdf", b"MZ program")])
    with pytest.raises(TooMuchEvidence):
        check_in(cast.xiaozhang, Words("一句话", 7), files=[picture()] * 4)
    assert not CheckIn.objects.exists()
    assert set(path_of("check-ins").glob("*")) == before


def test_the_chain_is_newest_first_and_of_one_metric_where_asked(cast: Cast) -> None:
    metric = kpi(cast.xiaozhang).series.metric
    about = line(cast.xiaozhang, "关于指标", MONDAY, metric=metric)
    other = line(cast.xiaozhang, "别的事", FRIDAY)
    line(cast.colleague, "同事的")
    assert [link.check_in for link in chain(cast.xiaozhang, MONDAY, FRIDAY)] == [other, about]
    assert [link.check_in for link in chain(cast.xiaozhang, MONDAY, FRIDAY, metric)] == [about]
    assert chain(cast.xiaozhang, FRIDAY, FRIDAY)[0].check_in == other
    assert [week.label for week in weeks(chain(cast.xiaozhang, MONDAY, FRIDAY))] == ["2026-W42"]


def test_a_chain_of_any_length_takes_two_statements(cast: Cast, django_assert_num_queries) -> None:
    first = line(cast.xiaozhang)
    for _ in range(20):
        line(cast.xiaozhang)
    correct(first, Words("更正", 5))
    with django_assert_num_queries(2):
        assert sum(len(list(link.files)) == 0 for link in chain(cast.xiaozhang, MONDAY, FRIDAY)) == 21


def waiting(employee: Employee) -> list[str]:
    unread = Notification.objects.filter(recipient=employee.user, kind="goals.check_in_due", read_at=None)
    return [each.values["period"] for each in unread]


def test_a_weekly_reminder_comes_on_friday_once_and_stops_when_done(cast: Cast) -> None:
    kpi(cast.xiaozhang)
    assert remind(MONDAY) == 0
    assert remind(FRIDAY) == 1
    remind(FRIDAY)
    assert waiting(cast.xiaozhang) == ["2026-W42"]
    assert waiting(cast.colleague) == []  # without a KPI nobody is asked for anything
    assert is_due(cast.xiaozhang, FRIDAY)
    line(cast.xiaozhang, on=FRIDAY)
    assert waiting(cast.xiaozhang) == []
    assert not is_due(cast.xiaozhang, FRIDAY)
    assert remind(FRIDAY) == 0


def test_everybody_has_a_rhythm_of_their_own(cast: Cast) -> None:
    kpi(cast.xiaozhang)
    set_rhythm(cast.xiaozhang, "daily")
    line(cast.xiaozhang, on=MONDAY)
    assert not is_due(cast.xiaozhang, MONDAY)
    assert is_due(cast.xiaozhang, FRIDAY)
    assert remind(FRIDAY) == 1
    assert not is_due(cast.xiaozhang, date(2026, 10, 17))  # Saturday
    assert remind(date(2026, 10, 17)) == 0
    set_rhythm(cast.xiaozhang, "none")
    assert not is_due(cast.xiaozhang, FRIDAY)
    assert remind(date(2026, 10, 23)) == 0


def test_reminding_many_takes_no_more_statements(cast: Cast, django_assert_max_num_queries) -> None:
    for person in (cast.xiaozhang, cast.colleague, cast.stranger):
        kpi(person)
    with django_assert_max_num_queries(12):
        assert remind(FRIDAY) == 3


def test_a_check_in_is_predicted_to_take_under_a_minute() -> None:
    assert predicted() == 39


def test_the_first_day_of_a_week_counts_for_it() -> None:
    assert Period.parse("2026-W42").start == MONDAY
