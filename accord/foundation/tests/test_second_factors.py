"""Second factors: set up by oneself after confirming, asked for at sign-in, each code good once, guessing ended."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import ANY

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.foundation.errors import FactorRefused, TooManyAttempts
from accord.foundation.models import Event, Notification, User
from accord.foundation.second_factors import Assertion, Code, Password, factors_of, prove
from accord.foundation.second_factors.proving import ATTEMPTS
from accord.foundation.tests.software_key import PRESENT_AND_VERIFIED, SoftwareKey
from tests.cast import Cast
from tests.ladder import Ladder

CHALLENGE = b"what is to be signed, 32 bytes.."
SECRET = base64.b32encode(b"a secret of twenty b").decode()


class TestRemovePasskey(Ladder):
    url_name = "mfa_remove_webauthn"
    may_open = ("xiaozhang",)
    hidden_from = ("manager_li", "stranger", "administrator")
    wrong_verbs = ("delete",)

    def make(self, cast: Cast) -> Authenticator:
        return SoftwareKey().register_for(cast.xiaozhang.user)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


@pytest.fixture
def user(cast: Cast) -> User:
    return cast.xiaozhang.user


def code_now(later: int = 0) -> str:
    """The six digits of the app, `later` half minutes from now."""
    return format_hotp_value(hotp_value(SECRET, int(timezone.now().timestamp()) // 30 + later))


def give_app(user: User) -> None:
    """Set up an authenticator app."""
    TOTP.activate(user, SECRET)


def test_the_factors_of_an_account_come_strongest_first(user: User) -> None:
    assert factors_of(user) == ("password",)
    give_app(user)
    SoftwareKey().register_for(user)
    assert factors_of(user) == ("passkey", "totp", "password")
    user.set_unusable_password()
    assert factors_of(user) == ("passkey", "totp")


def test_a_code_is_good_once(user: User) -> None:
    give_app(user)
    code = code_now()
    assert prove(user, Code(f"{code[:3]} {code[3:]}"), CHALLENGE).method == "totp"
    for used in (code, code_now(-1), code_now(5), "", "abcdef"):
        with pytest.raises(FactorRefused):
            prove(user, Code(used), CHALLENGE)
    assert prove(user, Code(code_now(1)), CHALLENGE).proof == {}


def test_the_secret_of_an_app_is_not_readable_in_the_database(user: User) -> None:
    give_app(user)
    assert SECRET not in str(Authenticator.objects.get(user=user).data)


def test_guessing_ends_and_good_proofs_are_not_counted(user: User) -> None:
    for _ in range(ATTEMPTS.amount + 1):
        prove(user, Password("secret"), CHALLENGE)
    for _ in range(ATTEMPTS.amount):
        with pytest.raises(FactorRefused):
            prove(user, Password("guess"), CHALLENGE)
    with pytest.raises(TooManyAttempts):
        prove(user, Password("secret"), CHALLENGE)


def test_a_passkey_proves_exactly_what_it_signed(user: User) -> None:
    key = SoftwareKey()
    key.register_for(user)
    proved = prove(user, Assertion(key.sign(CHALLENGE)), CHALLENGE)
    assert proved.method == "passkey"
    assert proved.proof == {
        "credential": ANY,
        "public_key": ANY,
        "authenticator_data": ANY,
        "client_data": ANY,
        "signature": ANY,
        "rp_id": "localhost",
        "origin": "http://localhost:8000",
    }


def forged(key: SoftwareKey, other: SoftwareKey) -> dict[str, Any]:
    """Answers that prove nothing, by what is wrong with them."""
    good, foreign = key.sign(CHALLENGE), other.sign(CHALLENGE)
    twisted = {**good, "response": {**good["response"], "signature": foreign["response"]["signature"]}}
    unverified = SoftwareKey(flags=PRESENT_AND_VERIFIED & ~4, credential_id=key.credential_id, private=key.private)
    absent = SoftwareKey(flags=PRESENT_AND_VERIFIED & ~1, credential_id=key.credential_id, private=key.private)
    elsewhere = {"credential_id": key.credential_id, "private": key.private}
    return {
        "another challenge": key.sign(CHALLENGE[::-1]),
        "another key": foreign,
        "another's signature": twisted,
        "nobody verified": unverified.sign(CHALLENGE),
        "nobody present": absent.sign(CHALLENGE),
        "another site": SoftwareKey(rp_id="evil.example", **elsewhere).sign(CHALLENGE),
        "another origin": SoftwareKey(origin="http://localhost:9000", **elsewhere).sign(CHALLENGE),
        "a registration": key.sign(CHALLENGE, "webauthn.create"),
        "nothing": {},
        "nonsense": {"id": 7, "rawId": [], "response": "x", "type": None},
        "not base64": {**good, "response": {**good["response"], "authenticatorData": "!!"}},
    }


WRONG = tuple(forged(SoftwareKey(), SoftwareKey()))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_forged_or_foreign_assertion_is_refused(user: User, cast: Cast, wrong: str) -> None:
    key, other = SoftwareKey(), SoftwareKey()
    key.register_for(user)
    other.register_for(cast.manager_li.user)
    with pytest.raises(FactorRefused):
        prove(user, Assertion(forged(key, other)[wrong]), CHALLENGE)


def test_whoever_set_up_an_app_is_asked_for_it_at_sign_in(user: User) -> None:
    give_app(user)
    client = Client()
    asked = client.post(reverse("account_login"), {"login": user.username, "password": "secret"})
    second = reverse("mfa_authenticate")
    assert asked["Location"] == second
    assert client.get("/me/").status_code == 302
    assert client.post(second, {"code": "000000"}).status_code == 200
    code = code_now()
    client.post(second, {"code": code})
    assert client.get("/me/").status_code == 200
    again = Client()
    again.post(reverse("account_login"), {"login": user.username, "password": "secret"})
    again.post(second, {"code": code})
    assert again.get("/me/").status_code == 302


def test_guessing_the_code_at_sign_in_ends(user: User) -> None:
    give_app(user)
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": "secret"})
    for _ in range(ATTEMPTS.amount):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    shown = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "短时间内尝试次数过多" in shown.content.decode()


def test_a_visitor_without_password_finds_no_second_step() -> None:
    assert Client().get(reverse("mfa_authenticate"))["Location"].startswith(reverse("account_login"))


def confirmed(user: User) -> Client:
    """Somebody signed in who has just confirmed who they are."""
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "secret"})
    return client


def test_an_app_is_set_up_and_removed_after_confirming(
    user: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    client = Client()
    client.force_login(user)
    page = reverse("mfa_activate_totp")
    assert client.get(page)["Location"].startswith(reverse("account_reauthenticate"))
    client = confirmed(user)
    shown = client.get(page).content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", shown)
    assert secret
    counter = int(timezone.now().timestamp()) // 30
    assert "aria-invalid" in client.post(page, {"code": "000000"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(page, {"code": format_hotp_value(hotp_value(secret[1], counter))})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<li><code>\d{8}</code></li>", client.get(done["Location"]).content.decode())) == 10
    assert client.get(reverse("mfa_download_recovery_codes")).content.count(b"\n") >= 10
    assert Event.objects.get(name="account.second_factor_changed").payload["change"] == "totp_activated"
    assert Notification.objects.filter(recipient=user, kind="account.second_factor_changed").count() == 1
    assert "已设置" in client.get(reverse("mfa_index")).content.decode()
    client.post(reverse("mfa_generate_recovery_codes"))
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_recovery_code_signs_in_once(user: User) -> None:
    give_app(user)
    codes = reverse("mfa_generate_recovery_codes")
    client = confirmed(user)
    client.post(codes)
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for works in (True, False):
        visitor = Client()
        visitor.post(reverse("account_login"), {"login": user.username, "password": "secret"})
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        assert (visitor.get("/me/").status_code == 200) is works


def test_who_confirms_by_code_uses_it_up(user: User) -> None:
    give_app(user)
    client = Client()
    client.force_login(user)
    code, way = code_now(), reverse("mfa_reauthenticate")
    assert client.post(way, {"code": code}).status_code == 302
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.post(way, {"code": code}).status_code == 200


def test_a_passkey_is_removed_after_confirming(user: User) -> None:
    passkey = SoftwareKey().register_for(user)
    client = confirmed(user)
    address = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert "key" in client.get(address).content.decode()
    assert client.post(address)["Location"] == reverse("mfa_index")
    assert factors_of(user) == ("password",)


def passkey_sign_in(key: SoftwareKey, user: User) -> Client:
    """Sign in with a passkey as the browser does."""
    client, address = Client(), reverse("mfa_login_webauthn")
    options = client.get(address).json()["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    challenge = base64.urlsafe_b64decode(options["challenge"] + "==")
    client.post(address, {"credential": key.as_text(key.sign(challenge, user=user))})
    return client


def test_a_passkey_alone_signs_in_but_not_into_a_closed_account(user: User) -> None:
    key = SoftwareKey()
    key.register_for(user)
    assert passkey_sign_in(key, user).get("/me/").status_code == 200
    user.is_active = False
    user.save()
    closed = passkey_sign_in(key, user)
    assert closed.get("/me/").status_code == 302
    assert "该账号已停用" in closed.get(reverse("account_login")).content.decode()


def test_anothers_passkey_signs_in_nobody(user: User, cast: Cast) -> None:
    key = SoftwareKey()
    key.register_for(cast.stranger.user)
    assert passkey_sign_in(key, user).get("/me/").status_code == 302
