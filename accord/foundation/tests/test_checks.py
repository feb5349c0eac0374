"""`accord check` says what is wrong."""

import os

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import NotSupportedError, OperationalError
from django.utils import timezone

from accord.foundation.checks import database
from accord.foundation.models import Worker

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def sound(settings, tmp_path):
    """An installation with nothing to say about it."""
    settings.HOME = tmp_path
    settings.EMAIL_BACKEND = SMTP
    settings.ARCHIVE_WITNESSES = ["auditor@example.com"]
    Worker.objects.create(name="w", started_at=timezone.now(), seen_at=timezone.now())
    return tmp_path


@pytest.fixture
def said(capsys):
    """What the check says: on stderr for warnings, in its error for what must be mended."""

    def ask() -> str:
        try:
            call_command("check")
        except SystemCheckError as error:
            return f"failed: {error}"
        captured = capsys.readouterr()
        return captured.out + captured.err

    return ask


# Outside a transaction, as the command runs: whether a commit reaches the disk can only be seen there.
@pytest.mark.django_db(transaction=True)
def test_all_is_well(said):
    assert "no issues" in said()


def test_nobody_works(said):
    Worker.objects.all().delete()
    assert "accord.W001" in said()


def test_mail_is_not_set(said, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "accord.W002" in said()


def test_the_key_lies_open(said, sound):
    key = sound / "secret.key"
    key.touch(0o600)
    assert "accord.E002" not in said()
    key.chmod(0o640)
    assert "failed" in said()
    assert "accord.E002" in said()


def test_the_folder_cannot_be_written_to(said, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "accord.E001" in said()


@pytest.mark.parametrize(
    ("error", "code"), [(OperationalError("refused"), "accord.E005"), (NotSupportedError("13"), "accord.E004")]
)
def test_the_database_is_away_or_old(said, monkeypatch, error, code):
    def fail(*_):
        raise error

    monkeypatch.setattr("accord.foundation.checks._contents", fail)
    assert code in said()


def test_sqlite_is_old(monkeypatch):
    monkeypatch.setattr("django.db.connection.vendor", "sqlite", raising=False)
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    assert [found.id for found in database()] == ["accord.E003"]


def test_migrations_are_missing(said, monkeypatch):
    monkeypatch.setattr("accord.foundation.checks.MigrationExecutor.migration_plan", lambda *_: ["something"])
    assert "accord.E006" in said()


def test_no_other_command_pays_for_it(django_assert_num_queries):
    with django_assert_num_queries(0):
        run_checks()
