"""A voice message from the recorder to its receiver, with Chromium's own fake microphone and camera."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect

from accord.coaching.errors.recordings import RecordingsAway
from accord.coaching.models import Recording
from accord.coaching.services.feedback.sending import send
from accord.coaching.services.recordings.store import Store
from accord.coaching.tests.feedback.builders import draft
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.recording import DEVICES, LENGTH, record, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_voice_survives_a_closed_window_and_a_lost_connection(
    new_page: Callable[..., Page], sign_in: Callable[..., None], look: Callable[..., None], cast: Cast
) -> None:
    feedback = draft(cast.manager_li, cast.xiaozhang)
    page = new_page(PHONE, permissions=DEVICES, has_touch=True)
    sign_in(page, cast.manager_li.user)
    page.goto(f"/coaching/recordings/for/{feedback.pk}/")
    record(page, "录语音", 100)
    page.get_by_role("button", name="暂停").click()
    look(page)
    page.get_by_role("button", name="继续").click()
    # A second window keeps its own: neither is offered, or written over, while the other is open.
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("accord-recorder[data-ready]").wait_for()
    record(other, "录语音", 100)
    other.get_by_role("button", name="结束").click()
    until(other, f"{LENGTH} > 0.5 && {LENGTH} < 300")
    other.close()
    page.wait_for_timeout(1_100)
    # The window goes in the middle of it; what was said is still there, and what was said in the other one.
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("还保存在本机")).to_be_visible()
    until(page, f"{LENGTH} > 0.5 && {LENGTH} < 300")
    # It began before the other one and went on after it.
    longer = page.evaluate(LENGTH)
    page.get_by_role("button", name="重新录制").click()
    page.reload()
    expect(page.get_by_text("还保存在本机")).to_be_visible()
    until(page, f"{LENGTH} > 0.5 && {LENGTH} < {longer}")
    page.context.set_offline(True)
    page.get_by_role("button", name="使用这段").click()
    expect(page.get_by_text("网络已断开")).to_be_visible()
    with patch.object(Store, "put", side_effect=RecordingsAway):
        page.context.set_offline(False)
        expect(page.get_by_text("存放录音录像的地方暂时没有响应")).to_be_visible()
    expect(page.get_by_role("heading", name="配上文字")).to_be_visible()
    until(page, f"{LENGTH} > 0.5 && {LENGTH} < {longer}")
    page.get_by_label("文字内容").fill("0:00 谢谢你")
    look(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="已附 1 段留言")).to_be_visible()
    recording = Recording.objects.get()
    assert (recording.kind, recording.media_type, recording.captions) == ("voice", "audio/webm", "0:00 谢谢你")
    send(feedback)
    reader = new_page(DESKTOP, color_scheme="dark")
    sign_in(reader, cast.xiaozhang.user)
    reader.goto(f"/coaching/feedback/{feedback.pk}/")
    reader.get_by_role("button", name="1.5×").click()
    until(reader, "document.querySelector('.recording-media').playbackRate === 1.5")
    reader.evaluate("document.querySelector('.recording-media').play()")
    until(reader, "document.querySelector('.recording-media').currentTime > 0.5")
    look(reader)


def test_a_video_is_recorded_anew_and_plays_with_its_captions(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast
) -> None:
    feedback = draft(cast.manager_li, cast.xiaozhang)
    page = new_page(DESKTOP, permissions=DEVICES)
    sign_in(page, cast.manager_li.user)
    page.goto(f"/coaching/recordings/for/{feedback.pk}/")
    for last in (False, True):
        record(page, "录视频", 0)
        page.get_by_role("button", name="结束").click()
        until(page, f"{LENGTH} > 0.5")
        page.get_by_role("button", name="使用这段" if last else "重新录制").click()
    page.get_by_label("文字内容").fill("这一段我想当面说")
    page.get_by_role("button", name="保存").click()
    page.goto(f"/coaching/recordings/for/{feedback.pk}/")
    shown = "[...document.querySelector('video.recording-media').textTracks][0]?.cues?.[0]?.text"
    until(page, f"{shown} === '这一段我想当面说'")
    assert page.evaluate("document.querySelector('video.recording-media').videoWidth") > 0
    page.get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(page.get_by_text("已彻底删除")).to_be_visible()
    assert Recording.objects.get().state == "deleted"


def test_without_a_microphone_there_is_still_the_file(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast
) -> None:
    feedback = draft(cast.manager_li, cast.xiaozhang)
    page = new_page(DESKTOP)
    sign_in(page, cast.manager_li.user)
    page.goto(f"/coaching/recordings/for/{feedback.pk}/")
    page.get_by_role("button", name="录语音").click()
    expect(page.get_by_text("没有使用麦克风或摄像头的权限")).to_be_visible()
    page.locator("summary", has_text="上传已有的文件").click()
    lie = {"name": "memo.mp3", "mimeType": "audio/mpeg", "buffer": b"<html>" * 99}
    page.get_by_label("声音或视频文件").set_input_files([lie])
    expect(page.get_by_text("浏览器无法播放这个文件")).to_be_visible()
    assert not Recording.objects.exists()
