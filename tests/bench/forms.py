"""How fast forms are: `python -m tests.bench.forms [TURNS]`.

Prints one JSON line a figure, in processor milliseconds: reading a definition of 30 fields, looking at it, checking
its answers, and one condition. The raw limit is Python's own reading of the same JSON, and the same comparison.
"""

import json
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from statistics import median
from typing import Any

from accord.domain.expressions import parse
from accord.domain.form_schema import read_form
from accord.domain.tests.form_cases import NAMES, Known, body

ANSWERS: dict[str, Any] = {
    "state": "at_risk",
    "summary": "转化率回升，客单价持平",
    "obstacle": "两位同事请假，投放排期推迟一周" * 5,
    "support": ["people"],
    "met_on": "2026-01-05",
    "topics": ["results", "growth"],
    "agreed": "每周同步一次转化漏斗",
    "actions": [{"what": "补齐素材", "who": 1, "due": "2026-01-12"}] * 3,
    "next_on": "2026-02-02",
    "to": 3,
    "tone": "improve",
    "feedback": {"situation": "周会", "behaviour": "打断三次", "impact": "讨论中止"},
    "next_step": "先听完再回应",
    "work": [{"item": "大促", "weight": "60", "score": "90"}, {"item": "日常", "weight": "40", "score": "85.5"}] * 3,
    "overall": "2",
    "reason": "新品延期",
}


def whole() -> dict[str, Any]:
    """The complete forms of the tests in one: 30 fields of all sorts."""
    bodies = [body(name) for name in NAMES]
    steps = {step["key"]: step for each in bodies for step in each["steps"]}
    steps["start"] = {"key": "start", "label": "填写人"}
    ordered = [steps.pop("start"), *steps.values()]
    fields = [field for each in bodies for field in each["fields"]]
    return {"v": 1, "title": "全部", "steps": ordered, "fields": fields}


def milliseconds(run: Callable[[], object], turns: int) -> float:
    """The median processor time of one run."""
    times = []
    for _ in range(turns):
        start = time.process_time_ns()
        run()
        times.append((time.process_time_ns() - start) / 1e6)
    return median(times)


def cold(definition: dict[str, Any]) -> None:
    parse.cache_clear()
    read_form(definition)


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    definition = whole()
    text, form, answers = json.dumps(definition), read_form(definition), json.dumps(ANSWERS)
    limits = {
        "form": milliseconds(lambda: json.loads(text), turns),
        "answers": milliseconds(lambda: json.loads(answers), turns),
    }
    condition, values = parse("overall <= 2 or overall = 5"), {"overall": Decimal(3)}
    three = Decimal(3)
    parts: dict[str, tuple[Callable[[], object], float]] = {
        "read": (lambda: read_form(definition), limits["form"]),
        "read, nothing remembered": (lambda: cold(definition), limits["form"]),
        "look": (lambda: form.look(ANSWERS, "start"), limits["answers"]),
        "check": (lambda: form.check(ANSWERS, "start", stored={}, known=Known()), limits["answers"]),
        "one condition": (lambda: condition.value(values), milliseconds(lambda: three <= 2 or three == 5, turns)),
    }
    for part, (run, limit) in parts.items():
        took = milliseconds(run, turns)
        print(
            json.dumps(
                {
                    "part": part,
                    "fields": len(form.fields),
                    "ms": round(took, 4),
                    "raw_ms": round(limit, 4),
                    "ratio": round(took / limit, 1),
                }
            )
        )


if __name__ == "__main__":
    main()
