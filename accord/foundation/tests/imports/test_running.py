"""Checks and loads under faults: killed, repeated, side by side."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from accord.foundation.imports import jobs, running, runs
from accord.foundation.imports.contract import no_progress
from accord.foundation.imports.errors import NotWaiting, RowGone, UnknownKind
from accord.foundation.imports.files import keep, path_of, shown_name
from accord.foundation.imports.originals import column_letter, open_run_row
from accord.foundation.imports.progress import ProgressFile, progress_of
from accord.foundation.imports.turns import one_at_a_time
from accord.foundation.models import ImportRun, Notification
from accord.foundation.tests.spreadsheets.builders import sheet_xml, text_row, workbook
from tests.processes import Start, start, wait_for  # noqa: F401

State = ImportRun.State
SETTINGS = "accord.foundation.tests.imports.process_settings"
CARS = "车牌,车主\n" + "".join(f"沪A{number},李伟\n" for number in range(200))


def cars() -> int:
    return Notification.objects.filter(kind="car").count()


def make_run(state: State, content: str | bytes = CARS, name: str = "a.csv") -> ImportRun:
    pieces = [content.encode() if isinstance(content, str) else content]
    return runs.keep_run("cars", pieces, name, state=state)


def busy() -> None:
    raise OperationalError("database is locked")


@pytest.mark.django_db
class TestStates:
    def test_a_load_that_is_done_is_not_done_again(self, hrbp):
        run = make_run(State.LOADING)
        stale = ImportRun.objects.get(pk=run.pk)
        running.load(run, no_progress, hrbp)
        Notification.objects.filter(kind="car").delete()
        outcome = running.load(stale, no_progress, hrbp)
        # The late attempt finds the run done, undoes what it did and tells what the first one told.
        assert (outcome.result.created, cars()) == (200, 0)

    def test_jobs_find_nothing_left_to_do(self, hrbp):
        run = make_run(State.DONE)
        jobs.load_run.call(run.pk, hrbp.pk, "en")
        jobs.check_run.call(run.pk, "en")
        assert (cars(), ImportRun.objects.get().state) == (0, State.DONE)

    def test_a_busy_database_leaves_the_run_to_the_next_attempt(self, hrbp, monkeypatch):
        run = make_run(State.LOADING)
        monkeypatch.setattr(running, "one_at_a_time", busy)
        with pytest.raises(OperationalError):
            jobs.load_run.call(run.pk, hrbp.pk, "en")
        assert ImportRun.objects.get().state == State.LOADING
        monkeypatch.undo()
        jobs.load_run.call(run.pk, hrbp.pk, "en")
        assert (cars(), ImportRun.objects.get().state) == (200, State.DONE)

    def test_a_check_that_breaks_has_failed_with_the_number_of_the_run(self, hrbp):
        run = make_run(State.CHECKING, "车牌,车主\n沪A1,break\n")
        jobs.check_run.call(run.pk, "en")
        run.refresh_from_db()
        assert (run.state, run.error["code"], run.error["values"]) == (
            State.FAILED,
            "import_interrupted",
            {"run": str(run.pk)},
        )

    @pytest.mark.parametrize("state", [State.CHECKING, State.LOADING, State.DONE, State.FAILED, State.DISCARDED])
    def test_only_a_checked_run_is_loaded_or_discarded(self, hrbp, state):
        run = make_run(state)
        with pytest.raises(NotWaiting):
            runs.request_load(run, hrbp)
        with pytest.raises(NotWaiting):
            runs.discard(run)
        assert ImportRun.objects.get().state == state

    def test_an_unknown_kind_keeps_no_file(self, hrbp, tmp_path):
        with pytest.raises(UnknownKind):
            runs.keep_run("boats", [b"x"], "a.csv", state=State.CHECKING)
        assert not (tmp_path / "files").exists()

    def test_the_refusals_of_the_reader_and_of_the_importer_stand_together(self, hrbp):
        run = make_run(State.CHECKING, "车牌,车主\n坏1,李\n#N/A,王\n沪A1,张,多\n沪A2,赵\n")
        outcome = running.check(run, no_progress)
        assert [(remark.row, remark.code) for remark in outcome.result.remarks] == [
            (2, "plate_bad"),
            (3, "error_cell"),
            (4, "row_too_long"),
        ]
        assert (run.created, run.refused) == (1, 3)

    def test_only_so_many_remarks_are_kept_with_the_run_and_all_in_the_file(self, hrbp, monkeypatch):
        monkeypatch.setattr(running, "STORED_REMARKS", 3)
        run = make_run(State.CHECKING, "车牌\n" + "坏\n" * 10)
        running.check(run, no_progress)
        assert (len(run.remarks), run.refused) == (3, 10)
        assert path_of(run.refused_stored_as).stat().st_size > 0


@pytest.mark.django_db
class TestOrigins:
    def loaded(self, content: str | bytes, name: str = "a.csv") -> ImportRun:
        run = make_run(State.LOADING, content, name)
        running.load(run, no_progress, None)
        return run

    def test_a_row_as_it_was(self, hrbp):
        run = self.loaded("车牌,车主,备注\n沪A1, 李伟 ,=x\n\n沪A2,,\n")
        assert open_run_row(run, 2) == {"车牌": "沪A1", "车主": " 李伟 ", "备注": "=x"}
        assert open_run_row(run, 4) == {"车牌": "沪A2", "车主": "", "备注": ""}

    @pytest.mark.parametrize("row", [-1, 0, 1, 3, 99])
    def test_a_row_that_is_no_row(self, hrbp, row):
        run = self.loaded("车牌,车主\n沪A1,李伟\n\n")
        with pytest.raises(RowGone):
            open_run_row(run, row)

    def test_columns_without_a_header_go_by_their_letter_and_doubled_ones_too(self, hrbp):
        run = self.loaded("车牌,,备注,备注\n沪A1,x,y,z\n")
        assert open_run_row(run, 2) == {"车牌": "沪A1", "B": "x", "备注": "y", "备注 (D)": "z"}
        assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]

    def test_a_workbook_too(self, hrbp, tmp_path):
        rows = text_row(1, "登记表") + text_row(3, "车牌", "车主") + text_row(70_000, "沪A1", "李伟")
        path = workbook(tmp_path / "a.xlsx", {"S": sheet_xml(rows)})
        assert open_run_row(self.loaded(path.read_bytes(), "a.xlsx"), 70_000) == {"车牌": "沪A1", "车主": "李伟"}

    def test_the_index_is_made_anew_where_it_is_missing_and_a_missing_file_is_said_so(self, hrbp):
        run = self.loaded("车牌\n沪A1\n")
        path_of(f"{run.stored_as}.parquet").unlink()
        assert open_run_row(run, 2) == {"车牌": "沪A1"}
        path_of(f"{run.stored_as}.parquet").unlink()
        path_of(run.stored_as).unlink()
        with pytest.raises(RowGone):
            open_run_row(run, 2)


class TestFiles:
    def test_two_files_of_one_name_are_kept_apart(self):
        first, second = keep([b"a"], "x.csv"), keep([b"b"], "x.csv")
        assert first.stored_as != second.stored_as
        assert (first.digest[:8], second.digest[:8]) == ("ca978112", "3e23e816")

    @pytest.mark.parametrize(
        ("sent", "shown"),
        [
            ("../../etc/passwd.csv", "passwd.csv"),
            (r"C:\表\车辆.xlsx", "车辆.xlsx"),
            ("a\n\x00\u202ebc.csv", "abc.csv"),
            ("", "file"),
            ("长" * 300 + ".csv", "…" + "长" * 195 + ".csv"),
        ],
    )
    def test_a_name_is_shown_without_folders_and_tricks(self, sent, shown):
        assert shown_name(sent) == shown

    def test_a_strange_suffix_decides_nothing(self):
        assert Path(keep([b""], "x.c/../v").stored_as).suffix == ""

    def test_progress_is_seen_while_it_lasts(self):
        run = ImportRun(stored_as=keep([b""], "x.csv").stored_as)
        assert progress_of(run).at == 0
        with ProgressFile(run) as progress:
            progress(200, 200)
            assert progress_of(run)[:2] == (200, 200)
        assert progress_of(run).at == 0


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_take_turns(hrbp):
    runs_ = [make_run(State.LOADING), make_run(State.LOADING)]
    outcomes = []

    def load(run: ImportRun) -> None:
        try:
            outcomes.append(running.load(run, no_progress, None).result)
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=[run]) for run in runs_]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((result.created, result.same) for result in outcomes) == [(0, 200), (200, 0)]
    assert cars() == 200


def has_turn() -> bool:
    """Whether this connection waits longer, or holds the lock, as only a load does."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return cursor.execute("PRAGMA busy_timeout").fetchone() == (600_000,)
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_with_the_load_also_where_that_breaks():
    assert not has_turn()
    with pytest.raises(OperationalError), one_at_a_time():
        assert has_turn()
        busy()
    assert not has_turn()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_loading_leaves_nothing_and_the_next_one_loads_it_all(hrbp, start, tmp_path):  # noqa: F811
    began, go = tmp_path / "began", tmp_path / "go"
    run = make_run(State.CHECKED, CARS + f"沪B1,wait:{tmp_path}\n沪B2,张敏\n")
    runs.request_load(run, hrbp)
    surroundings = {"DJANGO_SETTINGS_MODULE": SETTINGS, "ACCORD_HOME": str(tmp_path)}
    first = start("-m", "accord", "worker", **surroundings)
    wait_for(began.exists)
    first.kill()
    first.wait()
    run.refresh_from_db()
    assert (cars(), run.state) == (0, State.LOADING)
    go.touch()
    start("-m", "accord", "worker", **surroundings)
    wait_for(lambda: ImportRun.objects.get().state == State.DONE)
    run.refresh_from_db()
    assert (cars(), run.created, run.loaded_by) == (202, 202, hrbp)


@pytest.mark.django_db(transaction=True)
def test_a_command_killed_while_loading_leaves_nothing_and_runs_again(hrbp, start, tmp_path):  # noqa: F811
    file = tmp_path / "a.csv"
    file.write_text(CARS + f"沪B1,wait:{tmp_path}\n", "utf-8")
    surroundings = {"DJANGO_SETTINGS_MODULE": SETTINGS, "ACCORD_HOME": str(tmp_path)}
    command = ("-m", "accord", "import", "cars", str(file), "--json")
    first = start(*command, **surroundings)
    wait_for((tmp_path / "began").exists)
    first.kill()
    first.wait()
    assert cars() == 0
    (tmp_path / "go").touch()
    told, _ = start(*command, **surroundings).communicate(timeout=60)
    assert (json.loads(told)["created"], cars()) == (201, 201)
