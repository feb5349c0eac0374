"""A rule in a sentence, as people read it in lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accord.metrics.forms.mappings import AGGREGATES, BY, TESTS, UNITS
from accord.metrics.models import Connection


def rule_words(rule: Mapping[str, Any], connection: Connection) -> str:
    """What is counted, whose it is and when, with the names of the fields as they are kept."""
    who, when = rule.get("who") or {}, rule.get("when") or {}
    told = {
        "who": who.get("field", "–"),
        "by": matched_by(str(who.get("by", ""))),
        "when": when.get("field", "–"),
        "what": _what(rule),
    }
    sentence = _("%(what)s · whose: %(who)s (%(by)s) · when: %(when)s") % told
    conditions = "；".join([*map(_condition, rule.get("filters") or []), *lookup_words(rule)])
    return f"{sentence} · {conditions}" if conditions else sentence


def lookup_words(rule: Mapping[str, Any]) -> list[str]:
    """Which rows are looked up where not all of them count."""
    limited = (each for each in rule.get("with") or [] if each.get("filters"))
    return [
        _("%(name)s is looked up where %(conditions)s")
        % {"name": each.get("as", ""), "conditions": "；".join(map(_condition, each["filters"]))}
        for each in limited
    ]


def matched_by(code: str) -> str:
    """With what a name is matched, in words."""
    return str(dict(BY).get(code, code))


def _what(rule: Mapping[str, Any]) -> str:
    kind = str(rule.get("aggregate", ""))
    value = rule.get("value") or {}
    told = {"how": str(dict(AGGREGATES).get(kind, kind)), "field": value.get("field", "")}
    if rule.get("meets"):
        return _("share of rows with %(conditions)s") % {"conditions": "；".join(map(_condition, rule["meets"]))}
    if "from" in value:
        told |= {
            "start": value["from"],
            "end": value.get("to", ""),
            "unit": str(dict(UNITS).get(str(value.get("in")), "")),
        }
        return _("%(how)s of the time from %(start)s to %(end)s in %(unit)s") % told
    weight = (rule.get("weight") or {}).get("field")
    if weight and kind == "ratio":
        return f"{told['field']} ÷ {weight}"
    return _("%(how)s: %(field)s") % told if told["field"] else told["how"]


def _condition(condition: Mapping[str, Any]) -> str:
    value = condition.get("value", "")
    if isinstance(value, Mapping):
        value = value.get("field", "")
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    test = str(dict(TESTS).get(str(condition.get("is")), ""))
    return f"{condition.get('field')} {test} {text}".strip()
