"""The same tasks over a real Celery worker, with a folder as the broker."""

import pytest
from django.db import transaction

from accord.foundation.tests.effects import fail_before, note, traces
from tests.processes import start, wait_for

__all__ = ["start"]


@pytest.fixture
def celery(settings, tmp_path, start, monkeypatch):
    """Tasks go over Celery, in this process and in a worker with one thread."""
    broker = {"ACCORD_BROKER_URL": "filesystem://", "TEST_BROKER_FOLDER": str(tmp_path)}
    settings.CELERY_BROKER_URL = "filesystem://"
    folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(tmp_path))
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = folders
    backend = "accord.foundation.jobs.celery_backend.CeleryBackend"
    settings.TASKS = {"default": {"BACKEND": backend, "QUEUES": ["default"]}}
    options = ("--pool", "solo", "--queues", "default", "--without-gossip", "--without-mingle", "--without-heartbeat")
    start("-m", "celery", "-A", "accord.config.celery", "worker", *options, **broker)


def test_tasks_run_once_their_command_is_committed_and_are_tried_again(celery):
    with transaction.atomic():
        note.enqueue("undone")
        transaction.set_rollback(True)
    with transaction.atomic():
        note.enqueue("sent")
        fail_before.enqueue(3, name="third")
    wait_for(lambda: traces("third"))
    assert [traces("undone"), traces("sent"), traces("third")] == [0, 1, 1]
