"""`accord import` from the command line."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accord.foundation.models import ImportRun, Notification
from accord.foundation.spreadsheets import read_sheet
from accord.foundation.tests.imports.cars import COLUMNS, Broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path, hrbp) -> Path:
    path = tmp_path / "车辆.csv"
    path.write_text("备注,车主,车牌\n=1+1,李伟,沪A1\nx,,沪A2\n000123,张敏,坏1\n", encoding="utf-8")
    return path


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("import", *map(str, args), stdout=out)
    return out.getvalue()


def answer(*args: object) -> dict:
    return json.loads(run(*args, "--json"))


def plates() -> set[str]:
    return set(Notification.objects.filter(kind="car").values_list("cause", flat=True))


def test_good_rows_are_taken_and_bad_ones_told(file):
    told = answer("cars", file)
    assert {name: told[name] for name in ("created", "changed", "same", "refused")} == {
        "created": 2, "changed": 0, "same": 0, "refused": 1,
    }  # fmt: skip
    assert plates() == {"沪A1", "沪A2"}
    assert told["refusals"] == [
        {"row": 4, "column": "车牌", "code": "plate_bad", "sentence": "“坏1” is no plate.", "is_refusal": True}
    ]
    assert [warning["row"] for warning in told["warnings"]] == [3]


def test_twice_changes_nothing(file):
    answer("cars", file)
    again = answer("cars", file)
    assert (again["created"], again["changed"], again["same"], again["refused"]) == (0, 0, 2, 1)


def test_the_run_is_kept_with_its_file_and_digest(file):
    told = answer("cars", file)
    run = ImportRun.objects.get(pk=told["run"])
    assert (run.state, run.file_name, run.started_by) == (ImportRun.State.DONE, "车辆.csv", None)
    assert len(run.digest) == 64
    assert run.finished_at is not None
    assert (run.created, run.refused, run.warnings) == (2, 1, 1)


def test_refused_rows_lie_beside_the_input_with_its_own_columns_and_can_be_corrected_there(file):
    answer("cars", file)
    beside = file.with_name("车辆.refused.csv")
    text = beside.read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["备注,车主,车牌,行号,列,原因", "000123,张敏,坏1,4,车牌,“坏1” is no plate."]
    beside.write_text(text.replace("坏1,4", "沪A3,4"), encoding="utf-8-sig")
    assert answer("cars", beside)["created"] == 1
    assert plates() == {"沪A1", "沪A2", "沪A3"}


def test_columns_added_to_an_earlier_file_of_refused_rows_are_not_added_twice(file):
    answer("cars", file)
    beside = file.with_name("车辆.refused.csv")
    again = answer("cars", beside)
    assert Path(again["refused_file"]).read_text(encoding="utf-8-sig").splitlines()[0] == "备注,车主,车牌,行号,列,原因"


def test_the_refused_file_may_be_named_and_be_a_workbook(file, tmp_path):
    answer("cars", file, "--refused", tmp_path / "r.xlsx")
    sheet = read_sheet(tmp_path / "r.xlsx", COLUMNS)
    assert sheet.raw.rows() == [(2, "000123", "张敏", "坏1", "4", "车牌", "“坏1” is no plate.")]
    assert not file.with_name("车辆.refused.csv").exists()


def test_no_refused_row_no_file(tmp_path, hrbp):
    path = tmp_path / "a.csv"
    path.write_text("车牌\n沪A1\n")
    assert answer("cars", path)["refused_file"] is None
    assert [child.name for child in tmp_path.glob("*.csv")] == ["a.csv"]


def test_a_dry_run_writes_nothing_and_waits_to_be_loaded(file):
    told = answer("cars", file, "--dry-run")
    assert (told["created"], told["refused"], told["dry_run"]) == (2, 1, True)
    assert plates() == set()
    assert ImportRun.objects.get().state == ImportRun.State.CHECKED


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leer.csv", b"", "file_empty"),
        ("a.csv", "姓名\n张\n".encode(), "headers_missing"),
        ("a.xlsx", b"plate\n1\n", "file_type_misleading"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_exit_code_1_and_one_object(tmp_path, hrbp, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("import", "cars", str(path), "--json", stdout=out)
    assert ended.value.returncode == 1
    error = json.loads(out.getvalue())["error"]
    assert error["code"] == code
    assert error["hint"]
    assert ImportRun.objects.get().state == ImportRun.State.FAILED


def test_a_path_that_does_not_exist_is_said_so(tmp_path, db):
    with pytest.raises(CommandError, match=r"nein\.csv"):
        call_command("import", "cars", str(tmp_path / "nein.csv"))
    assert not ImportRun.objects.exists()


def test_an_unknown_kind_is_refused(tmp_path, db):
    with pytest.raises(CommandError, match="cars"):
        call_command("import", "boats", str(tmp_path / "x.csv"))


def test_the_options_of_the_kind_reach_the_importer(file):
    answer("cars", file, "--dry-run", "--fleet", "北区", "--sell-missing")
    run = ImportRun.objects.get()
    assert run.options == {"fleet": "北区", "sell_missing": "1"}
    assert [line["after"] for line in run.preview] == ["北区", "1"]


def test_the_summary_is_chinese_by_default_and_english_on_wish(file, monkeypatch):
    assert "新增 2" in run("cars", file)
    monkeypatch.setenv("LANGUAGE", "en_US:en")
    assert "Created 0" in run("cars", file)


def test_a_fault_of_the_importer_writes_nothing_and_the_run_can_be_loaded_again(tmp_path, hrbp):
    path = tmp_path / "a.csv"
    path.write_text("车牌,车主\n沪A1,李\n沪A2,break\n")
    with pytest.raises(Broken):
        run("cars", path)
    assert plates() == set()
    assert ImportRun.objects.get().state == ImportRun.State.CHECKED
