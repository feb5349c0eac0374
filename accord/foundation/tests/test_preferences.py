"""Language, time zone, theme, what one hears of, and one's own data."""

import json

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from accord.foundation.middleware import ReaderPreferences
from accord.foundation.models import NotificationPreference, User
from accord.foundation.notices import PASSWORD_CHANGED
from accord.foundation.queries.notifications import mail_modes
from accord.foundation.services.notifications import notify
from tests.cast import Cast
from tests.ladder import Ladder


@pytest.fixture
def user(cast: Cast) -> User:
    return cast.xiaozhang.user


@pytest.fixture
def client(user: User, client: Client) -> Client:
    client.force_login(user)
    return client


class TestProfile(Ladder):
    url_name = "foundation:profile"
    may_open = ("xiaozhang", "administrator")
    hidden_from = ()
    wrong_verbs = ("delete", "put")


class TestOwnData(Ladder):
    url_name = "foundation:own_data"
    may_open = ("xiaozhang",)
    hidden_from = ()


class TestNotificationPreferences(Ladder):
    url_name = "foundation:notification_preferences"
    may_open = ("xiaozhang",)
    hidden_from = ()
    method = "post"


def test_the_language_is_kept_with_the_account(user: User, client: Client) -> None:
    assert "个人信息" in client.get("/me/", HTTP_ACCEPT_LANGUAGE="en").text
    response = client.post("/preferences/language/", {"language": "en", "next": "/me/"})
    assert response["Location"] == "/me/"
    user.refresh_from_db()
    assert user.language == "en"
    fresh = Client()
    fresh.force_login(user)
    assert "About me" in fresh.get("/me/", HTTP_ACCEPT_LANGUAGE="zh-CN").text


def test_a_visitor_has_a_language_too(client: Client) -> None:
    visitor = Client()
    assert "Sign in" not in visitor.get("/accounts/login/").text
    visitor.post("/preferences/language/", {"language": "en", "next": "/accounts/login/"})
    assert "Sign in" in visitor.get("/accounts/login/").text


@pytest.mark.parametrize("language", ["", "xx", "de", "../../etc"])
def test_a_language_we_do_not_speak_changes_nothing(language: str, user: User, client: Client) -> None:
    client.post("/preferences/language/", {"language": language})
    user.refresh_from_db()
    assert user.language == "zh-hans"


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("pink", None)])
def test_the_theme_is_kept_in_a_cookie(theme: str, kept: str | None, client: Client) -> None:
    response = client.post("/preferences/theme/", {"theme": theme, "next": "/me/"})
    assert response["Location"] == "/me/"
    assert (response.cookies["accord_theme"].value if kept else None) == kept
    assert ("accord_theme" in response.cookies) == bool(kept)


def test_a_request_runs_in_the_readers_language_and_zone(user: User, rf: RequestFactory) -> None:
    seen = []

    def view(request):
        seen.append((translation.get_language(), str(timezone.get_current_timezone())))

    user.language, user.time_zone = "en", "America/New_York"
    request = rf.get("/")
    request.user = user
    with translation.override("zh-hans"):
        ReaderPreferences(view)(request)
        user.time_zone = "Mars/Olympus"
        ReaderPreferences(view)(request)
    assert seen == [("en", "America/New_York"), ("en", "Asia/Shanghai")]
    assert str(timezone.get_current_timezone()) == "Asia/Shanghai"


def test_profile_saves_language_and_zone_and_never_the_name(user: User, client: Client) -> None:
    client.post(
        "/me/", {"language": "en", "time_zone": "Europe/London", "name": "别人", "username": "root", "is_staff": "on"}
    )
    user.refresh_from_db()
    assert (user.language, user.time_zone) == ("en", "Europe/London")
    assert (user.name, user.username, user.is_staff) == ("小张", "A011", False)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Asia", ""])
def test_profile_knows_places_on_earth_only(zone: str, user: User, client: Client) -> None:
    assert client.post("/me/", {"language": "en", "time_zone": zone}).status_code == 200
    user.refresh_from_db()
    assert (user.language, user.time_zone) == ("zh-hans", "Asia/Shanghai")


def test_each_kind_can_be_tuned_and_the_default_is_no_choice(user: User, client: Client) -> None:
    kind = PASSWORD_CHANGED.code
    assert mail_modes(user)[kind] == "at_once"
    client.post("/me/notifications/", dict.fromkeys(mail_modes(user), "app_only"))
    assert mail_modes(user)[kind] == "app_only"
    client.post("/me/notifications/", mail_modes(user) | {kind: "at_once"})
    assert mail_modes(user)[kind] == "at_once"
    assert not NotificationPreference.objects.filter(user=user, kind=kind).exists()


def test_a_mode_that_does_not_exist_is_refused(user: User, client: Client) -> None:
    response = client.post("/me/notifications/", {PASSWORD_CHANGED.code: "by_pigeon"})
    assert response.status_code == 200
    assert not NotificationPreference.objects.exists()


def test_own_data_is_all_mine_and_only_mine(cast: Cast, user: User, client: Client) -> None:
    notify(user, PASSWORD_CHANGED.code, cause="mine", values={})
    notify(cast.stranger.user, PASSWORD_CHANGED.code, cause="theirs", values={})
    client.post(
        "/accounts/password/change/",
        {"oldpassword": "secret", "password1": "a b c d e f g", "password2": "a b c d e f g"},
    )
    response = client.get("/me/data.json")
    assert "attachment" in response["Content-Disposition"]
    account = json.loads(response.text)["account"]
    assert account["employee_no"] == "A011"
    assert [event["name"] for event in account["events"]] == ["account.password_set"]
    assert len(account["notifications"]) == 2
    assert "password" not in account
    assert "argon2" not in response.text
    assert "md5$" not in response.text
