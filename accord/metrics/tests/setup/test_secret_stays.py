"""A stored secret goes nowhere but to where whoever typed it meant it to go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from accord.metrics.connectors.destinations import destinations
from accord.metrics.errors.connections import SecretWantedAgain
from accord.metrics.models import Connection
from accord.metrics.services.connections import changing
from accord.metrics.tests.setup.builders import tickets_of
from tests.cast import Cast, client_of


def test_an_administrator_cannot_have_the_secret_sent_to_a_server_of_theirs(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    client = client_of(cast.administrator)
    settings = {**connection.settings, "base": "https://thief.example.net/REST/2.0"}
    answers = {
        "source_settings": {"settings": json.dumps(settings)},
        "source_address": {"name": "工单系统", "q_address": "https://thief.example.net", "q_account": "root"},
    }
    for page, answer in answers.items():
        response = client.post(reverse(f"metrics:{page}", args=[connection.pk]), {"edition": 1, **answer})
        assert response.status_code == 422
        assert "重新填写" in response.content.decode()
    after = Connection.objects.get()
    assert (after.edition, after.settings) == (1, connection.settings)


def test_another_place_for_the_token_is_another_place_and_a_typed_secret_goes_anywhere(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    auth = {"kind": "oauth2", "client_id": "x", "token_url": "https://thief.example.net/token"}
    settings = {**connection.settings, "auth": auth}
    with pytest.raises(SecretWantedAgain):
        changing.change_settings(connection, 1, settings, "", cast.hrbp_wang)
    changing.change_settings(connection, 1, settings, "a new one", cast.hrbp_wang)
    changing.change_settings(connection, 2, {**settings, "limits": {"timeout": 5}}, "", cast.hrbp_wang)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"base": "https://a.example.com/x"}, {"base": "http://a.example.com/x"}),
        ({"base": "https://a.example.com/x"}, {"base": "https://a.example.com:8443/x"}),
        ({"base": "https://a.example.com/x"}, {"base": "https://a.example.com\\@b.example.com"}),
        ({"url": "postgresql://r@a/x"}, {"url": "postgresql://r@b/x"}),
        ({"url": "postgresql://r@a/x?sslmode=require"}, {"url": "postgresql://r@a/x"}),
        ({"url": "ldap://a", "tls": "start"}, {"url": "ldap://a"}),
        ({"endpoint": "https://a"}, {"endpoint": "https://a.b"}),
        ({"base": "https://a", "auth": {"path": "/login"}}, {"base": "https://a", "auth": {"path": "https://b/login"}}),
    ],
)
def test_what_is_another_place(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert not destinations(after) <= destinations(before)


def test_what_is_the_same_place() -> None:
    before = {"base": "https://a.example.com/x", "auth": {"path": "/login"}}
    assert destinations({"base": "https://A.example.com/y", "auth": {"path": "/auth"}}) <= destinations(before)
