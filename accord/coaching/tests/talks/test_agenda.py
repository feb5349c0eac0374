"""The agenda writes itself: lights that changed, tasks and alerts, check-ins; nothing that is for one alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accord.alerts.models import Alert, KpiStatus
from accord.coaching.agenda_sources import suggestions_for
from accord.coaching.models import CoachingStep, OneOnOne
from accord.coaching.services.coaching_tasks import take_step
from accord.coaching.services.one_on_ones import add_point, begin, dismiss, end
from accord.coaching.tests.talks.builders import a_pair_now, next_talk
from accord.coaching.tests.tasks.builders import W40, W41, alert_about, task_about
from accord.domain.periods import Frequency, Period
from accord.goals.models import CheckIn
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def sources(talk: OneOnOne) -> dict[str, str]:
    return {each.source: each.text for each in suggestions_for(talk)}


def test_a_coaching_task_stands_for_its_alert_with_what_was_agreed(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    talk = next_talk(a_pair_now(cast))
    assert f"coaching_tasks:{task.pk}" in sources(talk)
    assert f"alerts:{task.alert_id}" not in sources(talk)
    take_step(task, CoachingStep.Kind.TALK, "canary-note", cast.manager_li)
    take_step(task, CoachingStep.Kind.ACTION, "每周两次陪访", cast.manager_li)
    assert "每周两次陪访" in sources(talk)[f"coaching_tasks:{task.pk}"]
    assert "canary" not in str(sources(talk)), "the manager's own notes are no agenda"


def test_an_alert_without_a_task_is_named_and_a_watched_one_is_not(cast: Cast) -> None:
    alert = alert_about(cast.xiaozhang)
    talk = next_talk(a_pair_now(cast))
    assert f"alerts:{alert.pk}" in sources(talk)
    Alert.objects.update(is_watched=True)
    assert f"alerts:{alert.pk}" not in sources(talk)


def test_what_the_agenda_wrote_speaks_the_readers_language_whoever_began_and_when_it_is_carried_over(
    cast: Cast,
) -> None:
    alert_about(cast.xiaozhang)
    pairing = a_pair_now(cast)
    talk = next_talk(pairing)
    with translation.override("en"):
        begin(talk, cast.manager_li)
    end(talk, cast.manager_li)
    for each in (talk.points.get(), next_talk(pairing).points.get()):
        with translation.override("zh-hans"):
            chinese = each.words
        with translation.override("en"):
            english = each.words
        assert ("连续" in chinese, "below target" in english) == (True, True), (chinese, english)


def test_a_light_that_turned_since_last_time_is_named_and_one_that_did_not_is_not(cast: Cast) -> None:
    alert_about(cast.xiaozhang)
    series = KpiStatus.objects.values_list("series_id", flat=True)[0]
    talk = next_talk(a_pair_now(cast))
    since = talk.planned_at - timedelta(days=31)
    week = Period.of(timezone.localdate(since), Frequency.WEEK)
    KpiStatus.objects.filter(period=W40.key).update(period=(week - 1).key, light=3)
    KpiStatus.objects.filter(period=W41.key).update(period=(week + 1).key, light=2)
    kpi = KpiStatus.objects.filter(series=series)[0].kpi_id
    assert f"kpis:{kpi}" in sources(talk)
    KpiStatus.objects.update(light=2)
    assert f"kpis:{kpi}" not in sources(talk)


def test_check_ins_bring_obstacles_and_progress_and_are_written_down_when_the_talk_begins(cast: Cast) -> None:
    today = timezone.localdate()
    stuck = CheckIn.objects.create(
        employee=cast.xiaozhang, on=today, moved="拜访三家", confidence=6, obstacle="合同模板未定"
    )
    moved = CheckIn.objects.create(employee=cast.xiaozhang, on=today, moved="签下两单", confidence=8)
    talk = next_talk(a_pair_now(cast))
    assert sources(talk) == {f"check_ins:{stuck.pk}": "合同模板未定", f"check_ins:{moved.pk}": "签下两单"}
    found = {each.source: each for each in suggestions_for(talk)}
    dismiss(talk, found[f"check_ins:{moved.pk}"], cast.manager_li)
    assert set(sources(talk)) == {f"check_ins:{stuck.pk}"}, "what was dropped does not come back"
    address = reverse("coaching:one_on_one", args=[talk.pk])
    assert "合同模板未定" in client_of(cast.manager_li).get(address).content.decode()
    begin(talk, cast.manager_li)
    point = talk.points.get(state="open")
    assert (point.text, point.section, point.author) == ("合同模板未定", "obstacles", None)
    assert not suggestions_for(talk)


def test_ticking_gives_back_the_part_of_the_page_and_an_unchanged_panel_costs_nothing(cast: Cast) -> None:
    CheckIn.objects.create(employee=cast.xiaozhang, on=timezone.localdate(), moved="签下两单", confidence=8)
    talk, client = next_talk(a_pair_now(cast)), client_of(cast.xiaozhang)
    begin(talk, cast.xiaozhang)
    point = talk.points.get()
    ticked = client.post(
        reverse("coaching:agenda_point", args=[point.pk]), {"state": "discussed"}, headers={"HX-Request": "true"}
    )
    assert 'aria-pressed="true"' in ticked.content.decode()
    assert "<html" not in ticked.content.decode()
    live = reverse("coaching:one_on_one_live", args=[talk.pk])
    tag = client.get(live)["ETag"]
    assert client.get(live, headers={"If-None-Match": tag}).status_code == 304
    add_point(talk, "growth", "转岗", cast.manager_li)
    assert "转岗" in client.get(live, headers={"If-None-Match": tag}).content.decode()
