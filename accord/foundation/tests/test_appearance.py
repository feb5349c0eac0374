"""Language and theme are kept without signing in, and lead back to where one was, never elsewhere."""

import pytest
from django.test import Client
from django.urls import reverse

THEME = reverse("foundation:set_theme")
LANGUAGE = reverse("foundation:set_language")

pytestmark = pytest.mark.django_db


def test_the_theme_is_kept_and_rendered(client: Client) -> None:
    response = client.post(THEME, {"theme": "dark", "next": "/accounts/login/?next=/people/"})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/people/")
    assert 'data-bs-theme="dark"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("theme", ["", "pink", '"><script>'])
def test_an_unknown_theme_changes_nothing(client: Client, theme: str) -> None:
    client.post(THEME, {"theme": theme})
    assert "accord_theme" not in client.cookies
    client.cookies["accord_theme"] = theme
    assert 'data-bs-theme="auto"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("address", [THEME, LANGUAGE])
@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(client: Client, address: str, elsewhere: str) -> None:
    response = client.post(address, {"theme": "dark", "language": "en", "next": elsewhere})
    assert response["Location"] == "/"


@pytest.mark.parametrize("address", [THEME, LANGUAGE])
def test_looking_does_not_change_anything(client: Client, address: str) -> None:
    assert client.get(address).status_code == 405


def test_the_style_page_is_not_for_real_instances(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEBUG = settings.DEMO = False
    assert client.get("/_style/").status_code == 404
    settings.DEMO = True
    assert client.get("/_style/").status_code == 200
