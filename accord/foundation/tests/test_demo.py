"""One click, another person: in a demo and nowhere else."""

from typing import Any

import pytest
from django.test import Client

from accord.foundation.personas import Persona
from tests.cast import Cast

BECOME = "/demo/become/"
LI = Persona("A010", "李经理，销售经理", "看团队的红灯")


@pytest.fixture(autouse=True)
def demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setattr("accord.config.personas.PERSONAS", (LI, Persona("A011", "小张", "看自己的目标")))


def who(client: Client) -> str:
    response = client.get("/me/")
    return response.context["user"].username if response.status_code == 200 else ""


def test_a_visitor_comes_in_with_one_click(cast: Cast, client: Client) -> None:
    assert "看团队的红灯" in client.get("/accounts/login/").text
    assert client.post(BECOME, {"username": "A010"})["Location"] == "/"
    assert who(client) == "A010"


def test_the_menu_changes_who_one_is(cast: Cast, client: Client) -> None:
    client.force_login(cast.xiaozhang.user)
    page = client.get("/me/").text
    assert "我的账号</a>" in page
    assert "切换为 李经理，销售经理" in page
    assert "切换为 小张" not in page
    session = client.session.session_key
    client.post(BECOME, {"username": "A010", "next": "/me/"})
    assert who(client) == "A010"
    assert client.session.session_key != session


@pytest.mark.parametrize("username", ["A001", "", "a010 ", "nobody"])
def test_only_personas_can_be_become(username: str, cast: Cast, client: Client) -> None:
    assert client.post(BECOME, {"username": username}).status_code == 404
    assert who(client) == ""


def test_a_closed_persona_cannot_be_become(cast: Cast, client: Client) -> None:
    cast.manager_li.user.is_active = False
    cast.manager_li.user.save()
    assert client.post(BECOME, {"username": "A010"}).status_code == 404


def test_it_needs_a_post(cast: Cast, client: Client) -> None:
    assert client.get(BECOME).status_code == 405


def test_a_real_installation_has_none_of_it(cast: Cast, client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.post(BECOME, {"username": "A010"}).status_code == 404
    assert "看团队的红灯" not in client.get("/accounts/login/").text
    client.force_login(cast.xiaozhang.user)
    assert "切换为" not in client.get("/me/").text


def test_a_label_holds_the_name_and_the_position() -> None:
    assert [Persona("x", label).name for label in ("李经理，销售经理", "Ann Lee, manager", "小张 销售")] == [
        "李经理",
        "Ann Lee",
        "小张",
    ]
