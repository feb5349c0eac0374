"""The agenda a meeting makes of the data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accord.goals.calibration_words import evidence_of
from accord.goals.errors.calibrations import NobodyToCalibrate
from accord.goals.models import CalibrationMeeting, LineComment
from accord.goals.queries.calibrations.agenda import agenda_of, found_points
from accord.goals.queries.calibrations.board import board_of
from accord.goals.services.calibrations.deciding import note_change
from accord.goals.services.calibrations.meetings import close_meeting, open_meeting
from accord.goals.tests.agree.builders import line, metric, quarter
from accord.goals.tests.calib.builders import TODAY, came_in, conversion, in_force, on, opened, planned
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db


def kinds(meeting: CalibrationMeeting, today: date = TODAY) -> list[tuple[str, str, str]]:
    return [
        (each.agreement.employee.name if each.agreement else "", each.metric.name if each.metric else "", each.kind)
        for each in found_points(meeting, today)
    ]


def test_what_stands_out_comes_onto_the_agenda_with_its_evidence(cast: Cast) -> None:
    in_force(cast.xiaozhang)
    in_force(cast.colleague)
    came_in(cast.xiaozhang, conversion(), [2.4, 2.4, 2.4, 2.4, 1, 1, 1, 1])
    came_in(cast.xiaozhang, metric("GMV"), [140] * 8)
    came_in(cast.colleague, conversion(), [2.4] * 8)
    meeting = planned(cast)
    assert kinds(meeting) == [
        ("小张", "GMV", "far_off"),
        ("小张", "转化率", "long_red"),
        ("小林", "GMV", "no_evidence"),
    ]
    with translation.override("zh-hans"):
        assert [evidence_of(each) for each in found_points(meeting, TODAY)] == [
            "2026-W44 至 2026-W47 达成 140%，高于 130%",
            "已连续 4 期红灯，自 2026-W44 起达成 41.6%",
            "权重 60%，但 2026-W44 至 2026-W47 没有任何数据",
        ]


def test_the_running_week_is_not_judged_yet(cast: Cast) -> None:
    in_force(cast.xiaozhang, [line(conversion(), "1", "2.4")])
    came_in(cast.xiaozhang, conversion(), [2.4] * 6 + [1.7, 1.7, 1.7])
    assert kinds(planned(cast)) == []
    assert kinds(planned(cast), date(2026, 11, 30)) == [("小张", "转化率", "long_red")]


def test_what_was_noted_outside_concerns_the_unit_and_those_above_and_below_it(cast: Cast) -> None:
    in_force(cast.xiaozhang)
    came_in(cast.xiaozhang, metric("GMV"), [100] * 8)
    came_in(cast.xiaozhang, conversion(), [2.4] * 8)
    cycle = quarter()
    note_change(cycle, cast.east, date(2026, 11, 2), "物流延迟", cast.xiaozhang, conversion())
    note_change(cycle, cast.company, date(2026, 11, 1), "平台改规则", cast.hrbp_wang)
    note_change(cycle, cast.service, date(2026, 11, 3), "与我们无关", cast.stranger)
    points = found_points(planned(cast), TODAY)
    assert [each.change.text for each in points if each.change] == ["平台改规则", "物流延迟"]
    with translation.override("zh-hans"):
        assert evidence_of(points[1]) == "发生于 2026-11-02，由小张记录；1 份合约含此指标"


def test_only_what_is_new_since_the_last_meeting_comes_again(cast: Cast) -> None:
    meeting = opened(cast)
    with on(TODAY, 8):
        note_change(quarter(), cast.east, TODAY, "已经谈过", cast.xiaozhang)
    with on(TODAY, 10):
        meeting.refresh_from_db()
        close_meeting(meeting, meeting.edition, cast.manager_li)
    with on(TODAY, 11):
        note_change(quarter(), cast.east, TODAY, "后来才有", cast.xiaozhang)
    changes = [each.change.text for each in found_points(planned(cast), TODAY) if each.change]
    assert changes == ["后来才有"]


def test_an_objection_is_what_the_person_wrote_after_signing(cast: Cast) -> None:
    agreement = in_force(cast.xiaozhang)
    came_in(cast.xiaozhang, metric("GMV"), [100] * 8)
    came_in(cast.xiaozhang, conversion(), [2.4] * 8)
    for author, text, at in (
        (cast.xiaozhang, "签之前说的", datetime(2026, 10, 1, tzinfo=UTC)),
        (cast.manager_li, "上级说的", datetime(2026, 11, 2, tzinfo=UTC)),
        (cast.xiaozhang, "大促之后流量结构变了", datetime(2026, 11, 3, tzinfo=UTC)),
    ):
        word = LineComment.objects.create(agreement=agreement, metric=conversion(), author=author, text=text)
        LineComment.objects.filter(pk=word.pk).update(made_at=at)
    [only] = found_points(planned(cast), TODAY)
    assert (only.kind, only.evidence["text"], only.evidence["count"]) == ("objection", "大促之后流量结构变了", 1)


def test_an_open_meeting_keeps_the_agenda_of_its_opening(cast: Cast) -> None:
    meeting = opened(cast)
    came_in(cast.xiaozhang, conversion(), [2.4] * 8)
    written = agenda_of(CalibrationMeeting.objects.get(pk=meeting.pk))
    assert [point.kind for point in written.points] == ["no_evidence", "long_red"]
    assert written.undecided == 2


def test_who_moved_in_mid_cycle_is_looked_at_by_the_agreement_of_the_day(cast: Cast) -> None:
    """The first agreement ended with the move; its lines are no longer anybody's agenda."""
    first = in_force(cast.xiaozhang)
    came_in(cast.xiaozhang, conversion(), [1] * 8)
    first.ends_on = date(2026, 11, 15)
    first.save()
    assert kinds(planned(cast)) == []
    assert ("小张", "转化率", "long_red") in kinds(planned(cast), date(2026, 11, 15))


@pytest.mark.parametrize("many", [10, 20])
def test_the_statements_do_not_grow_with_the_team(cast: Cast, many: int) -> None:
    for number in range(many):
        person = employee(f"B{number:03d}", f"员工{number}", cast.east, cast.manager_li)
        in_force(person)
        came_in(person, conversion(), [1] * 8)
    meeting = planned(cast)
    with CaptureQueriesContext(connection) as agenda:
        assert len(found_points(meeting, TODAY)) == 2 * many
    with CaptureQueriesContext(connection) as board:
        assert len(board_of(meeting, TODAY).rows) == many
    assert (len(agenda), len(board)) == (_AGENDA, _BOARD)


_AGENDA, _BOARD = 8, 9


def test_the_board_changes_its_version_with_what_it_shows(cast: Cast) -> None:
    meeting = opened(cast)
    with on(TODAY):
        first = board_of(meeting, TODAY)
        assert board_of(meeting, TODAY).version == first.version
        [row] = first.rows
        assert (row.cells[0].line.metric.name, row.cells[0].share, row.cells[0].light) == ("GMV", None, None)
        came_in(cast.xiaozhang, metric("GMV"), [95] * 8)
        assert board_of(meeting, TODAY).version != first.version


def test_nobody_opens_a_meeting_without_an_agreement(cast: Cast) -> None:
    meeting = planned(cast)
    with pytest.raises(NobodyToCalibrate):
        open_meeting(meeting, cast.manager_li, TODAY)
    meeting.refresh_from_db()
    assert meeting.state == CalibrationMeeting.State.PLANNED
