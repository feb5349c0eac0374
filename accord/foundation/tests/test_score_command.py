"""`accord score` reads a file or the standard input and tells by its exit code whether every line could be read."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CASE = '{"id": "a", "method": "completion_ratio", "params": {"target": "200"}, "actual": "150"}\n'


def test_scores_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(CASE, "utf-8")
    call_command("score", str(file))
    assert json.loads(capsys.readouterr().out) == {"id": "a", "result": "75.00"}


def test_scores_standard_input_and_fails_for_an_unreadable_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{\n" + CASE.encode())))
    with pytest.raises(CommandError, match="1 lines could not be read"):
        call_command("score", "-")
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first)["line"] == 1
    assert json.loads(second)["result"] == "75.00"


def test_says_which_file_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.jsonl cannot be opened"):
        call_command("score", str(tmp_path / "missing.jsonl"))
