"""A form shows the newest value of a metric with its origin, to those who may see the person's numbers."""

from __future__ import annotations

from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.domain.periods import Frequency, Period
from accord.metrics.tests.builders import bring, some_metrics
from accord.people.models import Employee
from accord.workflow.services.fills import start_fill, submit_turn
from accord.workflow.tests.form_samples import field, published
from tests.cast import Cast

SIGNED = field("signed", "metric", "签约额", metric="签约额")


def measure(folder: Path, person: Employee) -> Period:
    """Two weeks of values; returns the newer."""
    some_metrics()
    newest = Period.of(timezone.localdate(), Frequency.WEEK) - 1
    bring(
        folder,
        *(f"{person.employee_no},,签约额,{week.label},{value}" for week, value in ((newest, 97.5), (newest - 1, 80))),
    )
    return newest


def test_the_newest_value_is_there_with_its_origin(cast: Cast, tmp_path: Path) -> None:
    newest = measure(tmp_path, cast.xiaozhang)
    fill = start_fill(published([SIGNED]), cast.xiaozhang)
    signed = fill.answers["signed"]
    assert signed["value"] == "97.5"
    assert newest.label in signed["origin"]["label"]["zh"]
    client = Client()
    client.force_login(cast.xiaozhang.user)
    page = client.get(reverse("workflow:fill", args=[fill.pk])).content.decode()
    assert "97.50 元" in page
    assert client.get(signed["origin"]["url"]).status_code == 200
    assert signed["origin"]["url"] in page


def test_a_metric_nobody_has_measured_is_left_empty(cast: Cast) -> None:
    some_metrics()
    assert start_fill(published([SIGNED]), cast.xiaozhang).answers == {}


def test_numbers_are_read_only_for_an_author_who_may_see_them(cast: Cast, tmp_path: Path) -> None:
    measure(tmp_path, cast.xiaozhang)
    version = published([SIGNED])
    assert "signed" in start_fill(version, cast.manager_li, person=cast.xiaozhang).answers
    for author in (cast.colleague, cast.stranger_manager, cast.administrator):
        assert "signed" not in start_fill(version, author, person=cast.xiaozhang).answers, author.name


def test_numbers_are_withheld_from_a_reader_who_may_not_see_them(cast: Cast, tmp_path: Path) -> None:
    measure(tmp_path, cast.xiaozhang)
    fill = start_fill(published([SIGNED]), cast.xiaozhang, person=cast.xiaozhang)
    submit_turn(fill, "start", {}, cast.xiaozhang)
    type(fill).objects.filter(pk=fill.pk).update(author=cast.stranger)
    client = Client()
    client.force_login(cast.stranger.user)
    page = client.get(reverse("workflow:fill", args=[fill.pk])).content.decode()
    assert "97.5" not in page
    assert "仅对有权查看本人数据的人显示" in page
