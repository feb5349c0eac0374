"""Complete forms for every test that needs one, and somebody to ask about people and files."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from accord.domain.form_schema import Form, FormError, Problem, read_form

FOLDER = Path(__file__).parent / "cases" / "forms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def body(name: str) -> dict[str, Any]:
    """The definition of a complete form: monthly_progress, one_on_one, sbi_feedback or self_assessment."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def form(name: str) -> Form:
    return read_form(body(name))


def field(kind: str, **settings: Any) -> dict[str, Any]:
    """A field of a kind with what the kind needs, called 测试 unless it says otherwise."""
    needed: dict[str, dict[str, Any]] = {
        "choice": {"options": options("a", "b", "c")},
        "multi_choice": {"options": options("a", "b", "c")},
        "rating": {"anchors": [{"value": value, "label": f"{value} 分"} for value in (1, 2, 3)]},
        "metric": {"metric": "gmv"},
        "table": {"columns": [{"key": "name", "kind": "text", "label": "名称"}]},
        "calculated": {"formula": "1 + 1"},
    }
    return {"key": "it", "kind": kind, "label": {"zh": "测试", "en": "Test"}} | needed.get(kind, {}) | settings


def options(*values: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": {"zh": f"选项{value}"}} for value in values]


def made_of(*fields: Any, **settings: Any) -> dict[str, Any]:
    """The definition of a form with these fields."""
    return {"v": 1, "title": {"zh": "表单"}, "fields": list(fields)} | settings


def problems(definition: object) -> tuple[Problem, ...]:
    """What is wrong with a definition; nothing when it can be read."""
    try:
        read_form(definition)
    except FormError as error:
        return error.problems
    return ()


class Known:
    """An organisation of nine people and nine units; files 1 and 2 are handed in at every field."""

    def employee_exists(self, employee_id: int) -> bool:
        return employee_id < 10

    def unit_exists(self, unit_id: int) -> bool:
        return unit_id < 10

    def attachment_ids(self, field_key: str) -> Collection[int]:
        return {1, 2}


class Named:
    """What the numbers of answers stand for."""

    def employee_name(self, employee_id: int) -> str:
        return {7: "李经理"}.get(employee_id, "?")

    def unit_name(self, unit_id: int) -> str:
        return {5: "运营部"}.get(unit_id, "?")

    def file_name(self, attachment_id: int) -> str:
        return f"{attachment_id}.pdf"
