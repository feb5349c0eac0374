"""Who the names of a source are."""

from __future__ import annotations

from typing import Any

import pytest

from accord.foundation.models import Event
from accord.metrics.errors.sync import IdentityNotOfThatKind, OutOfReach
from accord.metrics.models import Connection, Identity, MappedRow
from accord.metrics.services import identities
from accord.metrics.services.sync import sync
from accord.metrics.tests.sync.builders import SPENT, FakeSource, connection, mapping, plug_in, value_of
from accord.people.models import Employee
from accord.people.services.employment import leave
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db
WEEK = "2026-W41"


@pytest.fixture
def source(monkeypatch: Any) -> FakeSource:
    return plug_in(monkeypatch, FakeSource())


def rule(by: str) -> dict[str, Any]:
    return {**SPENT, "who": {"field": "owner", "by": by}}


def row(source: FakeSource, key: int, owner: str, amount: int = 1) -> None:
    source.put("tickets", key, owner=owner, created="2026-10-05T02:00:00Z", amount=amount)


@pytest.mark.parametrize(
    ("by", "name", "whose"),
    [
        ("employee_no", "a011", "A011"),
        ("email", " A011@Example.com ", "A011"),
        ("name", "小张", "A011"),
        ("account", "a011", "A011"),
        ("unit_path", "远航电商 / 销售部", "远航电商/销售部"),
    ],
)
def test_a_name_is_matched_by_what_the_rule_says(
    cast: Cast, source: FakeSource, by: str, name: str, whose: str
) -> None:
    mapping(connection(), rule(by), "金额")
    row(source, 1, name, 5)
    sync(Connection.objects.get())
    assert value_of(whose, "金额", WEEK) == 5


def test_an_unknown_name_waits_once_and_counts_as_soon_as_somebody_knows(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), rule("name"), "金额")
    row(source, 1, "阿张", 5)
    row(source, 2, "阿张", 7)
    run = sync(Connection.objects.get())
    waiting = Identity.objects.get()
    assert (waiting.name, waiting.rows, waiting.is_waiting, run.refused) == ("阿张", 2, True, 0)
    source.reads.clear()
    assert identities.resolve(waiting, cast.xiaozhang, cast.administrator.user) == 2
    assert not source.reads
    assert value_of("A011", "金额", WEEK) == 12
    assert waiting.resolved_by == cast.administrator
    # Said again, of somebody else: the rows go with the name.
    identities.resolve(waiting, cast.colleague, cast.administrator.user)
    assert value_of("A011", "金额", WEEK) is None
    assert value_of("A012", "金额", WEEK) == 12
    identities.ignore(waiting, cast.administrator.user)
    assert value_of("A012", "金额", WEEK) is None
    assert not Identity.objects.get().is_waiting
    row(source, 3, "阿张", 1)
    sync(Connection.objects.get())
    assert not MappedRow.objects.exclude(subject=MappedRow.NOBODY).exists()
    assert list(Event.objects.filter(name__startswith="identity.").order_by("pk").values_list("name", flat=True)) == [
        "identity.resolved",
        "identity.resolved",
        "identity.ignored",
    ]


def test_two_people_of_one_name_are_a_choice(cast: Cast, source: FakeSource) -> None:
    employee("A013", "小张", cast.service)
    mapping(connection(), rule("name"), "金额")
    row(source, 1, "小张")
    sync(Connection.objects.get())
    assert Identity.objects.get().is_waiting


def test_what_was_once_matched_stays_when_names_and_namesakes_come(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), rule("name"), "金额")
    row(source, 1, "小张")
    sync(Connection.objects.get())
    employee("A013", "小张", cast.service)
    row(source, 2, "小张")
    sync(Connection.objects.get())
    assert value_of("A011", "金额", WEEK) == 2
    # Renamed at the source: the new name waits, the old one keeps its rows.
    row(source, 3, "张晓雨")
    sync(Connection.objects.get())
    identities.resolve(Identity.objects.get(name="张晓雨"), cast.xiaozhang, cast.administrator.user)
    assert value_of("A011", "金额", WEEK) == 3


def test_somebody_who_left_keeps_their_history(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), rule("employee_no"), "金额")
    leave(cast.colleague)
    row(source, 1, "A012", 3)
    sync(Connection.objects.get())
    assert value_of("A012", "金额", WEEK) == 3


def test_who_joins_later_is_matched_with_the_next_run(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), rule("employee_no"), "金额")
    row(source, 1, "A077", 3)
    sync(Connection.objects.get())
    employee("A077", "新人", cast.service)
    sync(Connection.objects.get())
    assert value_of("A077", "金额", WEEK) == 3


def test_an_hr_partner_vouches_only_for_those_they_partner(cast: Cast, source: FakeSource) -> None:
    mapping(connection(cast.hrbp_wang), rule("employee_no"), "金额")
    row(source, 1, "A011")
    row(source, 2, "A021")
    sync(Connection.objects.get())
    assert value_of("A011", "金额", WEEK) == 1
    assert value_of("A021", "金额", WEEK) is None
    outside = Identity.objects.get(name="a021")
    assert outside.is_waiting
    with pytest.raises(OutOfReach):
        identities.resolve(outside, cast.stranger, cast.hrbp_wang.user)
    identities.resolve(outside, cast.stranger, cast.administrator.user)
    assert value_of("A021", "金额", WEEK) == 1


def test_once_the_owner_has_left_new_names_wait(cast: Cast, source: FakeSource) -> None:
    mapping(connection(cast.hrbp_wang), rule("employee_no"), "金额")
    row(source, 1, "A011")
    sync(Connection.objects.get())
    leave(cast.hrbp_wang)
    row(source, 2, "A011")
    row(source, 3, "A012")
    sync(Connection.objects.get())
    assert value_of("A011", "金额", WEEK) == 2
    assert Identity.objects.get(name="a012").is_waiting


def test_a_unit_is_no_person(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), rule("unit_path"), "金额")
    row(source, 1, "销售")
    sync(Connection.objects.get())
    with pytest.raises(IdentityNotOfThatKind):
        identities.resolve(Identity.objects.get(), Employee.objects.get(pk=cast.xiaozhang.pk), cast.administrator.user)
    identities.resolve(Identity.objects.get(), cast.sales, cast.administrator.user)
    assert value_of("远航电商/销售部", "金额", WEEK) == 1
