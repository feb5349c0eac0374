"""A rule as answers to questions, and answers as a rule. What the questions do not ask stays as it was stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count, takewhile
from typing import Any

_BETWEEN = re.compile(r"[,，;；、\n]+")
_MEASURED = frozenset({"sum", "mean", "median", "percentile", "weighted_mean", "min", "max", "last"})
_LISTS = frozenset({"in", "not_in"})
_ALONE = frozenset({"filled", "empty"})

Answers = Mapping[str, Any]
Rule = Mapping[str, Any]


def answers_of(rule: Rule) -> dict[str, Any]:
    """The answers that make a rule."""
    value = rule.get("value") or {}
    answers: dict[str, Any] = {
        "who_field": (rule.get("who") or {}).get("field", ""),
        "who_by": (rule.get("who") or {}).get("by", "employee_no"),
        "when_field": (rule.get("when") or {}).get("field", ""),
        "aggregate": rule.get("aggregate", "sum"),
        "value_kind": "span" if "from" in value else "field",
        "value_field": value.get("field", ""),
        "span_from": value.get("from", ""),
        "span_to": value.get("to", ""),
        "span_in": value.get("in", "minutes"),
        "span_working": bool(value.get("working")),
        "weight_field": (rule.get("weight") or {}).get("field", ""),
        "percentile": rule.get("percentile", ""),
        "factor": rule.get("factor", ""),
    }
    answers |= _filter_answers("filter", rule.get("filters") or [])
    answers |= _filter_answers("meets", rule.get("meets") or [])
    for at, lookup in enumerate(rule.get("with") or []):
        own, theirs = (*lookup.get("on", []), "", "")[:2]
        parts = {"stream": lookup.get("stream"), "own": own, "theirs": theirs, "take": lookup.get("take")}
        parts |= {"field": lookup.get("field", ""), "as": lookup.get("as", "")}
        answers |= {f"with_{at}_{part}": text for part, text in parts.items()}
    return answers


def rule_of(answers: Answers, stored: Rule) -> dict[str, Any]:
    """The rule that the answers make; `stored` is the one they were read from."""
    aggregate = answers["aggregate"]
    rule: dict[str, Any] = {
        "v": 1,
        "who": {"field": answers["who_field"], "by": answers["who_by"]},
        "when": {**(stored.get("when") or {}), "field": answers["when_field"]},
        "filters": list(_filters("filter", answers)),
        "with": list(_lookups(answers, stored)),
        "aggregate": aggregate,
    }
    meets = list(_filters("meets", answers)) if aggregate == "ratio" else []
    if meets:
        rule["meets"] = meets
    elif aggregate == "ratio" or aggregate in _MEASURED:
        rule["value"] = _value(answers, stored)
    if answers.get("weight_field") and not meets and aggregate in ("ratio", "weighted_mean"):
        rule["weight"] = {"field": answers["weight_field"]}
    if aggregate == "percentile":
        rule["percentile"] = _number(answers.get("percentile") or Decimal(90))
    if answers.get("factor") not in (None, ""):
        rule["factor"] = f"{_plain(answers['factor'])}"
    return rule


def _value(answers: Answers, stored: Rule) -> dict[str, Any]:
    if answers.get("value_kind") != "span":
        return {"field": answers.get("value_field", "")}
    # Hours of work of their own stand in the rule only.
    kept = {key: each for key, each in (stored.get("value") or {}).items() if key not in ("field", "from", "to")}
    said = {"from": answers.get("span_from", ""), "to": answers.get("span_to", "")}
    return {**kept, **said, "in": answers.get("span_in") or "minutes", "working": bool(answers.get("span_working"))}


def asked_rows(kind: str, answers: Answers) -> list[int]:
    """The rows of a group of questions that were answered, in order."""
    first, second = ("stream", "as") if kind == "with" else ("field", "is")
    rows = takewhile(lambda at: f"{kind}_{at}_{first}" in answers, count())
    return [at for at in rows if answers[f"{kind}_{at}_{first}"] and answers.get(f"{kind}_{at}_{second}")]


def _filters(kind: str, answers: Answers) -> Iterator[dict[str, Any]]:
    for at in asked_rows(kind, answers):
        field, test = answers[f"{kind}_{at}_field"], answers[f"{kind}_{at}_is"]
        other, text = answers.get(f"{kind}_{at}_other"), (answers.get(f"{kind}_{at}_value") or "").strip()
        told: dict[str, Any] = {"field": field, "is": test}
        if test in _ALONE:
            yield told
        elif test in _LISTS:
            yield {**told, "value": [each.strip() for each in _BETWEEN.split(text) if each.strip()]}
        else:
            yield {**told, "value": {"field": other} if other and not text else text}


def _filter_answers(kind: str, filters: list[Mapping[str, Any]]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for at, each in enumerate(filters):
        value = each.get("value", "")
        other = value.get("field", "") if isinstance(value, Mapping) else ""
        told = "" if other else "、".join(map(str, value)) if isinstance(value, list) else str(value)
        parts = {"field": each.get("field"), "is": each.get("is"), "value": told, "other": other}
        answers |= {f"{kind}_{at}_{part}": text for part, text in parts.items()}
    return answers


def _lookups(answers: Answers, stored: Rule) -> Iterator[dict[str, Any]]:
    before = {each.get("as"): each for each in stored.get("with") or []}
    for at in asked_rows("with", answers):
        stream, name = answers[f"with_{at}_stream"], answers[f"with_{at}_as"].strip()
        lookup: dict[str, Any] = {
            "stream": stream,
            "on": [answers.get(f"with_{at}_own", ""), answers.get(f"with_{at}_theirs", "")],
            "take": answers.get(f"with_{at}_take") or "first",
            "as": name,
        }
        if answers.get(f"with_{at}_field"):
            lookup["field"] = answers[f"with_{at}_field"]
        if (before.get(name) or {}).get("filters"):
            lookup["filters"] = before[name]["filters"]
        yield lookup


def question_at(place: str, answers: Answers) -> str:
    """The question that a place of the rule was made from, such as `filters[0].value`."""
    top, _, rest = place.partition(".")
    kind = {"filters": "filter", "meets": "meets", "with": "with"}.get(top.partition("[")[0])
    if kind and "[" in top:
        rows, at = asked_rows(kind, answers), int(top.partition("[")[2].rstrip("]"))
        part = rest.partition("[")[0].partition(".")[0]
        row = rows[at] if at < len(rows) else 0
        return f"{kind}_{row}_{_PARTS.get(kind + '.' + part + rest[2:5], part or 'field')}"
    return _PLACES.get(place) or _PLACES.get(top, "")


_PARTS = {"with.on[0]": "own", "with.on[1]": "theirs"}
_PLACES = {
    "who": "who_field",
    "who.by": "who_by",
    "when": "when_field",
    "aggregate": "aggregate",
    "value": "value_field",
    "value.from": "span_from",
    "value.to": "span_to",
    "value.in": "span_in",
    "weight": "weight_field",
    "meets": "meets_0_field",
    "percentile": "percentile",
    "factor": "factor",
}


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
