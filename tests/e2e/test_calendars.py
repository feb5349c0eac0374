"""Talks in the calendar one uses anyway: vdirsyncer fetches the address over HTTP, khal reads what it brought."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accord.coaching.models import OneOnOne, Pairing
from accord.coaching.services.one_on_ones import Plan, arrange, move, skip
from accord.domain.talk_rhythm import weekly
from accord.foundation.clock import organisation_day
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP

pytestmark = pytest.mark.django_db(transaction=True)
SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair talks]
a = "here"
b = "accord"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/talks"
fileext = ".ics"
[storage accord]
type = "http"
url = "{address}"
"""
KHAL = """
[calendars]
[[talks]]
path = {folder}/talks
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal-{zone.key}.db
"""


class Calendar:
    """Somebody's calendar program with one subscription, in a folder of its own."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        (folder / "talks").mkdir()
        self._write("vdirsyncer.ini", VDIRSYNCER.format(folder=folder, address=address))
        assert self._run("vdirsyncer", "discover").returncode == 0

    def refresh(self) -> subprocess.CompletedProcess[str]:
        """Ask the address again, as a program does every hour."""
        return self._run("vdirsyncer", "sync")

    def shows(self, zone: ZoneInfo = SHANGHAI) -> list[str]:
        """Every talk of the coming half year as its owner sees it, with a clock in `zone`."""
        ini = self._write("khal.ini", KHAL.format(folder=self.folder, zone=zone))
        told = self._run("khal", "-c", str(ini), "list", "--once", "--notstarted", "--day-format", "", "--format",
                         "{start} {end-time} {title} @{location}", "now", "180d")  # fmt: skip
        assert told.returncode == 0, told.stderr
        return [line for line in told.stdout.splitlines() if line.strip()]

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def _run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        own = {"VDIRSYNCER_CONFIG": str(self.folder / "vdirsyncer.ini"), "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments], env={**os.environ, **own}, capture_output=True, text=True
        )


@pytest.fixture
def pairing(cast: Cast) -> Pairing:
    """小张 and 李经理, every week at ten in Shanghai."""
    day = organisation_day() + timedelta(days=2)
    return arrange(
        cast.manager_li, cast.xiaozhang, Plan(weekly(day), day, at=time(10), place="三号会议室"), cast.manager_li
    )


def planned(pairing: Pairing) -> list[OneOnOne]:
    return list(pairing.one_on_ones.filter(state=OneOnOne.State.PLANNED).order_by("planned_at"))


def said(talk: OneOnOne, name: str, zone: ZoneInfo = SHANGHAI) -> str:
    """A talk as khal shows it."""
    begins, ends = timezone.localtime(talk.planned_at, zone), timezone.localtime(talk.ends_at, zone)
    return f"{begins:%Y-%m-%d %H:%M} {ends:%H:%M} 一对一 · {name} @三号会议室"


def test_a_real_calendar_follows_the_talks(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[[Page], None],
    cast: Cast,
    pairing: Pairing,
    tmp_path: Path,
    settings,
    live_server,
) -> None:
    settings.BASE_URL = live_server.url
    page = new_page(DESKTOP)
    sign_in(page, cast.xiaozhang.user)
    page.goto("/coaching/one-on-ones/")
    page.get_by_role("link", name="放进我的日历").click()
    look(page)
    page.get_by_role("button", name="生成地址").click()
    address = page.get_by_label("我的日历订阅地址").input_value()
    look(page)
    calendar = Calendar(tmp_path, address)
    assert calendar.refresh().returncode == 0
    talks = planned(pairing)
    assert calendar.shows() == [said(talk, "李经理") for talk in talks]
    assert calendar.shows(NEW_YORK) == [said(talk, "李经理", NEW_YORK) for talk in talks]

    moved, skipped, *_ = talks
    move(moved, moved.planned_at + timedelta(days=1, hours=4), cast.manager_li)
    skip(skipped, "两人都在外地", cast.manager_li)
    assert calendar.refresh().returncode == 0
    now = planned(pairing)
    assert moved in now
    assert skipped not in now
    assert calendar.shows() == [said(talk, "李经理") for talk in now]

    calendar_page, away = page.url, timezone.localtime(now[1].planned_at, SHANGHAI).date()
    page.goto("/coaching/one-on-ones/")
    page.get_by_role("link", name="我的休假").click()
    page.get_by_label("起始日期").fill(away.isoformat())
    page.get_by_label("截止日期").fill(away.isoformat())
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("button", name="撤回")).to_be_visible()
    look(page)
    assert calendar.refresh().returncode == 0
    beside = planned(pairing)
    assert away not in {timezone.localtime(talk.planned_at, SHANGHAI).date() for talk in beside}
    assert calendar.shows() == [said(talk, "李经理") for talk in beside]

    page.goto(calendar_page)
    expect(page.get_by_text("最近读取")).to_be_visible()
    page.get_by_role("button", name="关闭地址").click()
    assert calendar.refresh().returncode != 0
