"""Pages of the organisation: who may open them, what they show, what they change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accord.foundation.models import Event
from accord.people import access
from accord.people.models import Employee, RoleGrant
from accord.people.services.employment import set_manager
from tests.cast import Cast, employee, grant, org_unit
from tests.ladder import Ladder

EVERYBODY = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "stranger", "administrator", "auditor")
ALL_BUT_ADMINISTRATORS = tuple(name for name in EVERYBODY if name != "administrator")


class TestDirectory(Ladder):
    url_name = "people:directory"
    may_open = EVERYBODY
    hidden_from = ()


class TestUnits(Ladder):
    url_name = "people:units"
    may_open = EVERYBODY
    hidden_from = ()


class TestUnit(Ladder):
    url_name = "people:unit"
    may_open = EVERYBODY
    hidden_from = ()

    def args(self, cast: Cast) -> list[Any]:
        return [cast.east.pk]


class TestBranch(TestUnit):
    url_name = "people:branch"


class TestPositions(Ladder):
    url_name = "people:positions"
    may_open = EVERYBODY
    hidden_from = ()


class TestSight(Ladder):
    url_name = "people:sight"
    may_open = EVERYBODY
    hidden_from = ()


class TestRoles(Ladder):
    url_name = "people:roles"
    may_open = ("administrator",)
    hidden_from = ()
    refused_to = ALL_BUT_ADMINISTRATORS
    wrong_verbs = ("delete", "put")


class TestEdit(Ladder):
    url_name = "people:edit"
    may_open = ("administrator",)
    hidden_from = ()
    refused_to = ALL_BUT_ADMINISTRATORS
    wrong_verbs = ("delete", "put")

    def args(self, cast: Cast) -> list[Any]:
        return [cast.xiaozhang.pk]


class TestEditSaved(TestEdit):
    method = "post"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return change(cast, manager="A020")

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert response.status_code == 302
        assert access.visible_employees(cast.stranger_manager.user).filter(pk=cast.xiaozhang.pk).exists()


class TestRevoke(Ladder):
    url_name = "people:revoke_role"
    method = "post"
    may_open = ("administrator",)
    hidden_from = ()
    refused_to = ALL_BUT_ADMINISTRATORS

    def make(self, cast: Cast) -> RoleGrant:
        return RoleGrant.objects.get(employee=cast.hrbp_wang)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert not access.is_hrbp(cast.hrbp_wang.user)
        assert Event.objects.get(name="role.revoked").actor == cast.administrator.user


def change(cast: Cast, **fields: str) -> dict[str, str]:
    """What the form of 小张 posts."""
    told = {
        "org_unit": cast.xiaozhang.org_unit.path,
        "position": str(cast.xiaozhang.position_id),
        "manager": "A010",
        "status": "active",
        "on": timezone.localdate().isoformat(),
    }
    return {**told, **fields}


def signed_in(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def names(response: HttpResponse) -> set[str]:
    return {one.name for one in response.context["page"]}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("小张", {"小张"}),
        ("a011", {"小张"}),
        ("客服部", {"赵经理", "外人"}),
        ("销售经理", {"李经理"}),
        ("华东 小", {"小张", "小林"}),
        ("没有这个人", set()),
    ],
)
def test_the_directory_finds_by_name_number_unit_and_position(cast: Cast, search: str, found: set[str]) -> None:
    assert names(signed_in(cast.stranger).get("/people/", {"q": search})) == found


def test_the_directory_is_narrowed_to_a_unit_and_all_units_in_it(cast: Cast) -> None:
    client = signed_in(cast.stranger)
    assert names(client.get("/people/", {"unit": cast.sales.pk})) == {"李经理", "小张", "小林"}
    assert len(names(client.get("/people/", {"unit": "nonsense", "page": "x"}))) == 9


def test_names_lead_on_only_to_those_one_may_see(cast: Cast) -> None:
    response = signed_in(cast.manager_li).get("/people/")
    assert response.context["visible"] == {cast.manager_li.pk, cast.xiaozhang.pk, cast.colleague.pk}


def test_only_administrators_find_people_who_left(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.colleague.pk).update(status="left")
    assert names(signed_in(cast.administrator).get("/people/", {"left": "1"})) == {"小林"}
    assert "小林" not in names(signed_in(cast.manager_li).get("/people/", {"left": "1"}))


@pytest.mark.parametrize("name", ["directory", "units", "positions", "roles", "sight"])
def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast, name: str, django_assert_num_queries) -> None:
    client = signed_in(cast.executive_chen if name != "roles" else cast.administrator)
    if name == "sight":
        client = signed_in(cast.xiaozhang)
    url = reverse(f"people:{name}")
    grow(cast, 0, 10)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    grow(cast, 10, 20)
    with django_assert_num_queries(len(few)):
        client.get(url)


def grow(cast: Cast, first: int, last: int) -> None:
    """Add a person, a top unit, a position and two roles for each number."""
    for n in range(first, last):
        new = employee(f"N{n}", f"新人{n}", org_unit(f"子公司{n}"), cast.manager_li, position=f"岗位{n}")
        grant(new, RoleGrant.Role.HRBP, cast.company)
        grant(new, RoleGrant.Role.EXECUTIVE)


def test_a_tree_opens_branch_by_branch(cast: Cast) -> None:
    client = signed_in(cast.stranger)
    top = client.get("/people/units/").content.decode()
    assert "远航电商" in top
    assert "华东组" not in top
    # The one company at the top is open already.
    assert "销售部" in top
    assert f"/people/units/{cast.sales.pk}/branch/" in top
    below = client.get(f"/people/units/{cast.sales.pk}/branch/").content.decode()
    assert "华东组" in below
    assert "<html" not in below
    page = client.get(f"/people/units/{cast.sales.pk}/").content.decode()
    assert "华东组" in page
    assert "远航电商" in page


def test_sight_lists_exactly_those_who_see_the_person(cast: Cast) -> None:
    grant(cast.auditor, RoleGrant.Role.HRBP, cast.service)
    grant(cast.stranger, RoleGrant.Role.HRBP, cast.company)
    for subject in Employee.objects.select_related("user"):
        shown = {sight.who.pk for sight in signed_in(subject).get("/people/sight/").context["seers"]}
        seeing = {
            actor.pk
            for actor in Employee.objects.select_related("user").exclude(pk=subject.pk)
            if access.visible_employees(actor.user).filter(pk=subject.pk).exists()
        }
        assert shown == seeing, subject.name


def test_sight_tells_why(cast: Cast) -> None:
    seers = signed_in(cast.xiaozhang).get("/people/sight/").context["seers"]
    assert [(one.who.name, [str(reason.text) for reason in one.reasons]) for one in seers] == [
        ("李经理", ["您的直属上级"]),
        ("陈总", ["您的上级主管", "高管，可查看全组织"]),
        ("王HRBP", ["您所在部门的HRBP"]),
    ]
    set_manager(cast.xiaozhang, None)
    assert [one.who.name for one in signed_in(cast.xiaozhang).get("/people/sight/").context["seers"]] == [
        "王HRBP",
        "陈总",
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"manager": "A011"}, "小张"),
        ({"manager": "NO"}, "NO"),
        ({"org_unit": "没有/这个"}, "没有/这个"),
        ({"on": "2999-01-01", "manager": "A020"}, "2999"),
        ({"position": "0"}, ""),
        ({"status": "asleep"}, ""),
    ],
)
def test_an_impossible_change_is_said_on_the_form_and_changes_nothing(
    cast: Cast, fields: dict[str, str], sentence: str
) -> None:
    response = signed_in(cast.administrator).post(f"/people/{cast.xiaozhang.pk}/edit/", change(cast, **fields))
    assert response.status_code == 422
    assert response.context["form"].errors
    assert sentence in str(response.context["form"].errors)
    assert not Event.objects.filter(name__startswith="employee.").exists()


def test_only_the_fields_of_the_form_can_be_changed(cast: Cast) -> None:
    mass = {field.name: "9" for field in Employee._meta.fields}
    signed_in(cast.administrator).post(f"/people/{cast.xiaozhang.pk}/edit/", {**mass, **change(cast, manager="A020")})
    after = Employee.objects.get(pk=cast.xiaozhang.pk)
    assert (after.employee_no, after.name, after.user_id) == ("A011", "小张", cast.xiaozhang.user_id)
    assert after.manager_id == cast.stranger_manager.pk


def test_who_is_set_to_left_is_signed_out_by_the_next_click(cast: Cast) -> None:
    client = signed_in(cast.xiaozhang)
    assert client.get("/people/").status_code == 200
    signed_in(cast.administrator).post(f"/people/{cast.xiaozhang.pk}/edit/", change(cast, status="left"))
    assert client.get("/people/").status_code == 302


def test_a_role_is_granted_and_counts_at_once(cast: Cast) -> None:
    told = {"employee": "A021", "role": "hrbp", "org_unit": "远航电商/销售部"}
    assert signed_in(cast.administrator).post("/people/roles/", told).status_code == 302
    assert access.visible_employees(cast.stranger.user).filter(pk=cast.xiaozhang.pk).exists()
    fact = Event.objects.get(name="role.granted")
    assert fact.payload["role"] == "hrbp"
    assert fact.actor == cast.administrator.user


@pytest.mark.parametrize(
    "told",
    [
        {"employee": "A021", "role": "hrbp"},
        {"employee": "A021", "role": "executive", "org_unit": "远航电商"},
        {"employee": "A030", "role": "hrbp", "org_unit": "远航电商/销售部"},
        {"employee": "A021", "role": "auditor", "valid_from": "2026-02-01", "valid_to": "2026-01-01"},
        {"employee": "NO", "role": "auditor"},
        {"employee": "A021", "role": "emperor"},
    ],
)
def test_an_impossible_role_is_said_on_the_form(cast: Cast, told: dict[str, str]) -> None:
    before = RoleGrant.objects.count()
    response = signed_in(cast.administrator).post("/people/roles/", told)
    assert response.status_code == 422
    assert RoleGrant.objects.count() == before


def test_the_last_administrator_stays_and_a_second_may_go(cast: Cast) -> None:
    client = signed_in(cast.administrator)
    own = RoleGrant.objects.get(employee=cast.administrator)
    response = client.post(f"/people/roles/{own.pk}/revoke/")
    assert response.status_code == 409
    assert access.can_manage_people(cast.administrator.user)
    # One who will be gone tomorrow, or cannot sign in, does not count.
    until = timezone.localdate() + timedelta(days=1)
    second = grant(cast.stranger, RoleGrant.Role.ADMINISTRATOR)
    RoleGrant.objects.filter(pk=second.pk).update(valid_to=until)
    assert client.post(f"/people/roles/{own.pk}/revoke/").status_code == 409
    RoleGrant.objects.filter(pk=second.pk).update(valid_to=None)
    assert client.post(f"/people/roles/{own.pk}/revoke/").status_code == 302
    assert client.get("/people/roles/").status_code == 403


def test_roles_that_ended_are_listed_apart(cast: Cast) -> None:
    client = signed_in(cast.administrator)
    RoleGrant.objects.filter(employee=cast.hrbp_wang).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert {one.employee.name for one in client.get("/people/roles/").context["page"]} == {"陈总", "郑管理员", "钱审计"}
    assert {one.employee.name for one in client.get("/people/roles/?ended=1").context["page"]} == {"王HRBP"}
