"""What one signature costs up to its place in the log. Run by `tests.bench.archive sign`."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def run(count: int, told: Callable[..., None]) -> None:
    """Compare-and-set of the party's row, an event, a record, in one durable transaction; sealing in rounds."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from accord.foundation.models import Event, User
    from accord.foundation.services.events import record_batch
    from accord.people.models import Employee, OrgUnit, Position
    from accord.workflow.models import ArchiveRecord, Document, DocumentParty
    from accord.workflow.services.archive.durability import durable
    from accord.workflow.services.archive.keeping import keep
    from accord.workflow.services.archive.sealing import seal

    call_command("migrate", verbosity=0)
    unit, post = OrgUnit.objects.create(path="A", name="A"), Position.objects.create(name="P")
    user = User.objects.create_user("E1", "e1@example.com", None, name="E")
    person = Employee.objects.create(employee_no="E1", name="E", user=user, org_unit=unit, position=post)
    now = timezone.now()
    documents = Document.objects.bulk_create(
        Document(kind="bench", title="T", frozen="{}", digest=f"{n:064}", made_at=now, expires_at=now)
        for n in range(count)
    )
    parties = DocumentParty.objects.bulk_create(DocumentParty(document=each, employee=person) for each in documents)
    statement = {"action": "sign", "digest_of_document": "0" * 64, "party": "E1", "label": {"zh": "员工"}}
    seal()
    bare = _bare(connection, count)
    start = time.process_time(), time.perf_counter()
    for party in parties:
        with durable():
            waiting = DocumentParty.objects.filter(pk=party.pk, state="waiting")
            assert waiting.update(state="signed", method="totp", acted_at=timezone.now())
            kept = {"digest": "0" * 64, "statement": statement, "method": "totp", "proof": {}}
            keep("document.party_signed", f"documents:{party.document_id}", kept, actor=person, about=[person])
            record_batch(
                "document.party_signed", [(f"documents:{party.document_id}", _fact(party.document_id))], actor=user
            )
    written = time.process_time() - start[0], time.perf_counter() - start[1]
    start = time.process_time(), time.perf_counter()
    seal()
    sealed = time.process_time() - start[0], time.perf_counter() - start[1]
    assert ArchiveRecord.objects.count() == count
    assert Event.objects.count() >= count
    told(
        part="sign",
        database=connection.vendor,
        signatures=count,
        written_per_second=count / written[1],
        sealed_per_second=count / sealed[1],
        both_per_second=count / (written[1] + sealed[1]),
        both_per_second_of_one_core=count / (written[0] + sealed[0]),
        bare_durable_inserts_per_second=bare,
    )


def _bare(connection: Any, count: int) -> float:
    """The raw limit: one row in a durable transaction, nothing around it."""
    from accord.workflow.services.archive.durability import durable

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (x text)")
        start = time.perf_counter()
        for _ in range(count):
            with durable():
                cursor.execute("INSERT INTO bare VALUES ('x')")
        return count / (time.perf_counter() - start)


def _fact(document: int) -> dict[str, Any]:
    from accord.workflow.events.documents import EVENTS

    return dict.fromkeys(EVENTS["document.party_signed"].fields, "") | {"document_id": document}
