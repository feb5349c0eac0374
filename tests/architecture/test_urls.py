"""Every address says who may open it: anybody (listed here), anybody signed in, or those a ladder names."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.ladder import Ladder

ROOT = Path(__file__).parents[2]

OPEN_TO_ANYBODY = {
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "foundation:become",
    "foundation:healthz",
    "foundation:set_language",
    "foundation:set_theme",
    "foundation:style",
    # What a browser needs before it can ask for a passkey; it names nobody.
    "mfa_login_webauthn",
    # Calendars can't sign in: the signed address is the only key, and a wrong one is not found.
    "coaching:calendar_feed",
    # Programs show the token of the connection instead of signing in; without it nobody learns what is there.
    "metrics:push",
    # A learning system signs what it delivers; without the signature nobody learns what is there.
    "coaching:learning_hook",
    # Whoever holds a printed document may ask whether it is real. An unknown digest is not found.
    "workflow:verify",
    "workflow:verify_any",
    # Mail programs stop a mail for their reader by a signed address that can do nothing else.
    "insights:stop_weekly_mail",
}
"""Addresses that answer a visitor. `become` and `style` answer with 404 outside a demo."""

SAMPLES = {
    "int": 1,
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": UUID(int=1),
}


def patterns(resolver: URLResolver, space: str = "", prefix: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every named pattern below `resolver` as (name with namespace, address with its places, pattern)."""
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, inner, address)
        else:
            yield f"{space}{entry.name}", address, entry


def ours() -> list[tuple[str, str, URLPattern]]:
    return list(patterns(get_resolver()))


def sample_path(address: str) -> str:
    """A path that fits the pattern, with invented values at its places."""
    if address.startswith("accounts/^"):
        return "/accounts/password/reset/key/1-x/"
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda place: str(SAMPLES[place[1] or "str"]), address)


def ladders() -> set[str]:
    """The addresses that some ladder climbs."""
    for file in [*ROOT.glob("accord/*/tests/test_*.py"), *ROOT.glob("accord/*/tests/*/test_*.py")]:
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))

    def below(rung: type[Ladder]) -> Iterator[type[Ladder]]:
        for child in rung.__subclasses__():
            yield child
            yield from below(child)

    return {ladder.url_name for ladder in below(Ladder) if hasattr(ladder, "url_name")}


def test_every_address_has_a_name() -> None:
    assert [address for name, address, _ in ours() if name.endswith("None")] == []


def test_the_list_of_open_addresses_names_no_stranger() -> None:
    assert OPEN_TO_ANYBODY - {name for name, _, _ in ours()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_visitor_gets_the_sign_in_page_or_nothing(verb: str) -> None:
    client, login = Client(), reverse("account_login")
    open_doors = []
    for name, address, _ in ours():
        response = getattr(client, verb)(sample_path(address))
        shut = response.status_code in (401, 404) or response.get("Location", "").startswith(login)
        if name not in OPEN_TO_ANYBODY and not shut:
            open_doors.append((name, response.status_code))
    assert open_doors == []


def test_every_address_with_an_id_has_a_ladder() -> None:
    with_ids = {name for name, address, _ in ours() if "<" in address}
    assert with_ids - OPEN_TO_ANYBODY - ladders() == set()


@pytest.mark.django_db
def test_nobody_can_sign_up() -> None:
    assert Client().get("/accounts/signup/").status_code == 404
    assert Client().post("/accounts/signup/", {"username": "x"}).status_code == 404
