"""The auditor's pages: open to auditors alone, and without a word of what was kept."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accord.domain.transparency.heads import is_signed_by
from accord.domain.transparency.tree import leaf_hash, root_of_path
from accord.workflow.models import ArchiveCheck, ArchiveEntry, ArchiveKey, ArchiveRecord
from accord.workflow.services.archive.checking import check_archive
from accord.workflow.services.archive.erasing import erase_payloads_of
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.sealing import seal
from accord.workflow.tests.archive.builders import exported, small_archive
from accord.workflow.verify_archive import read_known, verify_folder
from tests.cast import Cast, grant
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db

OUTSIDERS = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "administrator", "stranger")


class _Page(Ladder):
    may_open = ("auditor",)
    hidden_from = OUTSIDERS
    url_name = ""

    def make(self, cast: Cast) -> Any:
        small_archive(cast.xiaozhang)


class TestArchive(_Page):
    url_name = "workflow:archive"


class TestErasures(_Page):
    url_name = "workflow:archive_erasures"


class TestRecord(_Page):
    url_name = "workflow:archive_record"

    def args(self, cast: Cast) -> list[Any]:
        return [2]


class TestReceipt(TestRecord):
    url_name = "workflow:archive_receipt"


del _Page


@pytest.fixture
def auditor(cast: Cast, client: Client) -> Client:
    client.force_login(cast.auditor.user)
    return client


def text_of(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_administrator_reads_it_only_as_an_auditor(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    assert client.get(reverse("workflow:archive")).status_code == 404
    grant(cast.administrator, "auditor")
    assert client.get(reverse("workflow:archive")).status_code == 200


def test_no_page_tells_what_a_record_says_or_who_is_behind_a_pseudonym(auditor: Client, cast: Cast) -> None:
    small_archive(cast.xiaozhang)
    entry = ArchiveEntry.objects.get(seq=2)
    for address in ("archive", "archive_erasures"):
        assert "120 万" not in text_of(auditor, reverse(f"workflow:{address}"))
    for address in ("archive_record", "archive_receipt"):
        page = text_of(auditor, reverse(f"workflow:{address}", args=[2]))
        assert not [word for word in ("120 万", entry.payload.salt, "小张", "A011") if word in page]
        assert entry.commit in page


def test_records_are_found_by_kind_object_day_and_number(auditor: Client, cast: Cast) -> None:
    small_archive(cast.xiaozhang)
    here, record = reverse("workflow:archive"), reverse("workflow:archive_record", args=[2])
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    for query in ({"kind": "document.signed"}, {"subject": "documents:1"}, {"since": str(today), "until": str(today)}):
        assert record in text_of(auditor, here, **query)
    for query in ({"kind": "test.fact"}, {"subject": "documents:2"}, {"since": str(tomorrow)}):
        assert record not in text_of(auditor, here, **query)
    assert auditor.get(here, {"seq": "2"})["Location"] == record
    for nonsense in ({"kind": "x"}, {"since": "2026-02-30"}, {"seq": "-1"}, {"before": "x"}, {"subject": "\0"}):
        assert auditor.get(here, nonsense).status_code == 200


def test_the_list_goes_on_page_by_page(auditor: Client) -> None:
    for number in range(40):
        keep("test.fact", f"tests:{number}", {})
    seal()
    page = text_of(auditor, reverse("workflow:archive"), kind="test.fact")
    assert "tests:39" in page
    assert "tests:9<" not in page
    assert "kind=test.fact&amp;before=11" in page
    assert "tests:9<" in text_of(auditor, reverse("workflow:archive"), kind="test.fact", before="11")


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    auditor: Client, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        keep("test.fact", f"tests:{number}", {})
    seal()
    text_of(auditor, reverse("workflow:archive"))
    with django_assert_max_num_queries(14):
        text_of(auditor, reverse("workflow:archive"))


@pytest.mark.parametrize("many", [10, 20])
def test_the_erasures_ask_the_same_for_many(
    auditor: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        keep("test.fact", f"tests:{number}", {}, about=[cast.xiaozhang])
    erase_payloads_of(cast.xiaozhang, "GDPR 17", None)
    text_of(auditor, reverse("workflow:archive_erasures"))
    with django_assert_max_num_queries(7):
        assert text_of(auditor, reverse("workflow:archive_erasures")).count("<tr>") == many + 1


def test_a_receipt_can_be_checked_by_itself_and_against_an_export(auditor: Client, cast: Cast, tmp_path: Path) -> None:
    small_archive(cast.xiaozhang)
    path = tmp_path / "receipt-2.json"
    path.write_bytes(auditor.get(reverse("workflow:archive_receipt", args=[2])).content)
    receipt = json.loads(path.read_text())
    head = json.loads(receipt["head"])
    steps = [bytes.fromhex(step) for step in receipt["path"]]
    root = root_of_path(receipt["seq"] - 1, head["size"], leaf_hash(receipt["record"].encode()), steps)
    assert root == bytes.fromhex(head["root"])
    assert is_signed_by(receipt["head"], ArchiveKey.objects.get(key=head["key"]).public)
    keep("test.fact", "", {})
    assert verify_folder(exported(tmp_path / "later"), [read_known(path)], "en").faults == []


def test_a_page_says_so_when_the_proof_no_longer_holds(auditor: Client, cast: Cast, unguarded: None) -> None:
    small_archive(cast.xiaozhang)
    here = reverse("workflow:archive_record", args=[2])
    assert "证明推导到了签名的树头" in text_of(auditor, here)
    ArchiveRecord.objects.filter(seq=3).update(leaf=b"\1" * 32)
    assert "证明无法推导到签名的树头" in text_of(auditor, here)


def test_what_the_last_check_found_stands_on_top(auditor: Client, cast: Cast, unguarded: None) -> None:
    small_archive(cast.xiaozhang)
    check_archive()
    assert ArchiveCheck.objects.latest("id").faults == []
    assert "全部 4 条记录核验通过" in text_of(auditor, reverse("workflow:archive"))
    ArchiveEntry.objects.filter(seq=2).update(subject="documents:2")
    check_archive()
    assert "1 条目与其记录不符" in text_of(auditor, reverse("workflow:archive"))


def test_an_empty_archive_says_how_it_begins(auditor: Client) -> None:
    assert "档案还是空的" in text_of(auditor, reverse("workflow:archive"))
