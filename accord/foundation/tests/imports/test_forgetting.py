"""Files that brought nothing in are not kept for ever."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.foundation.imports import runs
from accord.foundation.imports.files import path_of
from accord.foundation.jobs.import_files import KEPT_UNUSED, forget_unused_files
from accord.foundation.models import ImportRun, User

State = ImportRun.State
pytestmark = pytest.mark.django_db


def sent(state: State, ago: timedelta) -> ImportRun:
    run = runs.keep_run("cars", ["车牌,车主\n沪A1,李伟\n".encode()], "a.csv", state=state)
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - ago, remarks=[{"row": 2}])
    return run


@pytest.mark.parametrize("state", [State.CHECKED, State.DISCARDED, State.FAILED])
def test_a_file_without_use_goes_and_its_run_stays(state: State, hrbp: User, client: Client) -> None:
    old, fresh = sent(state, KEPT_UNUSED + timedelta(hours=1)), sent(state, KEPT_UNUSED - timedelta(hours=1))
    forget_unused_files.call()
    forget_unused_files.call()
    assert (path_of(old.stored_as).exists(), path_of(fresh.stored_as).exists()) == (False, True)
    kept = ImportRun.objects.get(pk=old.pk)
    assert (kept.stored_as, kept.remarks) == ("", [])
    assert kept.state == (State.DISCARDED if state == State.CHECKED else state)
    client.force_login(hrbp)
    assert client.get(reverse("foundation:import_file", args=[old.pk])).status_code == 404
    assert client.get(reverse("foundation:import_run", args=[old.pk])).status_code == 200


@pytest.mark.parametrize("state", [State.DONE, State.LOADING, State.CHECKING])
def test_the_origin_of_numbers_and_what_is_under_way_stay(state: State) -> None:
    run = sent(state, KEPT_UNUSED * 20)
    forget_unused_files.call()
    assert path_of(run.stored_as).exists()
    assert ImportRun.objects.get(pk=run.pk).state == state
