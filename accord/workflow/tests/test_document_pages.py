"""The pages of documents: who sees what, and that everything but a passkey works without a script."""

from __future__ import annotations

import io
import json
import re
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from accord.workflow.models import ArchiveHead, Document
from accord.workflow.queries.documents import own_documents
from accord.workflow.services.archive.sealing import seal
from accord.workflow.services.documents import make_document, refuse, withdraw
from accord.workflow.tests.document_builders import (
    SECRET,
    SELF,
    TEXT,
    damaged_between,
    document_between,
    part_of,
    signed_by,
)
from tests.cast import Cast
from tests.ladder import Ladder


class OfDocument(Ladder):
    hidden_from = ("executive_chen", "stranger", "stranger_manager", "colleague", "administrator", "auditor")

    def make(self, cast: Cast) -> Document:
        return document_between(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestDocumentPage(OfDocument):
    url_name = "workflow:document"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang")


class TestPdf(OfDocument):
    url_name = "workflow:document_pdf"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang")


class OfParty(OfDocument):
    method = "post"
    may_open = ("xiaozhang",)
    refused_to = ("hrbp_wang",)


class TestChallenge(OfParty):
    url_name = "workflow:document_challenge"


class TestSign(OfParty):
    url_name = "workflow:document_sign"

    def payload(self, cast: Cast) -> dict[str, str]:
        return sign_fields(self.thing)


class TestRefuse(OfParty):
    url_name = "workflow:document_refuse"

    def payload(self, cast: Cast) -> dict[str, str]:
        return sign_fields(self.thing, "refusalform") | {"refusalform-reason": "目标过高"}


class TestWithdraw(OfDocument):
    url_name = "workflow:document_withdraw"
    method = "post"
    may_open = ("hrbp_wang",)
    refused_to = ("xiaozhang", "manager_li")


class TestDocumentList(Ladder):
    url_name = "workflow:documents"
    may_open: ClassVar = ("xiaozhang", "stranger", "administrator")
    hidden_from = ()


def sign_fields(document: Document, prefix: str = "signform", password: str = SECRET.value) -> dict[str, str]:
    """What the form of a party with a password posts."""
    return {f"{prefix}-method": "password", f"{prefix}-password": password, f"{prefix}-digest": document.digest}


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(client: Client, url: str) -> str:
    return str(client.get(url).content.decode())


def page(person: Any, document: Document) -> str:
    return text_of(signed_in(person), reverse("workflow:document", args=[document.pk]))


def test_the_page_shows_what_is_signed(cast: Cast) -> None:
    document = document_between(cast)
    shown = page(cast.xiaozhang, document)
    for said in (
        "华东组 GMV 达到 1,200 万元",
        "小张",
        "A011",
        "本人",
        "李经理",
        "直属上级",
        "权重",
        "60%",
        "分数.最高",
        "1.2",
    ):
        assert said in shown
    assert "".join(re.findall(r"<span>([0-9a-f]{16})</span>", shown)) == document.digest
    assert "您以“本人”的身份签署" in shown


def test_two_sign_with_forms_alone(cast: Cast) -> None:
    document = document_between(cast)
    for person in (cast.xiaozhang, cast.manager_li):
        sent = signed_in(person).post(reverse("workflow:document_sign", args=[document.pk]), sign_fields(document))
        assert sent.status_code == 302
    assert "已全部签署" in page(cast.hrbp_wang, document)
    assert "signform" not in page(cast.xiaozhang, document)


def test_what_is_wrong_is_said_in_the_form(cast: Cast) -> None:
    document, client = document_between(cast), signed_in(cast.xiaozhang)
    sign, refusal = (reverse(f"workflow:document_{act}", args=[document.pk]) for act in ("sign", "refuse"))
    wrong = client.post(sign, sign_fields(document, password="guess"))
    assert wrong.status_code == 422
    assert "未能确认是您本人" in wrong.content.decode()
    assert "guess" not in wrong.content.decode()
    missing = client.post(refusal, sign_fields(document, "refusalform"))
    assert missing.status_code == 422
    assert '<details class="sign-refuse" open>' in missing.content.decode()
    assert client.post(sign, sign_fields(document, password="")).status_code == 422
    assert client.post(sign, sign_fields(document) | {"signform-method": "totp"}).status_code == 422
    assert client.post(sign, sign_fields(document) | {"signform-digest": "0" * 64}).status_code == 409
    document.refresh_from_db()
    assert document.signatures == 0


def test_a_second_post_is_told_that_it_counts_once(cast: Cast) -> None:
    document, client = document_between(cast), signed_in(cast.xiaozhang)
    address = reverse("workflow:document_sign", args=[document.pk])
    assert client.post(address, sign_fields(document)).status_code == 302
    assert client.post(address, sign_fields(document)).status_code == 409


def test_the_list_puts_what_waits_first(cast: Cast) -> None:
    waiting, signed, done = (document_between(cast) for _ in range(3))
    signed_by(cast.xiaozhang, signed)
    withdraw(done, cast.hrbp_wang)
    foreign = make_document("x", "别人的约定", TEXT, {}, [(cast.stranger, SELF)])
    shown = text_of(signed_in(cast.xiaozhang), reverse("workflow:documents"))
    places = [shown.index(reverse("workflow:document", args=[each.pk])) for each in (waiting, signed, done)]
    assert places == sorted(places)
    assert foreign.title not in shown


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(many):
        document = document_between(cast)
        if place % 3 == 1:
            signed_by(cast.xiaozhang, document)
        if place % 3 == 2:
            withdraw(document, cast.hrbp_wang)
    client = signed_in(cast.xiaozhang)
    text_of(client, reverse("workflow:documents"))
    with django_assert_max_num_queries(13):
        text_of(client, reverse("workflow:documents"))


def test_a_visitor_verifies_without_learning_who_signed(cast: Cast) -> None:
    document = document_between(cast)
    for person in (cast.xiaozhang, cast.manager_li):
        signed_by(person, document)
    address = reverse("workflow:verify", args=[document.digest])
    for client in (Client(), signed_in(cast.stranger)):
        shown = text_of(client, address)
        assert "各方均已签署" in shown
        assert not any(secret in shown for secret in ("小张", "李经理", "绩效约定", "A011"))
    assert "小张" in text_of(signed_in(cast.hrbp_wang), address)
    assert Client().get(reverse("workflow:verify", args=["0" * 64])).status_code == 404


def test_verifying_tells_where_the_archive_sealed_it(cast: Cast) -> None:
    document = document_between(cast)
    address = reverse("workflow:verify", args=[document.digest])
    for person in (cast.xiaozhang, cast.manager_li):
        signed_by(person, document)
    assert "存档日志" not in text_of(Client(), address)
    seal()
    shown = text_of(Client(), address)
    assert "第 3 条记录" in shown
    assert ArchiveHead.objects.get().digest[:16] in shown


def test_a_refused_document_is_not_called_signed(cast: Cast) -> None:
    document = document_between(cast)
    refuse(part_of(cast.xiaozhang, document), cast.xiaozhang.user, document.digest, "保密的原因", SECRET)
    shown = text_of(Client(), reverse("workflow:verify", args=[document.digest]))
    assert "有一方拒签" in shown
    assert "保密的原因" not in shown


def test_a_digest_is_found_in_what_was_pasted(cast: Cast) -> None:
    document = document_between(cast)
    address = reverse("workflow:verify", args=[document.digest])
    pasted = (
        document.digest.upper(),
        f"https://x.example{address}",
        f" {document.digest[:32]}\n{document.digest[32:]}",
    )
    for text in pasted:
        assert Client().post(reverse("workflow:verify_any"), {"digest": text})["Location"] == address
    for wrong in ({"digest": "abc"}, {"digest": ""}, {"printout": SimpleUploadedFile("x.pdf", b"%PDF-1.7")}):
        assert Client().post(reverse("workflow:verify_any"), wrong).status_code == 422
    pdf = signed_in(cast.xiaozhang).get(reverse("workflow:document_pdf", args=[document.pk])).content
    posted = Client().post(reverse("workflow:verify_any"), {"printout": SimpleUploadedFile("约定.pdf", pdf)})
    assert posted["Location"] == address


def test_own_data_holds_ones_own_documents(cast: Cast) -> None:
    document = document_between(cast)
    (mine,) = own_documents(cast.xiaozhang.user)
    assert (mine["digest"], mine["text"], mine["i_sign_as"]["zh"]) == (document.digest, TEXT, "本人")
    (made,) = own_documents(cast.hrbp_wang.user)
    assert "text" not in made["laid_out_by_me"]
    assert own_documents(cast.stranger.user) == []
    everything = json.loads(signed_in(cast.xiaozhang).get(reverse("foundation:own_data")).content)
    assert everything["documents"][0]["digest"] == document.digest


def test_the_damaged_are_shown_as_damaged(cast: Cast) -> None:
    document = damaged_between(cast)
    assert "正文与摘要不一致" in page(cast.xiaozhang, document)
    assert "正文与摘要不一致" in text_of(Client(), reverse("workflow:verify", args=[document.digest]))


def is_reader(actor: Any, document: Document) -> bool:
    """A predicate as an owner app would name it."""
    return bool(actor.username == "A001" and document.subject == "agreements:7")


READERS = {"agreement": f"{__name__}.is_reader"}


def test_the_owner_app_names_further_readers(cast: Cast, settings: Any) -> None:
    settings.ACCORD_DOCUMENT_READERS = f"{__name__}.READERS"
    ours, other = document_between(cast, subject="agreements:7"), document_between(cast)
    chen = signed_in(cast.executive_chen)
    assert chen.get(reverse("workflow:document", args=[ours.pk])).status_code == 200
    assert chen.get(reverse("workflow:document", args=[other.pk])).status_code == 404
    assert chen.post(reverse("workflow:document_sign", args=[ours.pk]), sign_fields(ours)).status_code == 403


def test_the_pdf_prints_what_people_wrote_as_text(cast: Cast) -> None:
    title = '#panic("x") $x$ *绩效* <a> \\ @b 𠮷'
    document = make_document("x", title, '#import "x.typ"\n\n= 标题', {"a": ["b", None]}, [(cast.xiaozhang, SELF)])
    signed_by(cast.xiaozhang, document)
    answer = signed_in(cast.xiaozhang).get(reverse("workflow:document_pdf", args=[document.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert f"accord:{document.digest}".encode() in answer.content
    words = printed(answer.content)
    for said in (
        '#panic("x")',
        "$x$",
        "*绩效*",
        "〔U+20BB7〕",
        '#import "x.typ"',
        "= 标题",
        "小张",
        "A011",
        "已签署（密码）",
    ):
        assert said in words, said
    assert document.digest[:32] in words


def printed(content: bytes) -> str:
    """The words of a PDF as a reader finds them."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
