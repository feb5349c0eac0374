"""From a fact to a sealed record: numbers without gaps, one history, keys that hand over."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accord.domain.transparency.heads import digest_of_head, is_signed_by
from accord.domain.transparency.tree import Edge, leaf_hash
from accord.foundation.models import Job
from accord.workflow.errors.archive import KeyMissing
from accord.workflow.models import (
    ArchiveAbout,
    ArchiveEntry,
    ArchiveHead,
    ArchiveKey,
    ArchiveNode,
    ArchivePayload,
    ArchivePseudonym,
    ArchiveRecord,
)
from accord.workflow.services.archive import keeping, keys, sealing
from accord.workflow.services.archive.durability import durable, synchronous
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.rotation import rotate_key
from accord.workflow.services.archive.sealing import seal
from tests.cast import Cast


def keep_many(count: int) -> None:
    for number in range(count):
        keep("test.fact", f"tests:{number}", {"number": number})


def assert_one_history() -> None:
    """Numbers without gaps, every head the root of its beginning and signed, each naming the one before."""
    records = list(ArchiveRecord.objects.order_by("seq"))
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    public = dict(ArchiveKey.objects.values_list("key", "public"))
    edge, previous = Edge(), "0" * 64
    for head in ArchiveHead.objects.order_by("size"):
        for record in records[edge.size : head.size]:
            assert bytes(record.leaf) == leaf_hash(record.record.encode())
            edge.append(bytes(record.leaf))
        told = json.loads(head.head)
        assert (told["size"], told["root"], told["previous"]) == (head.size, edge.root.hex(), previous)
        assert is_signed_by(head.head, public[told["key"]])
        previous = digest_of_head(head.head)
    assert edge.size == len(records)


@pytest.mark.django_db
def test_a_fact_becomes_a_record_with_a_pseudonym_and_without_its_content(cast: Cast) -> None:
    entry = keep(
        "test.fact", "tests:1", {"地点": "canary"}, actor=cast.xiaozhang, about=[cast.xiaozhang, cast.xiaozhang]
    )
    assert seal() == 1
    entry.refresh_from_db()
    record = json.loads(ArchiveRecord.objects.get(seq=entry.seq).record)
    pseudonym = ArchivePseudonym.objects.get(employee=cast.xiaozhang).name
    assert (record["seq"], record["kind"], record["subject"], record["actor"]) == (1, "test.fact", "tests:1", pseudonym)
    assert "canary" not in str(record)
    assert "A011" not in str(record)
    assert record["commit"] == entry.commit
    assert ArchiveAbout.objects.get().employee == cast.xiaozhang
    assert "canary" in ArchivePayload.objects.get().payload


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "subject", "payload", "error"),
    [
        ("Fact", "", {}, ValueError),
        ("test.fact", "小张", {}, ValueError),
        ("test.fact", 'a"b', {}, ValueError),
        ("test.fact", "", {"at": 1.5}, TypeError),
    ],
)
def test_what_the_log_cannot_hold_is_refused_at_once(kind: str, subject: str, payload: dict, error: type) -> None:
    with pytest.raises(error):
        keep(kind, subject, payload)
    assert not ArchiveEntry.objects.exists()


@pytest.mark.django_db
def test_rounds_add_up_to_one_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "ROUND", 7)
    for count in (1, 8, 20, 300):
        keep_many(count)
        assert seal() == count
    assert seal() == 0
    assert_one_history()
    assert ArchiveNode.objects.filter(level=8).count() == 329 // 256


@pytest.mark.django_db
def test_what_commits_late_under_a_smaller_number_is_sealed_too() -> None:
    keep_many(3)
    seal()
    first = ArchiveEntry.objects.earliest("pk")
    late = ArchiveEntry.objects.create(pk=first.pk - 1, kind="test.late", at=timezone.now(), commit="0" * 64)
    assert seal() == 1
    late.refresh_from_db()
    assert late.seq == 4
    assert_one_history()


@pytest.mark.django_db
def test_a_clock_that_was_set_back_marks_the_record_and_never_a_head(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_many(1)
    seal()
    yesterday = timezone.now() - timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: yesterday)
        keep_many(1)
        seal()
    keep_many(1)
    seal()
    times = list(ArchiveHead.objects.order_by("size").values_list("at", flat=True))
    assert times == sorted(times)
    marks = [json.loads(text).get("late", False) for text in ArchiveRecord.objects.values_list("record", flat=True)]
    assert marks == [False, True, False]


@pytest.mark.django_db(transaction=True)
def test_of_many_sealers_at_once_none_forks_the_log() -> None:
    keep_many(40)
    log = keys.first_key().key
    barrier, sealed, failed = threading.Barrier(4), [], []

    def work() -> None:
        try:
            barrier.wait()
            for number in range(5):
                keep("test.fact", f"more:{number}", {})
                sealed.append(sealing.seal_round(log))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sum(sealed) + seal() == 60
    assert_one_history()


@pytest.mark.django_db(transaction=True)
def test_the_loser_of_two_rounds_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_many(3)
    log = keys.first_key().key
    seal()
    keep_many(2)
    stale = ArchiveHead.objects.none()  # a sealer that believes the log is still empty
    monkeypatch.setattr(sealing.ArchiveHead, "objects", stale)
    with pytest.raises(IntegrityError):
        sealing.seal_round(log)
    monkeypatch.undo()
    assert ArchiveEntry.objects.filter(seq=None).count() == 2
    assert seal() == 2
    assert_one_history()


@pytest.mark.django_db
def test_a_new_key_signs_from_the_record_that_announces_it() -> None:
    keep_many(2)
    seal()
    old = keys.first_key()
    new = rotate_key()
    keep_many(1)
    seal()
    signed_by = [
        json.loads(line)["key"] for line in ArchiveHead.objects.order_by("size").values_list("head", flat=True)
    ]
    assert signed_by == [old.key, new.key, new.key]
    assert not keys.key_file(old.key).exists()
    assert keys.key_file(new.key).stat().st_mode & 0o077 == 0
    assert_one_history()


@pytest.mark.django_db
def test_a_new_key_waits_until_its_announcement_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    old = keys.first_key()
    monkeypatch.setattr(sealing, "ROUND", 1)
    keep_many(2)
    rotate_key()
    signed_by = [
        json.loads(line)["key"] for line in ArchiveHead.objects.order_by("size").values_list("head", flat=True)
    ]
    assert [key == old.key for key in signed_by] == [True, True, False]


@pytest.mark.django_db
def test_without_its_key_the_log_waits_and_loses_nothing() -> None:
    keep_many(2)
    path = keys.key_file(keys.first_key().key)
    away = path.rename(path.with_suffix(".away"))
    with pytest.raises(KeyMissing):
        seal()
    assert ArchiveEntry.objects.filter(seq=None).count() == 2
    away.rename(path)
    assert seal() == 2


@pytest.mark.django_db(transaction=True)
def test_two_processes_begin_one_log() -> None:
    barrier, found = threading.Barrier(4), []

    def begin() -> None:
        barrier.wait()
        found.append(keys.first_key().key)
        connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert keys.private_half(ArchiveKey.objects.get())


@pytest.mark.django_db(transaction=True)
def test_a_durable_transaction_is_written_through_and_others_as_before() -> None:
    def level() -> str:
        if connection.vendor == "sqlite":
            return {1: "normal", 2: "full"}[synchronous()]
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return {"off": "normal", "on": "full"}[cursor.fetchone()[0]]

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
    assert level() == "normal"
    with durable():
        assert level() == "full"
    assert level() == "normal"
    with pytest.raises(ZeroDivisionError), durable():
        raise ZeroDivisionError
    assert level() == "normal"
    with transaction.atomic(), pytest.raises(RuntimeError), durable():
        pass


@pytest.mark.django_db(transaction=True)
def test_keeping_asks_for_the_sealer_once_the_fact_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_wake", keeping._Wake())
    with transaction.atomic():
        keep_many(3)
        assert not Job.objects.exists()
    assert Job.objects.get().task.endswith("seal_waiting")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep_many(1)
        raise ZeroDivisionError
    assert ArchiveEntry.objects.count() == 3
