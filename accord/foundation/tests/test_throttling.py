"""Guessing is slow, and nobody is kept out by somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accord.foundation import throttling
from accord.foundation.models import AttemptCount, User
from accord.foundation.throttling import Limit, forget_past_attempts, take_all

PASSWORD = "correct horse battery"
WRONG = "wrong"
OFFICE, HOME = "10.0.0.1", "192.0.2.7"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A time of day in the middle of every stretch."""
    now = datetime.fromisoformat("2026-11-23T10:02:30Z")
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def user(db: None) -> User:
    User.objects.create_user("A012", "a012@example.com", PASSWORD)
    return User.objects.create_user("A011", "a011@example.com", PASSWORD)


def attempt(client: Client, address: str, login: str = "A011", password: str = WRONG) -> bool:
    """Whether the password was looked at: False means that the throttle answered."""
    response = client.post("/accounts/login/", {"login": login, "password": password}, REMOTE_ADDR=address)
    return response.status_code == 302 or "尝试次数过多" not in response.text


def exhaust(address: str, login: str = "A011") -> int:
    client = Client()
    return sum(attempt(client, address, login) for _ in range(10))


def test_a_sixth_guess_from_one_address_is_not_looked_at(user: User) -> None:
    assert exhaust(OFFICE) == 5
    assert not attempt(Client(), OFFICE, password=PASSWORD)


def test_an_unknown_account_is_throttled_alike(user: User) -> None:
    assert exhaust(OFFICE, "A999") == 5


def test_the_owner_elsewhere_and_the_neighbour_are_not_kept_out(user: User) -> None:
    exhaust(OFFICE)
    assert attempt(Client(), HOME, password=PASSWORD)
    assert attempt(Client(), OFFICE, "A012", PASSWORD)


def test_a_browser_that_was_here_before_is_not_kept_out_by_anybody(user: User) -> None:
    mine = Client()
    assert attempt(mine, OFFICE, password=PASSWORD)
    mine.post("/accounts/logout/")
    for number in range(12):
        exhaust(f"198.51.100.{number}")
    for number in range(40):
        attempt(Client(), OFFICE, f"X{number}")
    assert not attempt(Client(), HOME, password=PASSWORD)
    assert not attempt(Client(), OFFICE, "A012", PASSWORD)
    assert attempt(mine, OFFICE, password=PASSWORD)


def test_a_known_browser_guesses_slowly_too(user: User) -> None:
    mine = Client()
    attempt(mine, OFFICE, password=PASSWORD)
    mine.post("/accounts/logout/")
    assert sum(attempt(mine, OFFICE) for _ in range(15)) == 10


def test_a_mark_of_another_account_or_a_forged_one_opens_nothing(user: User) -> None:
    exhaust(OFFICE)
    other = Client()
    assert attempt(other, OFFICE, "A012", PASSWORD)
    other.post("/accounts/logout/")
    assert not attempt(other, OFFICE, "A011", PASSWORD)
    other.cookies["accord_browser"] = f"{user.pk}:guessed"
    assert not attempt(other, OFFICE, "A011", PASSWORD)


def test_signing_in_again_and_again_is_no_attempt(user: User) -> None:
    for _ in range(8):
        assert attempt(Client(), OFFICE, password=PASSWORD)


def test_the_stretch_ends(user: User, clock: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    exhaust(OFFICE)
    monkeypatch.setattr(timezone, "now", lambda: clock + timedelta(minutes=5))
    assert attempt(Client(), OFFICE, password=PASSWORD)


def test_one_ipv6_customer_is_one_address(user: User) -> None:
    for number in range(5):
        attempt(Client(), f"2001:db8:0:1::{number}")
    assert not attempt(Client(), "2001:db8:0:1:ffff::1")
    assert attempt(Client(), "2001:db8:0:2::1")


def test_what_was_typed_is_not_kept(user: User) -> None:
    attempt(Client(), OFFICE, "my secret typed into the wrong field")
    assert "secret" not in str(list(AttemptCount.objects.values()))


def test_counts_that_are_over_are_forgotten(db: None, clock: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = Limit("test", 1, 60)
    limit.take("a")
    assert forget_past_attempts() == 0
    monkeypatch.setattr(timezone, "now", lambda: clock + timedelta(hours=1))
    limit.take("a")
    assert forget_past_attempts() == 1
    assert not limit.take("a")


def test_all_limits_or_none_are_counted(db: None) -> None:
    wide, narrow = Limit("wide", 2, 60), Limit("narrow", 1, 60)
    assert take_all([(wide, "a"), (narrow, "a")])
    assert not take_all([(wide, "a"), (narrow, "a")])
    assert wide.take("a")
    assert not wide.take("a")


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_all_counted() -> None:
    limit = Limit("at once", 5, 300)

    def take(_: int) -> bool:
        try:
            return limit.take("a")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(take, range(40))) == 5


def test_behind_a_proxy_the_visitors_address_counts(rf, settings) -> None:
    request = rf.get("/", REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.5")
    assert throttling.address_of(request) == "10.9.9.9"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert throttling.address_of(request) == "203.0.113.5"
