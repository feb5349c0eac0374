"""The life of a meeting: two who lead it at once, stale forms, what is archived and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accord.foundation.models import Event, Notification
from accord.goals.access.calibrations import led_meetings, visible_meetings
from accord.goals.errors import agreements as agreement_errors
from accord.goals.errors.calibrations import (
    MeetingMovedOn,
    MeetingNotOpen,
    MeetingNotPlanned,
    MinutesMovedOn,
    NothingAmended,
    OtherTermsHold,
    PointDecided,
)
from accord.goals.models import Agreement, AgreementTerms, CalibrationItem, CalibrationMember
from accord.goals.queries.calibrations.scope import agreements_of
from accord.goals.services.calibrations.deciding import decide, note_change
from accord.goals.services.calibrations.meetings import close_meeting, open_meeting, plan_meeting, write_minutes
from accord.goals.services.calibrations.proposing import propose, propose_for_many
from accord.goals.services.calibrations.rehearsing import rehearse
from accord.goals.tests.agree.builders import metric, quarter, signed
from accord.goals.tests.calib.builders import (
    NEXT_WEEK,
    TODAY,
    conversion,
    in_force,
    lower_conversion,
    on,
    opened,
    planned,
    point,
)
from accord.workflow.models import ArchiveEntry, ArchivePayload
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> object:
    with on(TODAY):
        yield


def test_of_two_who_open_a_meeting_one_is_told(cast: Cast) -> None:
    in_force(cast.xiaozhang)
    meeting = planned(cast)
    open_meeting(meeting, cast.hrbp_wang, TODAY)
    stale = planned(cast)
    stale.pk = meeting.pk
    points = CalibrationItem.objects.count()
    with pytest.raises(MeetingNotPlanned):
        open_meeting(stale, cast.manager_li, TODAY)
    assert CalibrationItem.objects.count() == points
    meeting.refresh_from_db()
    assert meeting.facilitator == cast.hrbp_wang


def test_opening_notes_the_team_of_that_day(cast: Cast) -> None:
    meeting = opened(cast)
    cast.colleague.org_unit = cast.service
    cast.colleague.save()
    team = CalibrationMember.objects.filter(meeting=meeting).values_list("employee__name", flat=True)
    # The head's own agreement is calibrated a level up.
    assert sorted(team) == ["小张", "小林"]


def test_of_two_facilitators_who_decide_the_second_reads_the_first_ones_words(cast: Cast) -> None:
    item = point(opened(cast), kind="long_red")
    decide(item, 0, "keep", "旺季在后面", cast.hrbp_wang)
    with pytest.raises(PointDecided, match="王HRBP"):
        decide(item, 0, "follow", "", cast.manager_li)
    item.refresh_from_db()
    assert (item.decision, item.note, item.decided_by) == ("keep", "旺季在后面", cast.hrbp_wang)
    decide(item, 1, "follow", "每周看", cast.manager_li)
    decided = [event.payload["decision"] for event in Event.objects.filter(name="calibration.decided").order_by("pk")]
    assert decided == ["keep", "follow"]


def test_minutes_are_not_written_over(cast: Cast) -> None:
    meeting = opened(cast)
    write_minutes(meeting, 1, "王芳写的", [cast.xiaozhang.pk], cast.hrbp_wang)
    with pytest.raises(MinutesMovedOn):
        write_minutes(meeting, 1, "李经理写的", [], cast.manager_li)
    meeting.refresh_from_db()
    assert meeting.opening == "王芳写的"
    assert meeting.members.get(was_present=True).employee == cast.xiaozhang


def test_who_closes_has_seen_everything_or_is_told(cast: Cast) -> None:
    meeting = opened(cast)
    decide(point(meeting, kind="long_red"), 0, "keep", "", cast.hrbp_wang)
    with pytest.raises(MeetingMovedOn):
        close_meeting(meeting, 1, cast.manager_li)
    close_meeting(meeting, 2, cast.manager_li)
    with pytest.raises(MeetingNotOpen):
        close_meeting(meeting, 3, cast.hrbp_wang)
    assert Event.objects.filter(name="calibration.closed").count() == 1


def test_nothing_is_decided_or_proposed_once_it_is_closed(cast: Cast) -> None:
    """Somebody writes a proposal while the other one closes: the proposal leaves nothing behind."""
    meeting = opened(cast)
    item, agreement = point(meeting, kind="long_red"), cast.xiaozhang.agreements.get()
    close_meeting(meeting, 1, cast.hrbp_wang)
    for write in (
        lambda: decide(item, 0, "keep", "", cast.manager_li),
        lambda: propose(meeting, agreement, lower_conversion(), cast.manager_li),
        lambda: propose_for_many(meeting, [(agreement, lower_conversion())], cast.manager_li),
        lambda: write_minutes(meeting, 2, "", [], cast.manager_li),
    ):
        with pytest.raises(MeetingNotOpen):
            write()
    item.refresh_from_db()
    assert (item.decision, item.edition) == ("", 0)
    assert not AgreementTerms.objects.filter(number=2).exists()


def test_closing_archives_the_minutes_and_tells_those_concerned(cast: Cast) -> None:
    in_force(cast.colleague)
    note_change(quarter(), cast.east, TODAY, "物流延迟", cast.colleague)
    meeting = opened(cast)
    write_minutes(meeting, 1, "十月物流延迟影响明显。", [cast.xiaozhang.pk], cast.manager_li)
    decide(point(meeting, kind="change"), 0, "adjust", "北美组下调", cast.manager_li)
    close_meeting(meeting, 3, cast.manager_li)
    entry = ArchiveEntry.objects.get(kind="calibration.closed")
    kept = str(ArchivePayload.objects.get(entry=entry).payload)
    for said in ("十月物流延迟影响明显", "物流延迟", "北美组下调", "连续 8 期红灯", "A011"):
        assert said in kept
    told = Notification.objects.filter(kind="goals.calibration_closed").order_by("recipient")
    assert {each.recipient for each in told} == {cast.xiaozhang.user, cast.colleague.user}
    assert {each.mode for each in told} == {"digest"}


def test_a_proposal_of_hr_is_a_draft_that_hr_cannot_agree_to(cast: Cast) -> None:
    meeting, agreement = opened(cast), cast.xiaozhang.agreements.get()
    terms = propose(meeting, agreement, lower_conversion(), cast.hrbp_wang)
    assert (terms.state, terms.employee_agreed_at, terms.manager_agreed_at) == ("draft", None, None)
    told = Notification.objects.filter(cause__startswith=f"agreements:{agreement.pk}:{terms.pk} proposed")
    assert {each.recipient for each in told} == {cast.xiaozhang.user, cast.manager_li.user}
    with pytest.raises(agreement_errors.UnderWay):
        propose(meeting, agreement, lower_conversion("2"), cast.manager_li)
    assert CalibrationItem.objects.get(amendment=terms).kind == "long_red"


def test_a_change_nobody_had_on_the_agenda_becomes_a_point_of_its_own(cast: Cast) -> None:
    in_force(cast.colleague, None)
    meeting = opened(cast)
    CalibrationItem.objects.filter(agreement__employee=cast.colleague).delete()
    agreement = cast.colleague.agreements.get()
    terms = propose(meeting, agreement, lower_conversion(), cast.manager_li)
    raised = point(meeting, agreement=agreement)
    assert (raised.kind, raised.metric, raised.decision, raised.amendment) == ("raised", conversion(), "adjust", terms)


def test_for_several_whoever_cannot_be_amended_is_named_and_the_others_are_drafted(cast: Cast) -> None:
    in_force(cast.colleague)
    meeting = opened(cast)
    first, second = cast.xiaozhang.agreements.get(), cast.colleague.agreements.get()
    propose(meeting, first, lower_conversion(), cast.manager_li)
    done = propose_for_many(meeting, [(first, lower_conversion("2")), (second, lower_conversion("2"))], cast.hrbp_wang)
    assert [each.agreement for each in done.drafts] == [second]
    assert [person for person, _reason in done.left_out] == [cast.xiaozhang]


def test_a_rehearsal_leaves_nothing_behind(cast: Cast) -> None:
    opened(cast)
    agreement = cast.xiaozhang.agreements.get()
    before = (AgreementTerms.objects.count(), Event.objects.count(), Notification.objects.count())
    told = rehearse(quarter(), [(agreement, lower_conversion())], cast.manager_li, TODAY)
    assert len(told.effects) == 1
    assert not told.effects[0].total.moves
    assert (AgreementTerms.objects.count(), Event.objects.count(), Notification.objects.count()) == before


def test_a_proposal_keeps_the_weights_whole_and_the_season_in_proportion(cast: Cast) -> None:
    meeting, agreement = opened(cast), cast.xiaozhang.agreements.get()
    line = agreement.terms.get().lines.get(metric=conversion())
    line.schedule = [[2105705, 2105706, "4.8"]]
    line.save()
    unbalanced = replace(lower_conversion(), changes={conversion().pk: {"weight": Decimal("0.5")}})
    with pytest.raises(agreement_errors.WeightsNotWhole):
        propose(meeting, agreement, unbalanced, cast.manager_li)
    nothing = replace(lower_conversion(), changes={metric("GMV").pk: {"target": Decimal(100)}})
    with pytest.raises(NothingAmended):
        propose(meeting, agreement, nothing, cast.manager_li)
    terms = propose(meeting, agreement, lower_conversion("1.2"), cast.manager_li)
    assert terms.lines.get(metric=conversion()).schedule == [[2105705, 2105706, "2.4"]]


def test_numbers_that_were_compared_with_other_terms_are_not_proposed(cast: Cast) -> None:
    """Both signed an amendment that takes effect in December; what is proposed from then on has to start from it."""
    meeting, agreement = opened(cast), cast.xiaozhang.agreements.get()
    first = agreement.terms.get()
    propose(meeting, agreement, lower_conversion(effective_on=date(2026, 12, 7)), cast.manager_li)
    signed(Agreement.objects.select_related("employee__user", "manager__user").get(pk=agreement.pk))
    stale = replace(lower_conversion("2", date(2026, 12, 14)), base=first.pk)
    with pytest.raises(OtherTermsHold):
        propose(meeting, agreement, stale, cast.manager_li)
    assert agreement.terms.count() == 2
    propose(meeting, agreement, replace(stale, effective_on=NEXT_WEEK), cast.manager_li)


def test_a_managers_meeting_is_about_those_who_report_to_them(cast: Cast) -> None:
    for person in (cast.xiaozhang, cast.manager_li):
        in_force(person)
    cycle = quarter()
    of_li = plan_meeting(cycle, "李经理的团队", TODAY, cast.manager_li)
    of_chen = plan_meeting(cycle, "陈总的团队", TODAY, cast.executive_chen)
    assert [each.employee for each in agreements_of(of_li, TODAY)] == [cast.xiaozhang]
    assert [each.employee for each in agreements_of(of_chen, TODAY)] == [cast.manager_li]
    assert set(visible_meetings(cast.xiaozhang.user)) == {of_li}
    assert set(visible_meetings(cast.manager_li.user)) == {of_li, of_chen}
    assert set(led_meetings(cast.manager_li.user)) == {of_li}
    assert set(visible_meetings(cast.stranger.user)) == set()


def test_who_changes_manager_before_the_meeting_comes_to_the_new_ones(cast: Cast) -> None:
    in_force(cast.xiaozhang)
    old = plan_meeting(quarter(), "李经理的团队", TODAY, cast.manager_li)
    new = plan_meeting(quarter(), "赵经理的团队", TODAY, cast.stranger_manager)
    cast.xiaozhang.manager = cast.stranger_manager
    cast.xiaozhang.save()
    assert [each.employee for each in agreements_of(old, TODAY)] == []
    assert [each.employee for each in agreements_of(new, TODAY)] == [cast.xiaozhang]
