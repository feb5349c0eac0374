"""The rhythm and the talk: planned, moved, skipped, begun, ended, and carried over."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from accord.coaching.errors.one_on_ones import (
    RhythmChanged,
    RhythmEnded,
    RhythmRefused,
    RhythmStands,
    TalkChanged,
    TalkNotBegun,
    TalkOver,
    TalkRuns,
    TimeTaken,
)
from accord.coaching.models import AgendaPoint, OneOnOne, Pairing
from accord.coaching.services.one_on_ones import (
    Plan,
    add_point,
    arrange,
    begin,
    change_rhythm,
    end,
    move,
    note_held,
    pause,
    plan_all,
    plan_extra,
    resume,
    settle_point,
    skip,
)
from accord.coaching.services.one_on_ones.upkeep import end_forgotten, follow_managers, notice_missed
from accord.coaching.tests.talks.builders import NOW, WEEKLY, a_pair, next_talk
from accord.foundation.models import Event, Notification
from accord.people.models import Employee
from tests.cast import Cast

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
State = OneOnOne.State


def told(person: Employee, kind: str) -> int:
    return Notification.objects.filter(recipient=person.user, kind=f"coaching.{kind}").count()


def states(pairing: Pairing) -> list[str]:
    return list(pairing.one_on_ones.order_by("slot").values_list("state", flat=True))


def test_a_rhythm_plans_its_talks_once_and_tells_the_other(cast: Cast) -> None:
    pairing = a_pair(cast)
    slots = list(pairing.one_on_ones.order_by("slot").values_list("slot", flat=True))
    assert slots[:2] == [datetime(2026, 10, day, 2, tzinfo=UTC) for day in (14, 21)]
    assert len(slots) == 7, "six weeks and a half ahead"
    assert plan_all(NOW) == 0
    assert plan_all(NOW + 7 * DAY) == 1
    assert told(cast.xiaozhang, "rhythm_arranged") == 1
    assert told(cast.manager_li, "rhythm_arranged") == 0
    fact = Event.objects.get(name="pairing.arranged").payload
    assert fact == {"pairing_id": pairing.pk, "employee_id": cast.xiaozhang.pk}


def test_a_talk_on_a_day_off_is_planned_beside_it_and_keeps_its_slot(cast: Cast) -> None:
    # 7 October 2026 is a holiday, as are the days before it since the first; on 30 September the two talk anyway.
    pairing = a_pair(cast, replace(WEEKLY, starts_on=date(2026, 9, 9)), datetime(2026, 9, 21, 1, tzinfo=UTC))
    talk = pairing.one_on_ones.get(slot=datetime(2026, 10, 7, 2, tzinfo=UTC))
    assert talk.planned_at == datetime(2026, 10, 8, 2, tzinfo=UTC)


def test_a_pair_has_one_rhythm_and_a_rule_has_to_lead_somewhere(cast: Cast) -> None:
    first = a_pair(cast)
    assert a_pair(cast) == first, "a second click"
    with pytest.raises(RhythmStands):
        arrange(cast.manager_li, cast.xiaozhang, WEEKLY, cast.xiaozhang, NOW)
    gone = replace(WEEKLY, rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20261011T000000Z", starts_on=date(2026, 9, 2))
    with pytest.raises(RhythmRefused):
        arrange(cast.manager_li, cast.colleague, gone, cast.manager_li, NOW)
    assert Pairing.objects.count() == 1


def test_a_changed_rhythm_calls_off_what_does_not_fit_and_keeps_points(cast: Cast) -> None:
    pairing = a_pair(cast)
    add_point(next_talk(pairing), "progress", "新人带教", cast.xiaozhang)
    stale = Pairing.objects.get(pk=pairing.pk)
    change_rhythm(
        pairing, replace(WEEKLY, rule="FREQ=MONTHLY;BYDAY=3FR", starts_on=date(2026, 10, 16)), cast.xiaozhang, NOW
    )
    planned = pairing.one_on_ones.filter(state=State.PLANNED).order_by("slot")
    assert [talk.slot.date() for talk in planned] == [date(2026, 10, 16), date(2026, 11, 20)]
    assert [(p.text, p.carried_from_id is not None) for p in next_talk(pairing).points.all()] == [("新人带教", True)]
    assert told(cast.manager_li, "rhythm_changed") == 1
    with pytest.raises(RhythmChanged):
        change_rhythm(stale, replace(WEEKLY, minutes=60), cast.manager_li, NOW)
    change_rhythm(pairing, WEEKLY, cast.manager_li, NOW)
    assert next_talk(pairing).slot.date() == date(2026, 10, 14), "a slot that was called off is planned again"


def test_moving_tells_the_other_and_knows_of_the_others_move(cast: Cast) -> None:
    pairing = a_pair(cast)
    talk = next_talk(pairing)
    seen = OneOnOne.objects.get(pk=talk.pk)
    move(talk, NOW + 3 * DAY, cast.xiaozhang, NOW)
    assert (talk.planned_at, talk.sequence) == (NOW + 3 * DAY, 1)
    assert told(cast.manager_li, "talk_moved") == 1
    with pytest.raises(TalkChanged):
        move(seen, NOW + 4 * DAY, cast.manager_li, NOW)
    second = pairing.one_on_ones.order_by("slot")[1]
    with pytest.raises(TimeTaken):
        move(second, NOW + 3 * DAY, cast.manager_li, NOW)
    with pytest.raises(TimeTaken):
        plan_extra(pairing, NOW + 3 * DAY, cast.manager_li, NOW)
    plan_extra(pairing, NOW + 2 * DAY + timedelta(hours=5), cast.manager_li, NOW)
    assert told(cast.xiaozhang, "talk_planned") == 1


def test_what_is_left_open_goes_to_the_next_talk_with_its_date(cast: Cast) -> None:
    pairing = a_pair(cast)
    first, second, third = pairing.one_on_ones.order_by("slot")[:3]
    done = add_point(first, "progress", "双十一复盘", cast.manager_li)
    add_point(first, "obstacles", "素材排期", cast.xiaozhang)
    begin(first, cast.manager_li, NOW + 2 * DAY)
    begin(first, cast.xiaozhang, NOW + 2 * DAY + timedelta(seconds=1))
    assert first.begun_at == NOW + 2 * DAY, "whoever comes second joins"
    with pytest.raises(TalkRuns):
        skip(first, "出差", cast.manager_li, NOW)
    settle_point(done, "discussed", cast.xiaozhang)
    end(first, cast.xiaozhang, NOW + 2 * DAY + timedelta(minutes=30))
    with pytest.raises(TalkOver):
        end(first, cast.manager_li, NOW + 2 * DAY)
    (carried,) = second.points.all()
    assert (carried.text, carried.carried_from, carried.author) == ("素材排期", first, cast.xiaozhang)
    skip(second, "部门会冲突", cast.xiaozhang, NOW + 8 * DAY)
    assert third.points.get().carried_from == first, "it names the talk in which it first stood"
    assert Event.objects.get(name="one_on_one.ended").payload == {"one_on_one_id": first.pk}
    assert told(cast.manager_li, "talk_skipped") == 1
    with pytest.raises(TalkNotBegun):
        end(third, cast.manager_li)


def test_a_talk_that_passes_unsaid_is_noticed_and_can_be_noted_after_all(cast: Cast) -> None:
    pairing = a_pair(cast)
    talk = next_talk(pairing)
    add_point(talk, "resources", "预算", cast.xiaozhang)
    assert notice_missed(talk.planned_at + timedelta(hours=20)) == 0
    late = talk.planned_at + 2 * DAY
    assert [notice_missed(late), notice_missed(late)] == [1, 0]
    talk.refresh_from_db()
    assert (talk.state, talk.skipped_by) == (State.SKIPPED, None)
    assert told(cast.xiaozhang, "talk_missed") == told(cast.manager_li, "talk_missed") == 1
    assert next_talk(pairing).points.get().text == "预算"
    note_held(talk, cast.xiaozhang, late)
    assert (talk.state, talk.ended_at) == (State.HELD, talk.ends_at)
    skipped = next_talk(pairing)
    skip(skipped, "休假", cast.xiaozhang, late)
    with pytest.raises(TalkOver):
        note_held(skipped, cast.manager_li, late)


def test_a_talk_nobody_ended_ends_by_itself(cast: Cast) -> None:
    talk = next_talk(a_pair(cast))
    begin(talk, cast.manager_li, talk.planned_at)
    assert end_forgotten(talk.planned_at + timedelta(hours=11)) == 0
    assert end_forgotten(talk.planned_at + timedelta(hours=13)) == 1
    talk.refresh_from_db()
    assert (talk.state, talk.ended_at) == (State.HELD, talk.ends_at)


def test_pausing_calls_off_and_resuming_plans_again(cast: Cast) -> None:
    pairing = a_pair(cast, replace(WEEKLY, starts_on=date(2026, 10, 14)))
    OneOnOne.objects.filter(pairing=pairing).update(planned_at=datetime(2099, 1, 1, tzinfo=UTC))
    pause(pairing, cast.manager_li)
    assert set(states(pairing)) == {State.CALLED_OFF}
    assert plan_all(NOW) == 0
    resume(pairing, cast.manager_li)
    assert State.PLANNED in states(pairing)


def test_a_rhythm_follows_the_new_manager_with_the_employees_own_points_only(cast: Cast) -> None:
    pairing = a_pair(cast)
    talk = next_talk(pairing)
    add_point(talk, "progress", "我想聊转岗", cast.xiaozhang)
    add_point(talk, "progress", "旧经理的问题", cast.manager_li)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(manager=cast.stranger_manager)
    assert [follow_managers(NOW), follow_managers(NOW)] == [1, 0]
    pairing.refresh_from_db()
    following = Pairing.objects.get(manager=cast.stranger_manager)
    assert (pairing.state, following.rhythm, following.begins_at) == ("ended", WEEKLY.rule, time(10))
    assert [point.text for point in next_talk(following).points.all()] == ["我想聊转岗"]
    assert not pairing.one_on_ones.filter(state=State.PLANNED).exists()
    assert told(cast.stranger_manager, "rhythm_followed") == told(cast.xiaozhang, "rhythm_followed") == 1
    with pytest.raises(RhythmEnded):
        change_rhythm(pairing, replace(WEEKLY, minutes=60), cast.manager_li, NOW)
    with pytest.raises(RhythmEnded):
        plan_extra(pairing, NOW + DAY, cast.manager_li, NOW)


def test_a_rhythm_ends_with_somebody_who_leaves(cast: Cast) -> None:
    a_pair(cast)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.LEFT)
    assert follow_managers(NOW) == 1
    assert not Pairing.objects.exclude(state=Pairing.State.ENDED).exists()


def test_an_agenda_takes_so_many_points_and_no_more(cast: Cast) -> None:
    talk = next_talk(a_pair(cast))
    points = [AgendaPoint(one_on_one=talk, section="progress", text=f"{n}", author=cast.xiaozhang) for n in range(40)]
    AgendaPoint.objects.bulk_create(points)
    with pytest.raises(Exception, match="40"):
        add_point(talk, "progress", "第四十一条", cast.xiaozhang)


def test_a_place_in_another_zone_keeps_its_hour_through_the_change_of_clocks(cast: Cast) -> None:
    plan = Plan("FREQ=WEEKLY;BYDAY=TH", date(2026, 10, 15), time(9), zone="America/New_York")
    slots = a_pair(cast, plan).one_on_ones.order_by("slot").values_list("slot", flat=True)
    assert {(slot.hour, slot.month) for slot in slots} == {(13, 10), (14, 11)}
