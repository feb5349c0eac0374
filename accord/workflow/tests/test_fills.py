"""Beginning, saving, submitting and discarding: what a person who fills in a form would miss."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accord.foundation.models import Event
from accord.foundation.prefill import Prefilled
from accord.workflow.errors.forms import AnswersNotAccepted, AnswersTooLarge, FillClosed, FormNotPublished
from accord.workflow.models import FieldUse, FillTurn, FormFill
from accord.workflow.services.fills import discard, save_answers, settle_conflict, start_fill, submit_turn
from accord.workflow.services.freezing import freeze
from accord.workflow.services.merging import Change
from accord.workflow.tests.form_samples import CHECK_IN, SCORE, SHORT, SUMMARY, WHY, field, filled_by, published
from tests.cast import Cast

Save = Callable[..., Any]


def save(fill: FormFill, window: str = "w", seconds: int = 0, **answers: Any) -> Any:
    """Save answers over what is stored now."""
    now = FormFill.objects.get(pk=fill.pk)
    changes = {key: Change(now.answers.get(key), value) for key, value in answers.items()}
    return save_answers(fill, "start", changes, now.revision, fill.author, window=window, seconds=seconds)


def test_only_a_published_version_is_filled_in(cast: Cast) -> None:
    version = published()
    version.state = "retired"
    with pytest.raises(FormNotPublished):
        start_fill(version, cast.xiaozhang)


def test_a_draft_keeps_every_word_and_submission_says_what_is_wrong_with_them(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    save(fill, score="五十", why="写到一半")
    fill.refresh_from_db()
    assert fill.answers == {"score": "五十", "why": "写到一半"}
    with pytest.raises(AnswersNotAccepted) as refused:
        submit_turn(fill, "start", {}, cast.xiaozhang)
    assert set(refused.value.problems) == {"summary", "score"}
    assert "五十" in refused.value.problems["score"][0]
    fill.refresh_from_db()
    assert (fill.state, fill.answers["score"]) == ("draft", "五十")


def test_submission_keeps_answers_calculates_and_records(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, subject="check_ins:7")
    save(fill, summary="稳", score="８５")
    done = submit_turn(fill, "start", {}, cast.xiaozhang)
    assert done.state == "submitted"
    assert (done.answers["score"], done.answers["double"]) == ("85", "170.0")
    event = Event.objects.get(name="form.filled")
    assert event.payload == {
        "fill_id": fill.pk,
        "version_id": fill.version_id,
        "step": "start",
        "subject": "check_ins:7",
    }
    with pytest.raises(FillClosed):
        save(fill, summary="事后改")


def test_answers_stay_with_the_version_they_were_given_to(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    save(fill, summary="旧版")
    published([field("other", required=True)], form=fill.version.form)
    done = submit_turn(fill, "start", {"score": "90"}, cast.xiaozhang)
    assert (done.version.number, done.answers["summary"]) == (1, "旧版")


def test_a_hidden_question_is_not_asked_and_a_frozen_field_is_left_alone(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    save(fill, extra="先写的")
    freeze(fill.version.form, fill.version, ["extra"], cast.hrbp_wang)
    save(fill, summary="好", score="60", extra="收起后写的")
    done = submit_turn(fill, "start", {}, cast.xiaozhang)
    assert done.answers["extra"] == "先写的"
    assert "why" not in done.answers


def test_a_step_writes_only_in_its_own_fields(cast: Cast) -> None:
    verdict = field("verdict", label="意见", rights={"start": "hide", "lead": "edit"})
    fill = filled_by(cast.xiaozhang, [SUMMARY, verdict])
    save(fill, summary="我写的", verdict="自己夸自己")
    save_answers(
        fill, "lead", {"summary": Change("我写的", "改掉"), "verdict": Change(None, "同意")}, 0, cast.manager_li
    )
    fill.refresh_from_db()
    assert fill.answers == {"summary": "我写的", "verdict": "同意"}


def test_a_person_who_cannot_be_found_is_asked_for_again_and_never_taken_for_a_key(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, [field("buddy", "person", "搭档")])
    save(fill, buddy=str(cast.stranger.pk))
    with pytest.raises(AnswersNotAccepted) as refused:
        submit_turn(fill, "start", {}, cast.xiaozhang)
    assert str(cast.stranger.pk) in refused.value.problems["buddy"][0]


def test_what_the_caller_knows_is_there_already_with_its_origin(cast: Cast) -> None:
    given = {"summary": Prefilled("上月：稳", {"label": {"zh": "上月总结"}}), "score": "80"}
    fill = filled_by(cast.xiaozhang, [SUMMARY, SCORE, field("place", default="上海")], prefill=given)
    assert fill.answers == {"summary": "上月：稳", "score": "80", "place": "上海"}
    assert fill.origins == {"summary": {"label": {"zh": "上月总结"}}}


def test_a_conflict_is_settled_before_anything_is_submitted(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, [SUMMARY])
    save_answers(fill, "start", {"summary": Change(None, "桌面写的")}, 0, cast.xiaozhang, window="a")
    saved = save_answers(fill, "start", {"summary": Change(None, "手机写的")}, 0, cast.xiaozhang, window="b")
    assert saved.conflicts == ("summary",)
    with pytest.raises(AnswersNotAccepted) as refused:
        submit_turn(fill, "start", {}, cast.xiaozhang)
    assert set(refused.value.problems) == {"summary"}
    settle_conflict(fill, "start", "summary", "b", "both")
    assert submit_turn(fill, "start", {}, cast.xiaozhang).answers == {"summary": "桌面写的 手机写的"}


def test_a_caller_that_knows_only_its_new_value_does_not_write_over_a_newer_one(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, [SUMMARY])
    save_answers(fill, "start", {"summary": "第一"}, 0, cast.xiaozhang)
    assert save_answers(fill, "start", {"summary": "第二"}, 0, cast.xiaozhang).conflicts == ("summary",)
    assert save_answers(fill, "start", {"summary": "第三"}, 2, cast.xiaozhang).conflicts == ()


def test_answers_have_a_size(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    with pytest.raises(AnswersTooLarge):
        save(fill, summary="长" * 90_000)
    fill.refresh_from_db()
    assert fill.answers == {}


def test_discarding_leaves_no_word(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    save(fill, summary="金丝雀")
    discard(fill, cast.xiaozhang)
    row = json.dumps(list(FormFill.objects.filter(pk=fill.pk).values()), default=str, ensure_ascii=False)
    assert "金丝雀" not in row
    with pytest.raises(FillClosed):
        save(fill, summary="又来")
    with pytest.raises(FillClosed):
        discard(fill, cast.xiaozhang)


def test_time_counts_no_more_than_has_passed_and_two_windows_count_a_minute_once(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    turn = FillTurn.objects.filter(fill=fill)
    save(fill, seconds=500, summary="一")
    assert turn.get().active_seconds == 0
    turn.update(seen_at=timezone.now() - timedelta(seconds=60))
    save(fill, seconds=45, summary="二", window="a")
    save(fill, seconds=45, summary="三", window="b")
    assert turn.get().active_seconds == 45
    turn.update(seen_at=timezone.now() - timedelta(hours=9))
    save(fill, seconds=30_000, summary="四")
    assert turn.get().active_seconds == 645


def test_use_is_counted_once_where_a_field_was_there(cast: Cast) -> None:
    version = published()
    for score, why in (("90", None), ("40", "忙")):
        fill = start_fill(version, cast.xiaozhang)
        save(fill, summary="好", score=score, why=why)
        submit_turn(fill, "start", {}, cast.xiaozhang)
    counted = {use.field_key: (use.offered, use.filled) for use in FieldUse.objects.all()}
    assert counted == {"summary": (2, 2), "score": (2, 2), "why": (1, 1), "extra": (2, 0), "files": (2, 0)}


@pytest.mark.django_db(transaction=True)
def test_windows_that_race_lose_nobodys_words(cast: Cast) -> None:
    """Six windows save at the same moment: each in a field of its own, and all in one they share."""
    keys = [f"own{number}" for number in range(6)]
    fill = filled_by(cast.xiaozhang, [field("shared"), *(field(key) for key in keys)])

    def one(key: str) -> None:
        try:
            for word in ("一", "二", "三"):
                changes = {"shared": Change(None, f"{key}{word}"), key: Change(None, "留", ("留",))}
                save_answers(fill, "start", changes, 0, cast.xiaozhang, window=key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as windows:
        list(windows.map(one, keys))
    fill.refresh_from_db()
    assert {key: fill.answers[key] for key in keys} == dict.fromkeys(keys, "留")
    first = fill.answers["shared"]
    assert {first, *fill.set_aside["shared"].values()} >= {f"{key}三" for key in keys if not first.startswith(key)}


def test_the_samples_are_real_forms() -> None:
    assert {each["kind"] for each in CHECK_IN} >= {"table", "sbi", "metric", "calculated", "rating"}
    assert (SHORT[0], SHORT[1], SHORT[2]) == (SUMMARY, SCORE, WHY)
