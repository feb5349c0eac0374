"""`accord drivers` reads a file or the standard input and tells by its exit code whether every line could be read."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TREE = {"root": "all", "nodes": {"all": {"kind": "sum", "children": ["a"]}, "a": {"before": "1", "after": "3"}}}


def test_a_file_with_one_tree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tree.json"
    file.write_text(json.dumps(TREE, indent=1), "utf-8")
    call_command("drivers", str(file))
    assert json.loads(capsys.readouterr().out) == {"id": None, "change": 2.0, "contributions": {"a": 2.0}}


def test_standard_input_line_by_line_with_one_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = json.dumps({"id": "t", "tree": TREE}) + "\n{\n" + json.dumps({"id": "u", "tree": {"nodes": {}}})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    with pytest.raises(CommandError, match="1 lines could not be read"):
        call_command("drivers", "-")
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["change"] == 2.0
    assert second["line"] == 2
    assert third["error"] == "missing_node"


def test_says_which_file_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.json cannot be opened"):
        call_command("drivers", str(tmp_path / "missing.json"))
