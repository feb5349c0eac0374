"""The days on which somebody is away: noted by themselves, read by themselves, forgotten some time after."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from accord.foundation.clock import organisation_day
from accord.foundation.imports import ImportOptions
from accord.foundation.models import Event
from accord.people.errors import LeaveEndsFirst, LeaveIsOver, LeaveTooLong
from accord.people.models import Leave
from accord.people.services.leave_import import import_leave
from accord.people.services.leaves import end_leave, forget_leaves, note_leave
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGE, DAY = "/people/leave/", timedelta(days=1)


def noted() -> list[tuple[date, date]]:
    return list(Leave.objects.order_by("first_day").values_list("first_day", "last_day"))


def test_leaves_that_touch_are_one_and_the_same_click_twice_is_one(cast: Cast) -> None:
    today = organisation_day()
    note_leave(cast.xiaozhang, today + 3 * DAY, today + 4 * DAY)
    note_leave(cast.xiaozhang, today + 3 * DAY, today + 4 * DAY)
    note_leave(cast.xiaozhang, today + 9 * DAY, today + 9 * DAY)
    assert len(noted()) == Event.objects.filter(name="leave.noted").count() == 2
    note_leave(cast.xiaozhang, today + 5 * DAY, today + 8 * DAY)
    assert noted() == [(today + 3 * DAY, today + 9 * DAY)]
    assert end_leave(cast.xiaozhang, today + 3 * DAY)
    assert not end_leave(cast.xiaozhang, today + 3 * DAY)
    assert noted() == []


def test_who_is_back_early_was_away_until_yesterday(cast: Cast) -> None:
    today = organisation_day()
    note_leave(cast.xiaozhang, today - 2 * DAY, today + 5 * DAY)
    assert end_leave(cast.xiaozhang, today - 2 * DAY)
    assert noted() == [(today - 2 * DAY, today - DAY)]
    Leave.objects.update(first_day=today - 100 * DAY, last_day=today - 91 * DAY)
    assert (forget_leaves(), noted()) == (1, [])


def test_days_that_are_no_leave_are_refused(cast: Cast) -> None:
    today = organisation_day()
    for first, last, refusal in (
        (today + DAY, today, LeaveEndsFirst),
        (today - 5 * DAY, today - DAY, LeaveIsOver),
        (today, today + 366 * DAY, LeaveTooLong),
    ):
        with pytest.raises(refusal):
            note_leave(cast.xiaozhang, first, last)
    note_leave(cast.xiaozhang, today, today + 200 * DAY)
    with pytest.raises(LeaveTooLong):
        note_leave(cast.xiaozhang, today + 201 * DAY, today + 400 * DAY)
    assert noted() == [(today, today + 200 * DAY)]


def test_a_file_notes_what_is_new_and_says_why_a_row_is_not_taken(cast: Cast, tmp_path: Path) -> None:
    today, mine, path = organisation_day(), cast.xiaozhang.employee_no, tmp_path / "leave.csv"
    note_leave(cast.xiaozhang, today + DAY, today + 2 * DAY)
    rows = [
        f"{mine},{today + 3 * DAY},{today + 4 * DAY}",
        f"{mine},{today + DAY},{today + DAY}",
        f"{mine},{today - 9 * DAY:%Y%m%d},{today - 8 * DAY:%Y%m%d}",
        f"NOBODY,{today},{today}",
        f"{mine},{today},2026-02-30",
        f"{mine},{today + DAY},{today}",
        f"{mine},{today},{today + 366 * DAY}",
    ]
    path.write_text("工号,起始日期,截止日期\n" + "\n".join(rows), "utf-8")
    for dry_run, created in ((True, 1), (False, 1), (False, 0)):
        result = import_leave(path, ImportOptions(dry_run=dry_run))
        assert (result.created, result.same, result.refused) == (created, 3 - created, 4)
    codes = ["employee_unknown", "day_unreadable", "leave_ends_first", "leave_too_long"]
    assert [remark.code for remark in result.remarks] == codes
    assert noted() == [(today + DAY, today + 4 * DAY)]
    partner = import_leave(path, ImportOptions(actor=cast.hrbp_wang.user, dry_run=True))
    assert partner.refused == 4
    nobody = import_leave(path, ImportOptions(actor=cast.stranger_manager.user, dry_run=True))
    assert nobody.refused == 7, "an HR partner notes leave of their own people only"


def test_the_page_is_ones_own(cast: Cast, client: Client) -> None:
    today = organisation_day()
    client.force_login(cast.xiaozhang.user)
    days = {"first_day": f"{today + DAY}", "last_day": f"{today + 2 * DAY}"}
    assert client.post(PAGE, days).status_code == client.post(PAGE, days).status_code == 302
    assert noted() == [(today + DAY, today + 2 * DAY)]
    for wrong in ({}, {"first_day": "x", "last_day": f"{today}"}, days | {"last_day": f"{today}"}):
        refused = client.post(PAGE, wrong)
        assert (refused.status_code, b"errorlist" in refused.content) == (422, True)
    client.force_login(cast.manager_li.user)
    assert "收回" not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}end/", {"first_day": f"{today + DAY}"})
    assert len(noted()) == 1, "nobody ends another's leave"
    client.force_login(cast.xiaozhang.user)
    for sent in ({}, {"first_day": "2026-99-99"}, {"first_day": f"{today + DAY}"}, {"first_day": f"{today + DAY}"}):
        assert client.post(f"{PAGE}end/", sent).status_code == 302
    assert noted() == []


def test_a_file_that_still_has_what_was_ended_early_and_the_last_day_of_all_are_only_days(
    cast: Cast, tmp_path: Path
) -> None:
    today, path = organisation_day(), tmp_path / "leave.csv"
    row = f"{cast.xiaozhang.employee_no},{today - 3 * DAY},{today + DAY}"
    path.write_text(f"工号,起始日期,截止日期\n{row}", "utf-8")
    note_leave(cast.xiaozhang, today - 3 * DAY, today + DAY)
    end_leave(cast.xiaozhang, today - 3 * DAY)
    assert import_leave(path, ImportOptions()).created == 1
    assert noted() == [(today - 3 * DAY, today + DAY)]
    for _click in range(2):
        note_leave(cast.xiaozhang, date.max, date.max)
    assert noted()[1:] == [(date.max, date.max)]
    with pytest.raises(LeaveTooLong):
        note_leave(cast.xiaozhang, today, date.max)
