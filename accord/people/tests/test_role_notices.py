"""Far-reaching rights are not granted in silence."""

import pytest

from accord.foundation.models import Notification
from accord.people.models import RoleGrant
from accord.people.services.roles import grant_role
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_an_administrator_who_makes_themselves_executive_is_noticed(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        grant_role(cast.administrator, Role.EXECUTIVE, actor=cast.administrator.user)
    assert told("people.sight_granted") == {"陈总", "郑管理员"}
    assert Notification.objects.first().values["unit"] == "远航电商"


def test_a_partner_and_an_administrator_are_noticed_an_assistant_is_not(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        grant_role(cast.stranger, Role.HRBP, org_unit=cast.east)
        grant_role(cast.colleague, Role.ADMINISTRATOR)
        grant_role(cast.xiaozhang, Role.ASSISTANT, org_unit=cast.east)
    assert told("people.sight_granted") >= {"陈总", "郑管理员", "外人"}
    assert told("people.rights_granted") == {"陈总", "郑管理员", "小林"}
    assert "小张" not in told("people.sight_granted") | told("people.rights_granted")
