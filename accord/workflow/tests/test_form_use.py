"""How a form is used: exact figures on cases small enough to count by hand, and hiding what nobody fills in."""

from __future__ import annotations

from decimal import Decimal
from statistics import median
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accord.foundation.models import Event
from accord.workflow.errors.forms import FieldNotOptional
from accord.workflow.models import ArchiveEntry, FieldUse, FillTurn, Form, FormFill, FormVersion
from accord.workflow.queries.form_use import expected_seconds, field_use, times_of, use_of
from accord.workflow.services.fills import start_fill
from accord.workflow.services.freezing import freeze, unfreeze
from accord.workflow.tests.form_samples import EXTRA, SUMMARY, field, published, turns_of
from tests.cast import Cast
from tests.ladder import Ladder

FIELDS = (SUMMARY, EXTRA, field("core_but_empty"))


class OfUse(Ladder):
    """Designers only: HR partners and administrators."""

    hidden_from: ClassVar = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")

    def make(self, cast: Cast) -> FormVersion:
        return published(FIELDS)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.form_id]


class TestUsePage(OfUse):
    url_name = "workflow:form_use"
    may_open: ClassVar = ("hrbp_wang", "administrator")


class TestFreeze(OfUse):
    url_name = "workflow:freeze_fields"
    method = "post"
    may_open: ClassVar = ("hrbp_wang",)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"field": "extra"}


class TestUnfreeze(TestFreeze):
    url_name = "workflow:unfreeze_fields"


@pytest.mark.parametrize(
    ("seconds", "middle", "most"),
    [
        ([30], "30", 30),
        ([10, 21], "15.5", 21),
        ([5, 1, 9], "5", 9),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "5.5", 9),
        ([100] * 19 + [1], "100", 100),
    ],
)
def test_median_and_p90_are_exact(cast: Cast, seconds: list[int], middle: str, most: int) -> None:
    version = published(FIELDS)
    turns_of(version, cast.xiaozhang, seconds)
    (times,) = times_of(version.form)[version.pk]
    assert (times.turns, times.median, times.p90) == (len(seconds), Decimal(middle), most)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seconds=st.lists(st.integers(0, 900), min_size=1, max_size=25))
def test_the_figures_agree_with_counting(cast: Cast, seconds: list[int]) -> None:
    version = published(FIELDS)
    turns_of(version, cast.xiaozhang, seconds)
    (times,) = times_of(version.form)[version.pk]
    assert times.median == Decimal(str(median(seconds)))
    assert times.p90 == sorted(seconds)[-(-9 * len(seconds) // 10) - 1]


def test_versions_and_steps_are_told_apart_and_unfinished_turns_do_not_count(cast: Cast) -> None:
    first = published(FIELDS)
    turns_of(first, cast.xiaozhang, [100, 200, 300])
    turns_of(first, cast.manager_li, [20], step="lead")
    second = published(FIELDS, form=first.form)
    turns_of(second, cast.xiaozhang, [60])
    FillTurn.objects.create(
        fill=start_fill(second, cast.stranger), version=second, person=cast.colleague, step="start", active_seconds=9
    )
    newest, oldest = use_of(first.form)
    assert [(each.step, each.median) for each in newest.times] == [("start", 60)]
    assert [(each.step, each.median) for each in oldest.times] == [("start", 200), ("lead", 20)]


def test_a_page_says_the_prediction_until_enough_people_have_filled_it_in(cast: Cast) -> None:
    version = published(FIELDS)
    turns_of(version, cast.xiaozhang, range(19))
    assert expected_seconds(version) == 150
    turns_of(version, cast.xiaozhang, [400])
    assert expected_seconds(version) == 9


@pytest.mark.parametrize(
    ("offered", "filled", "is_hardly_used"), [(19, 0, False), (20, 3, False), (20, 2, True), (30, 3, True)]
)
def test_a_field_left_empty_by_nine_in_ten_of_twenty_is_proposed(
    cast: Cast, offered: int, filled: int, is_hardly_used: bool
) -> None:
    version = published(FIELDS)
    for key in ("extra", "core_but_empty"):
        FieldUse.objects.create(version=version, field_key=key, offered=offered, filled=filled)
    by_key = {each.key: each for each in field_use(version)}
    assert by_key["extra"].is_proposed == is_hardly_used
    assert by_key["core_but_empty"].is_hardly_used == is_hardly_used
    assert not by_key["core_but_empty"].is_proposed, "a core field is changed in a new version"


def test_use_adds_up_over_versions(cast: Cast) -> None:
    first = published(FIELDS)
    second = published(FIELDS, form=first.form)
    for version, filled in ((first, 1), (second, 2)):
        FieldUse.objects.create(version=version, field_key="extra", offered=10, filled=filled)
    assert [(each.offered, each.filled) for each in field_use(second) if each.key == "extra"] == [(20, 3)]


def test_one_click_hides_a_field_for_everybody_at_once(client: Client, cast: Cast) -> None:
    version = published(FIELDS)
    open_already = start_fill(version, cast.xiaozhang)
    FieldUse.objects.create(version=version, field_key="extra", offered=20, filled=1)
    here = reverse("workflow:form_use", args=[version.form_id])
    client.force_login(cast.hrbp_wang.user)
    assert "20 次填写中有 19 次留空" in client.get(here).content.decode()
    client.post(reverse("workflow:freeze_fields", args=[version.form_id]), {"field": "extra"})
    page = client.get(here).content.decode()
    assert "已对所有人收起" in page
    assert "20 次填写中有 19 次留空" not in page
    reader = Client()
    reader.force_login(cast.xiaozhang.user)
    assert 'name="extra"' not in reader.get(reverse("workflow:fill", args=[open_already.pk])).content.decode()
    client.post(reverse("workflow:unfreeze_fields", args=[version.form_id]), {"field": "extra"})
    assert 'name="extra"' in reader.get(reverse("workflow:fill", args=[open_already.pk])).content.decode()
    assert [event.name for event in Event.objects.filter(name__startswith="form.fields")] == [
        "form.fields_frozen",
        "form.fields_unfrozen",
    ]
    assert ArchiveEntry.objects.filter(kind__startswith="form.fields").count() == 2


def test_a_core_field_is_not_hidden(cast: Cast) -> None:
    version = published(FIELDS)
    for key in ("summary", "nobody"):
        with pytest.raises(FieldNotOptional):
            freeze(version.form, version, ["extra", key], cast.hrbp_wang)
    assert Form.objects.get(pk=version.form_id).frozen == []


def test_what_is_hidden_already_is_no_new_fact(cast: Cast) -> None:
    version = published(FIELDS)
    freeze(version.form, version, ["extra"], cast.hrbp_wang)
    freeze(version.form, version, ["extra"], cast.administrator)
    unfreeze(version.form, ["summary"], cast.administrator)
    assert Event.objects.filter(name__startswith="form.fields").count() == 1


def test_the_page_costs_the_same_for_ten_versions_and_twenty(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.hrbp_wang.user)
    version, counted = published(FIELDS), []
    here = reverse("workflow:form_use", args=[version.form_id])
    for _round in range(2):
        for _each in range(10):
            turns_of(published(FIELDS, form=version.form), cast.xiaozhang, [30, 40])
        client.get(here)
        with django_assert_num_queries(counted[0] if counted else 99, exact=bool(counted)) as queries:
            client.get(here)
        counted.append(len(queries.captured_queries))
    assert counted[0] == counted[1]


def test_a_form_nobody_published_has_nothing_to_measure(client: Client, cast: Cast) -> None:
    form = Form.objects.create(code="new", name="新表单")
    client.force_login(cast.hrbp_wang.user)
    assert "还没有可统计的数据" in client.get(reverse("workflow:form_use", args=[form.pk])).content.decode()
    assert FormFill.objects.count() == 0
