"""What the database refuses, whoever asks: the application, its administrator, or a console."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accord.workflow.models import Document, DocumentParty, Form, FormVersion
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.sealing import seal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return True


def taken(statement: str) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount > 0


@pytest.fixture
def _sealed(db: None) -> None:
    for number in range(257):
        keep("test.fact", f"tests:{number}", {})
    seal()
    keep("test.fact", "tests:unsealed", {})


@pytest.mark.usefixtures("_sealed")
@pytest.mark.parametrize(
    "table",
    ["archive_entries", "archive_payloads", "archive_records", "archive_nodes", "archive_heads", "archive_keys"],
)
def test_nothing_of_the_log_can_be_deleted(table: str) -> None:
    assert refused(f"DELETE FROM {table}")  # noqa: S608
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.usefixtures("_sealed")
@pytest.mark.parametrize(
    "change",
    [
        "archive_entries SET kind = 'test.forged'",
        "archive_entries SET subject = 'tests:0'",
        "archive_entries SET actor = 'x'",
        "archive_entries SET at = '2020-01-01 00:00:00+00'",
        "archive_entries SET commit = '0'",
        "archive_entries SET seq = seq + 1000 WHERE seq IS NOT NULL",
        "archive_entries SET seq = NULL WHERE seq = 3",
        "archive_payloads SET payload = '{}x'",
        "archive_payloads SET salt = '0'",
        "archive_records SET record = ''",
        "archive_nodes SET place = 9",
        "archive_heads SET head = ''",
        "archive_keys SET public = ''",
    ],
)
def test_nothing_of_the_log_can_be_changed(change: str) -> None:
    assert refused(f"UPDATE {change}")


def document_of(cast: Cast) -> Document:
    now = timezone.now()
    frozen = {"text": "正文", "content": {"a": 1}, "frozen": "{}"}
    known = {field.name for field in Document._meta.fields}
    document = Document.objects.create(
        kind="test",
        title="目标协议",
        digest="d" * 64,
        made_at=now,
        expires_at=now + timedelta(days=1),
        **{name: value for name, value in frozen.items() if name in known},
    )
    DocumentParty.objects.create(document=document, employee=cast.xiaozhang, label={"zh": "员工"})
    return document


def test_a_document_keeps_what_its_parties_were_shown(cast: Cast) -> None:
    document = document_of(cast)
    assert refused("UPDATE documents SET title = 'x'")
    assert refused("UPDATE documents SET digest = 'x'")
    assert refused("DELETE FROM document_parties")
    assert refused(f"UPDATE document_parties SET employee_id = {cast.stranger.pk}")  # noqa: S608
    assert taken("UPDATE documents SET state = 'signed'")
    assert taken("UPDATE document_parties SET state = 'signed', method = 'totp'")
    assert refused("UPDATE document_parties SET state = 'waiting'")
    assert refused("UPDATE document_parties SET method = 'passkey'")
    assert refused("UPDATE documents SET state = 'open'")
    assert refused("UPDATE documents SET state = 'withdrawn'")
    document.refresh_from_db()
    document.save()  # all columns, none of the frozen ones different


@pytest.mark.parametrize("state", ["published", "retired"])
def test_a_version_is_a_draft_until_it_is_published(cast: Cast, state: str) -> None:
    form = Form.objects.create(code="weekly", name="周报")
    version = FormVersion.objects.create(form=form, number=1, body={"v": 1})
    version.body = {"v": 1, "fields": []}
    version.save()
    assert taken(f"UPDATE form_versions SET state = '{state}'")  # noqa: S608
    assert refused("UPDATE form_versions SET number = 2")
    assert refused("DELETE FROM form_versions")
    version.refresh_from_db()
    version.save()
    version.body = {"v": 2}
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()
    assert taken("UPDATE form_versions SET state = 'retired'")
    for earlier in ("draft", "approved", "published"):
        assert refused(f"UPDATE form_versions SET state = '{earlier}'")  # noqa: S608


@pytest.mark.parametrize("name", ["archive_entries_frozen", "documents_frozen", "form_versions_frozen"])
def test_the_guards_stand_after_every_migration(name: str) -> None:
    source = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger WHERE true"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {source} AND {column} LIKE '{name}%'")  # noqa: S608
        assert cursor.fetchall()
