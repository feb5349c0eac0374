"""Signing in and out."""

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string

from accord.foundation.models import User
from accord.foundation.queries.accounts import account_named

LOGIN = "/accounts/login/"
PASSWORD = "correct horse battery"
ENCODE = hashers.MD5PasswordHasher.encode
WRONG = "工号、邮箱或密码不正确"


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("A011", "xiaozhang@example.com", PASSWORD, name="小张")


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize("name", ["A011", "a011", " A011 ", "xiaozhang@example.com", "XiaoZhang@Example.com"])
def test_number_and_address_both_open_the_account(name: str, user: User, client: Client) -> None:
    response = sign_in(client, name)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client)


def test_an_address_that_two_people_share_opens_neither(user: User, client: Client) -> None:
    User.objects.create_user("A012", "xiaozhang@example.com", PASSWORD)
    assert sign_in(client, "xiaozhang@example.com").status_code == 200
    assert sign_in(client, "A012").status_code == 302


def test_an_address_left_on_a_closed_account_is_free_for_the_open_one(user: User) -> None:
    User.objects.create_user("A012", "XIAOZHANG@example.com", PASSWORD, is_active=False)
    assert account_named("xiaozhang@example.com") == user


def test_a_number_beats_somebody_elses_address(user: User) -> None:
    impostor = User.objects.create_user("B001", "A011", PASSWORD)
    assert account_named("A011") == user != impostor


def test_one_query_finds_an_account_and_an_index_answers(user: User, django_assert_num_queries) -> None:
    with django_assert_num_queries(1) as captured:
        account_named("A011")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            assert "SCAN users" not in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("A011", "wrong"),
        ("xiaozhang@example.com", "wrong"),
        ("A999", PASSWORD),
        ("nobody@example.com", PASSWORD),
        ("closed", PASSWORD),
        ("invited", PASSWORD),
    ],
)
def test_no_answer_tells_whether_an_account_exists(login: str, password: str, user: User, client: Client) -> None:
    User.objects.create_user("closed", "c@example.com", PASSWORD, is_active=False)
    User.objects.create_user("invited", "i@example.com", None)
    response = sign_in(client, login, password)
    assert response.status_code == 200
    assert WRONG in response.text
    strip = response.text.replace(login, "NAME").replace(str(response.context["csrf_token"]), "TOKEN")
    other = sign_in(client, "somebody-else", "wrong")
    assert strip == other.text.replace("somebody-else", "NAME").replace(str(other.context["csrf_token"]), "TOKEN")


@pytest.mark.parametrize("login", ["A011", "xiaozhang@example.com", "A999", "nobody@example.com", "closed", "invited"])
def test_every_attempt_runs_the_hasher_once(login: str, user: User, client: Client) -> None:
    User.objects.create_user("closed", "c@example.com", PASSWORD, is_active=False)
    User.objects.create_user("invited", "i@example.com", None)
    with patch.object(hashers.MD5PasswordHasher, "encode", autospec=True, side_effect=ENCODE) as encode:
        sign_in(client, login, "wrong")
    assert encode.call_count == 1


def test_passwords_are_kept_as_argon2id(user: User, client: Client, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user.set_password(PASSWORD)
    user.save()
    assert user.password.startswith("argon2$argon2id$")
    assert sign_in(client, "A011", "wrong").status_code == 200
    assert sign_in(client, "A011").status_code == 302


def test_the_products_own_settings_know_argon2_only() -> None:
    hashers_of_product = import_string("accord.config.settings.security.PASSWORD_HASHERS")
    assert hashers_of_product == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_the_session_gets_a_new_id(user: User, client: Client) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["accord"] = before
    sign_in(client, "A011")
    assert client.session.session_key not in (None, before)


def test_a_closed_account_is_out_at_the_next_request(user: User, client: Client) -> None:
    sign_in(client, "A011")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/me/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "http:///evil.example",
    ],
)
def test_next_stays_here(away: str, user: User, client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".example"]
    assert sign_in(client, "A011", next=away)["Location"] == "/"
    assert client.post(LOGIN, {"next": away})["Location"] == "/"
    assert client.post("/preferences/theme/", {"theme": "dark", "next": away})["Location"] == "/"
    assert client.post("/accounts/logout/", {"next": away})["Location"] == "/"


def test_next_leads_on(user: User, client: Client) -> None:
    assert sign_in(client, "A011", next="/me/?a=1")["Location"] == "/me/?a=1"


def test_signing_out_needs_a_post(user: User, client: Client) -> None:
    client.force_login(user)
    assert client.get("/accounts/logout/").status_code == 405
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)


def test_keep_me_signed_in_is_a_choice(user: User, client: Client) -> None:
    sign_in(client, "A011")
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, "A011", remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_signing_in_and_out_needs_no_congratulation(user: User, client: Client) -> None:
    sign_in(client, "A011")
    assert list(client.get("/me/").context["messages"]) == []
    client.post("/accounts/logout/")
    assert list(client.get(LOGIN).context["messages"]) == []
