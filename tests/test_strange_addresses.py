"""What no page of ours links to, but anybody can type, is answered and never breaks a page on either database."""

import pytest
from django.test import Client

from tests.cast import Cast

LARGE = 2**63
STRANGE = ("%00", "a%00b", "%ED%A0%80", "%F0%9F%98%80", "'%22%3Cscript%3E", "%25%5F%5C", "9" * 400)
SEARCHES = ("/people/", "/people/positions/", "/metrics/", "/goals/", "/goals/position-map/")
NUMBERED = (
    "/people/{}/",
    "/people/units/{}/",
    "/boards/team/{}/",
    "/boards/units/{}/",
    "/boards/positions/{}/",
    "/metrics/{}/",
    "/metrics/values/{}/2000001/",
    "/metrics/values/1/{}/",
    "/alerts/{}/",
    "/coaching/tasks/{}/",
    "/imports/{}/",
    "/notifications/{}/",
)


@pytest.fixture
def executive(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.executive_chen.user)
    return client


@pytest.mark.parametrize("text", STRANGE)
def test_whatever_is_searched_for_is_looked_for(executive: Client, text: str) -> None:
    for address in SEARCHES:
        for name in ("q", "cycle", "unit", "page", "state", "on"):
            assert executive.get(f"{address}?{name}={text}").status_code == 200, (address, name)


@pytest.mark.parametrize("address", NUMBERED)
def test_a_number_beyond_all_keys_is_not_found(executive: Client, address: str) -> None:
    for number in (0, LARGE - 1, LARGE, 10**30):
        assert executive.get(address.format(number)).status_code == 404, number
