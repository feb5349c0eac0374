"""Today names the agreements that go no further without the reader."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from accord.goals.services.agreements.terms import agree, propose
from accord.goals.tests.agree.builders import drafted, sign_for, wording
from accord.people.models import Employee
from tests.cast import Cast


def today_of(person: Employee) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(reverse("insights:today")).content.decode()


def test_each_step_is_named_to_the_one_whose_it_is_and_to_nobody_else(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    assert "待提交商定" in today_of(cast.manager_li)
    assert "待我处理的合约" not in today_of(cast.xiaozhang)
    propose(wording(agreement), cast.manager_li)
    assert "待同意" in today_of(cast.xiaozhang)
    assert reverse("goals:agreement", args=[agreement.pk]) in today_of(cast.manager_li)
    agree(wording(agreement), cast.xiaozhang, wording(agreement).edition)
    assert "待我处理的合约" not in today_of(cast.xiaozhang)
    agree(wording(agreement), cast.manager_li, wording(agreement).edition)
    assert "待签署" in today_of(cast.xiaozhang)
    sign_for(cast.xiaozhang, wording(agreement))
    assert "待我处理的合约" not in today_of(cast.xiaozhang)
    assert "待签署" in today_of(cast.manager_li)
    assert "待我处理的合约" not in today_of(cast.hrbp_wang)
