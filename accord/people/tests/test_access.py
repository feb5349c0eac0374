"""Who sees whom, for every relation between two people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from accord.people import access
from accord.people.models import Employee, OrgClosure, RoleGrant
from accord.people.services.employment import move
from accord.people.services.roles import revoke_role
from tests.cast import SINCE, Cast, grant


def seen_by(person: Employee) -> set[str]:
    return {one.name for one in access.visible_employees(person.user)}


def test_an_employee_sees_themselves_only(cast: Cast) -> None:
    assert seen_by(cast.xiaozhang) == {"小张"}


def test_a_manager_sees_everybody_below_at_every_depth(cast: Cast) -> None:
    assert seen_by(cast.manager_li) == {"李经理", "小张", "小林"}
    names = {one.name for one in access.managed_employees(cast.manager_li.user)}
    assert names == {"小张", "小林"}


def test_an_hrbp_sees_their_units_and_themselves(cast: Cast) -> None:
    assert seen_by(cast.hrbp_wang) == {"王HRBP", "李经理", "小张", "小林"}


def test_an_executive_sees_all_and_an_administrator_only_themselves(cast: Cast) -> None:
    assert len(seen_by(cast.executive_chen)) == Employee.objects.count()
    assert seen_by(cast.administrator) == {"郑管理员"}


@pytest.mark.parametrize(
    "who", ["stranger", "colleague", "stranger_manager", "administrator", "auditor", "xiaozhang_inactive"]
)
def test_everybody_else_gets_a_404(cast: Cast, who: str) -> None:
    if who == "xiaozhang_inactive":
        user = cast.xiaozhang.user
        user.is_active = False
    else:
        user = getattr(cast, who).user
    with pytest.raises(Http404):
        access.employee_for(user, cast.xiaozhang.pk)


def test_an_anonymous_visitor_and_a_leaver_see_nobody(cast: Cast) -> None:
    assert not access.visible_employees(AnonymousUser()).exists()
    Employee.objects.filter(pk=cast.manager_li.pk).update(status=Employee.Status.LEFT)
    assert not access.visible_employees(cast.manager_li.user).exists()


def test_a_former_manager_sees_the_past_only_when_asked_about_it(cast: Cast) -> None:
    today = timezone.localdate()
    OrgClosure.objects.filter(ancestor=cast.manager_li, descendant=cast.xiaozhang).update(
        valid_to=today - timedelta(days=1)
    )
    user = cast.manager_li.user
    with pytest.raises(Http404):
        access.employee_for(user, cast.xiaozhang.pk)
    assert access.visible_employees(user, on=today - timedelta(days=1)).filter(pk=cast.xiaozhang.pk).exists()
    assert not access.visible_employees(user, on=SINCE - timedelta(days=1)).exists()


def test_a_role_counts_from_its_first_to_its_last_day(cast: Cast) -> None:
    today = timezone.localdate()
    future = grant(cast.stranger, RoleGrant.Role.EXECUTIVE, since=today + timedelta(days=1))
    assert access.roles_of(cast.stranger.user) == frozenset()
    RoleGrant.objects.filter(pk=future.pk).update(valid_from=date(2026, 1, 1), valid_to=today)
    assert access.is_executive(cast.stranger.user)
    RoleGrant.objects.filter(pk=future.pk).update(valid_to=today - timedelta(days=1))
    assert not access.is_executive(cast.stranger.user)


def test_predicates(cast: Cast) -> None:
    assert access.is_manager(cast.manager_li.user)
    assert not access.is_manager(cast.xiaozhang.user)
    assert access.can_manage_people(cast.administrator.user)
    assert not access.can_manage_people(cast.hrbp_wang.user)
    assert access.can_import(cast.hrbp_wang.user)
    assert not access.can_import(cast.executive_chen.user)
    assert access.is_auditor(cast.auditor.user)


def test_units_seen(cast: Cast) -> None:
    def units(person: Employee) -> set[str]:
        return {unit.name for unit in access.visible_units(person.user)}

    assert units(cast.xiaozhang) == {"华东组"}
    assert units(cast.hrbp_wang) == {"远航电商", "销售部", "华东组"}
    assert len(units(cast.executive_chen)) == 4
    with pytest.raises(Http404):
        access.org_unit_for(cast.stranger.user, cast.east.pk)


def test_django_permissions_follow_from_roles(cast: Cast) -> None:
    assert cast.administrator.user.has_perm("foundation.view_job")
    assert cast.hrbp_wang.user.has_perm("foundation.add_importrun")
    assert not cast.hrbp_wang.user.has_perm("foundation.view_job")
    assert not cast.xiaozhang.user.has_perm("foundation.view_importrun")
    cast.administrator.user.is_active = False
    assert not cast.administrator.user.has_perm("foundation.view_job")


@pytest.mark.parametrize("who", ["xiaozhang", "manager_li", "hrbp_wang", "executive_chen"])
def test_a_check_costs_one_query_beside_the_standing(cast: Cast, who: str, django_assert_num_queries) -> None:
    user = getattr(cast, who).user
    with django_assert_num_queries(2):
        assert access.employee_for(user, getattr(cast, who).pk)


def test_the_list_and_the_single_check_agree_for_every_pair(cast: Cast) -> None:
    everybody = list(Employee.objects.select_related("user"))
    for actor in everybody:
        visible = set(access.visible_employees(actor.user).values_list("pk", flat=True))
        assert visible == {whom.pk for whom in everybody if _gets(actor, whom)}
        nested = Employee.objects.filter(pk__in=access.visible_employees(actor.user).filter(status="active"))
        assert set(nested.values_list("pk", flat=True)) == visible


def _gets(actor: Employee, whom: Employee) -> bool:
    try:
        return access.employee_for(actor.user, whom.pk) == whom
    except Http404:
        return False


def test_an_hrbp_saw_on_a_past_day_who_was_in_the_unit_then(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    move(cast.xiaozhang, org_unit=cast.service)
    assert cast.xiaozhang not in access.visible_employees(cast.hrbp_wang.user)
    assert cast.xiaozhang in access.visible_employees(cast.hrbp_wang.user, on=yesterday)


def test_nobody_reaches_yesterdays_rights_or_tomorrows_by_moving_their_clock(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 5, 18, 0, tzinfo=UTC))
    held = grant(cast.stranger, RoleGrant.Role.EXECUTIVE)
    RoleGrant.objects.filter(pk=held.pk).update(valid_to=date(2026, 10, 5))
    with timezone.override("Pacific/Honolulu"):
        assert not access.is_executive(cast.stranger.user)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 5, 12, 0, tzinfo=UTC))
    RoleGrant.objects.filter(pk=held.pk).update(valid_from=date(2026, 10, 6), valid_to=None)
    with timezone.override("Pacific/Kiritimati"):
        assert not access.is_executive(cast.stranger.user)


def test_a_role_is_revoked_at_once_wherever_the_administrator_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 5, 12, 0, tzinfo=UTC))
    with timezone.override("Pacific/Kiritimati"):
        revoke_role(RoleGrant.objects.get(employee=cast.hrbp_wang), actor=cast.administrator.user)
    assert not access.is_hrbp(cast.hrbp_wang.user)
