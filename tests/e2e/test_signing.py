"""Two people sign a document, one with a passkey and one with a password, and a visitor verifies it. In Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accord.workflow.models import Document
from accord.workflow.tests.document_builders import document_between, part_of, signed_by
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE, both_screens

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _known_address(settings: Any, live_server: Any) -> None:
    """Passkeys are bound to the address the installation is known by."""
    settings.BASE_URL = live_server.url


def with_authenticator(page: Page) -> Page:
    """Give the browser a security key that confirms everything it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def add_passkey(page: Page, confirm: bool = True) -> None:
    """From the account page to a passkey, confirming with the password first."""
    page.goto("/me/")
    page.get_by_role("link", name="两步验证").click()
    page.get_by_role("link", name="添加通行密钥").click()
    if confirm:
        page.get_by_label("密码").fill("secret")
        page.get_by_role("button", name="确认").click()
    page.get_by_label("通行密钥名称").fill("办公电脑")
    page.get_by_role("button", name="添加通行密钥").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()


def test_one_signs_with_a_passkey_and_one_with_a_password(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    document = document_between(cast)
    page = with_authenticator(new_page(DESKTOP))
    sign_in(page, cast.xiaozhang.user)
    add_passkey(page)
    page.goto("/workflow/documents/")
    page.get_by_role("link", name="第四季度绩效约定").click()
    expect(page.locator("#sign").get_by_label("通行密钥")).to_be_checked()
    page.get_by_role("button", name="签署", exact=True).click()
    expect(page.get_by_text("您已签署", exact=True)).to_be_visible()
    expect(page.get_by_text("已签署（通行密钥）")).to_be_visible()
    assert part_of(cast.xiaozhang, document).proof["origin"] == page.url.split("/workflow")[0]

    phone = new_page(PHONE, has_touch=True)
    sign_in(phone, cast.manager_li.user)
    phone.goto(f"/workflow/documents/{document.pk}/")
    look(phone)
    sign = phone.locator("#sign")
    sign.get_by_label("密码").fill("not it")
    phone.get_by_role("button", name="签署", exact=True).click()
    expect(phone.get_by_text("未能确认是您本人")).to_be_visible()
    sign.get_by_label("密码").fill("secret")
    phone.get_by_role("button", name="签署", exact=True).click()
    expect(phone.get_by_text("已签署（密码）")).to_be_visible()
    with phone.expect_download() as started:
        phone.get_by_role("link", name="PDF").click()
    assert started.value.path().read_bytes().startswith(b"%PDF")
    assert started.value.suggested_filename == "第四季度绩效约定.pdf"

    visitor = new_page(PHONE)
    visitor.goto(f"/workflow/verify/{document.digest}/")
    expect(visitor.get_by_text("文件真实存在，各方均已签署")).to_be_visible()
    expect(visitor.get_by_text("小张")).to_have_count(0)
    look(visitor)


def test_refusing_with_a_passkey_covers_the_reason(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast
) -> None:
    document = document_between(cast)
    page = with_authenticator(new_page(DESKTOP))
    sign_in(page, cast.xiaozhang.user)
    add_passkey(page)
    page.goto(f"/workflow/documents/{document.pk}/")
    page.get_by_text("我不签署").click()
    page.get_by_label("拒签原因").fill("目标过高，\n先谈一谈。")
    page.get_by_role("button", name="确认拒签").click()
    expect(page.locator("blockquote")).to_contain_text("先谈一谈")
    assert part_of(cast.xiaozhang, document).method == "passkey"


def test_signing_in_with_a_passkey_alone_and_with_a_second_factor(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    page = with_authenticator(new_page(DESKTOP))
    sign_in(page, cast.xiaozhang.user)
    add_passkey(page)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="使用通行密钥登录").click()
    expect(page).not_to_have_url(re.compile("login"))
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("工号或邮箱").fill("A011")
    page.get_by_label("密码").fill("secret")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="确认是您本人")).to_be_visible()
    look(page)
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page).not_to_have_url(re.compile("login"))


@both_screens
def test_the_pages_look_right(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[[Page], None],
    cast: Cast,
    viewport: dict[str, int],
    scheme: str,
) -> None:
    document, signed = document_between(cast), document_between(cast)
    signed_by(cast.xiaozhang, signed)
    page = new_page(viewport, color_scheme=scheme)
    sign_in(page, cast.xiaozhang.user)
    paths = [
        "documents/",
        f"documents/{document.pk}/",
        f"documents/{signed.pk}/",
        f"verify/{signed.digest}/",
        "verify/",
    ]
    for address in [f"/workflow/{path}" for path in paths] + ["/accounts/second-factors/", "/accounts/login/"]:
        page.goto(address)
        look(page)


def test_without_a_script_one_signs_by_password(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast
) -> None:
    document = document_between(cast)
    page = new_page(DESKTOP, java_script_enabled=False)
    sign_in(page, cast.xiaozhang.user)
    page.goto(f"/workflow/documents/{document.pk}/")
    page.locator("#sign").get_by_label("密码").fill("secret")
    page.get_by_role("button", name="签署", exact=True).click()
    expect(page.get_by_text("已签署（密码）")).to_be_visible()
    assert Document.objects.get(pk=document.pk).signatures == 1
