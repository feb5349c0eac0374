"""Erasure, witnesses, checks, the command line, the nightly alarm."""

import json
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from accord.foundation.models import Event, Notification
from accord.foundation.tests.post_office import open_post_office
from accord.workflow.checks import archive as check_of_archive
from accord.workflow.checks import witnesses as check_of_witnesses
from accord.workflow.errors.archive import (
    ErasureNeedsReason,
    FolderNotEmpty,
    NothingSealed,
    NothingToErase,
    WitnessesUnreached,
)
from accord.workflow.jobs.archive import check_nightly, send_head_daily
from accord.workflow.models import (
    ArchiveAbout,
    ArchiveEntry,
    ArchiveErasure,
    ArchiveHead,
    ArchivePayload,
    ArchivePseudonym,
    ArchiveRecord,
    ArchiveWitnessing,
)
from accord.workflow.services.archive import erasing, keys
from accord.workflow.services.archive.checking import check_archive
from accord.workflow.services.archive.erasing import carry_out_erasures, erase_payloads_of
from accord.workflow.services.archive.exporting import export_to
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.sealing import seal
from accord.workflow.services.archive.witnessing import send_head
from accord.workflow.tests.archive.builders import exported, small_archive
from accord.workflow.verify_archive import read_known, verify_folder
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CANARY = "只有小张知道的事"


def test_erasure_leaves_no_word_and_the_log_whole(cast: Cast, tmp_path: Path) -> None:
    keep("test.fact", "tests:1", {"text": CANARY}, actor=cast.xiaozhang, about=[cast.xiaozhang])
    keep("test.fact", "tests:2", {"text": "别人的事"}, about=[cast.stranger])
    pseudonym = ArchivePseudonym.objects.get(employee=cast.xiaozhang).name
    assert erase_payloads_of(cast.xiaozhang, "PIPL 47", cast.hrbp_wang, forget_name=True) == 1
    assert not ArchivePayload.objects.filter(payload__contains=CANARY).exists()
    assert not ArchivePseudonym.objects.filter(name=pseudonym).exists()
    assert not ArchiveAbout.objects.filter(employee=cast.xiaozhang).exists()
    assert check_archive().faults == []
    folder = exported(tmp_path / "export")
    assert verify_folder(folder, [], "en").faults == []
    assert not [path for path in folder.iterdir() if CANARY in path.read_text()]
    assert (folder / "payloads.jsonl").read_text().splitlines()[0] == "[1,null,3]"
    (event,) = Event.objects.filter(name="archive.erased")
    assert (event.payload, event.actor) == ({"records": 1}, cast.hrbp_wang.user)
    with pytest.raises(NothingToErase):
        erase_payloads_of(cast.xiaozhang, "PIPL 47", None)


def test_an_erasure_that_no_record_announces_is_found(cast: Cast, tmp_path: Path) -> None:
    small_archive(cast.xiaozhang)
    erase_payloads_of(cast.xiaozhang, "PIPL 47", None)
    folder = exported(tmp_path / "export")
    path = folder / "payloads.jsonl"
    whole = path.read_bytes()
    first = whole.splitlines(keepends=True)[0]
    path.write_bytes(whole.replace(first, b"[1,null,5]\n"))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"]["payloads.jsonl"]["size"] = path.stat().st_size
    (folder / "manifest.json").write_text(json.dumps(manifest, sort_keys=True, separators=(",", ":")) + "\n")
    assert any(
        "payloads.jsonl:1: record 1 is not among those erased" in each
        for each in verify_folder(folder, [], "en").faults
    )


def test_nothing_is_deleted_before_its_announcement_is_sealed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("test.fact", "", {}, about=[cast.xiaozhang])
    seal()
    monkeypatch.setattr(erasing, "seal", lambda: 0)  # the machine stops right after the announcement
    with pytest.raises(erasing.ErasureMustWait):
        erase_payloads_of(cast.xiaozhang, "PIPL 47", None)
    assert carry_out_erasures() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        ArchivePayload.objects.filter(entry__seq=1).delete()
    seal()
    check_nightly.func()
    assert not ArchivePayload.objects.filter(entry__seq=1).exists()
    assert ArchiveErasure.objects.count() == 1


def test_an_erasure_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(ErasureNeedsReason):
        erase_payloads_of(cast.xiaozhang, "  ", None)


@pytest.fixture
def _real_mail(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.ARCHIVE_WITNESSES = ["council@example.org", "auditor@example.org"]


@pytest.mark.usefixtures("_real_mail")
def test_a_head_a_day_goes_to_every_witness_and_verifies_a_later_export(
    cast: Cast, tmp_path: Path, settings: object
) -> None:
    small_archive(cast.xiaozhang)
    with open_post_office() as (office, settings.EMAIL_PORT):
        settings.EMAIL_HOST = "127.0.0.1"
        sent = send_head()
        assert send_head() == sent
    assert sent.addresses == ["council@example.org", "auditor@example.org"]
    assert len(office.letters) == 2
    (letter,) = office.to("council@example.org")
    assert "4 条记录" in letter["Subject"]
    assert ArchiveHead.objects.latest("size").digest in letter.get_body().get_content()
    (attachment,) = letter.iter_attachments()
    head = tmp_path / "head.json"
    head.write_bytes(attachment.get_payload(decode=True))
    keep("test.fact", "", {})
    assert verify_folder(exported(tmp_path / "export"), [read_known(head)], "en").faults == []


@pytest.mark.usefixtures("_real_mail")
def test_who_was_not_reached_is_tried_again_and_only_they(cast: Cast, settings: object) -> None:
    small_archive(cast.xiaozhang)
    with open_post_office() as (office, settings.EMAIL_PORT):
        settings.EMAIL_HOST = "127.0.0.1"
        office.answers["council@example.org"] = "451 later"
        with pytest.raises(WitnessesUnreached):
            send_head()
        office.answers.clear()
        send_head()
    assert [letter["To"] for letter in office.letters] == ["auditor@example.org", "council@example.org"]
    assert len(ArchiveWitnessing.objects.get().addresses) == 2


def test_without_witnesses_nothing_is_sent_and_the_check_warns(cast: Cast, settings: object) -> None:
    assert send_head() is None
    assert [message.id for message in check_of_witnesses()] == ["accord.W010"]
    settings.ARCHIVE_WITNESSES = ["council@example.org"]
    assert list(check_of_witnesses()) == []
    send_head_daily.func()  # an empty archive has no head, which is no error
    assert not ArchiveWitnessing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_check_of_an_installation_names_what_the_archive_lacks(cast: Cast, settings: object) -> None:
    assert list(check_of_archive()) == []
    small_archive(cast.xiaozhang)
    assert list(check_of_archive()) == []
    path = keys.key_file(keys.key_in_force().key)
    path.chmod(0o644)
    assert [message.id for message in check_of_archive()] == ["accord.E012"]
    path.unlink()
    assert [message.id for message in check_of_archive()] == ["accord.E011"]
    path.write_text("no key")
    assert [message.id for message in check_of_archive()] == ["accord.E011"]


def test_the_nightly_check_raises_the_alarm(cast: Cast, unguarded: None) -> None:
    small_archive(cast.xiaozhang)
    check_nightly.func()
    assert not Notification.objects.exists()
    ArchivePayload.objects.filter(entry__seq=2).update(payload='{"forged":1}')
    check_nightly.func()
    told = Notification.objects.filter(kind="archive.faulty")
    assert {message.recipient for message in told} == {cast.auditor.user, cast.administrator.user}
    assert "payloads.jsonl:2" in told[0].values["first"]
    assert "accord.E013" in [message.id for message in check_of_archive()]


@pytest.mark.parametrize(
    ("tamper", "word"),
    [
        (lambda: ArchiveRecord.objects.filter(seq=4).delete(), "records.jsonl:3"),
        (lambda: ArchivePayload.objects.filter(entry__seq=3).delete(), "payloads.jsonl:3"),
        (lambda: ArchiveEntry.objects.filter(seq=3).update(at=timezone.now() - timedelta(days=9)), "archive_entries"),
        (lambda: ArchiveEntry.objects.filter(seq=3).update(actor="0" * 32), "archive_entries"),
        (lambda: ArchiveHead.objects.filter(size=1).delete(), "heads.jsonl:1"),
        (lambda: ArchiveEntry.objects.create(kind="a", at=timezone.now() - timedelta(hours=2)), "archive_entries"),
    ],
)
def test_what_is_done_to_the_database_is_found_in_place(cast: Cast, unguarded: None, tamper: object, word: str) -> None:
    small_archive(cast.xiaozhang)
    assert check_archive().faults == []
    tamper()
    assert word in check_archive().faults[0]


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("archive", *arguments, stdout=out)
    return out.getvalue()


def test_the_whole_way_on_the_command_line(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        command("export", str(tmp_path / "empty"))
    small_archive(cast.xiaozhang)
    folder = tmp_path / "export"
    assert "4" in command("export", str(folder))
    assert "核验通过" in command("verify", str(folder))
    with pytest.raises(CommandError):
        command("export", str(folder))
    (tmp_path / "head.json").write_text(ArchiveHead.objects.latest("size").head)
    assert "核验通过" in command("verify", str(folder), "--head", str(tmp_path / "head.json"))
    with pytest.raises(CommandError):
        command("verify", str(folder), "--head", str(tmp_path / "none.json"))
    assert "4" in command("check")
    old = keys.key_in_force().key
    command("rotate-key")
    assert keys.key_in_force().key != old
    assert keys.key_in_force().key in command("status")
    assert "2" in command("erase", "A011", "--reason", "PIPL 47", "--by", "A030")
    with pytest.raises(CommandError):
        command("erase", "A011", "--reason", "PIPL 47")
    (folder / "records.jsonl").write_bytes(b"")
    with pytest.raises(CommandError, match="核验未通过"):
        command("verify", str(folder))


def test_an_export_is_made_into_an_empty_folder_of_a_filled_archive(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NothingSealed):
        export_to(tmp_path)
    small_archive(cast.xiaozhang)
    (tmp_path / "other").touch()
    with pytest.raises(FolderNotEmpty):
        export_to(tmp_path)
    start = time.monotonic()
    assert export_to(tmp_path / "new") == 4
    assert time.monotonic() - start < 10
