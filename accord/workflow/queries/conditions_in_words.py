"""Conditions as people read them: labels for names and options, words for functions, signs for comparisons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

CALL = re.compile(r"(not\s+)?(contains|empty)\(\s*([A-Za-z_][\w.]*)\s*(?:,\s*('[^']*'|\"[^\"]*\"|[\d.]+)\s*)?\)")
# Text in quotes stands for itself; a name may have a dot.
TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[A-Za-z_][\w.]*|[<>!=]=|<>")
SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "<>": "≠", "==": "="}


def condition_in_words(condition: str, labels: Mapping[str, str]) -> str:
    """The condition with `labels` for its names, and for options as `<name>=<value>`.

    `kind = 'sick' and days >= 5` reads as `假期类型 = 病假 且 请假天数 ≥ 5`.
    """
    parts, end = [], 0
    for call in CALL.finditer(condition):
        parts += [_compared(condition[end : call.start()], labels), _called(call, labels)]
        end = call.end()
    return "".join([*parts, _compared(condition[end:], labels)])


def _called(call: re.Match[str], labels: Mapping[str, str]) -> str:
    is_not, function, name, value = call.groups()
    patterns = {
        ("empty", False): _("%(name)s is empty"),
        ("empty", True): _("%(name)s is filled in"),
        ("contains", False): _("%(name)s contains %(value)s"),
        ("contains", True): _("%(name)s does not contain %(value)s"),
    }
    said = (value or "").strip("'\"")
    values = {"name": labels.get(name, name), "value": labels.get(f"{name}={said}", said)}
    return patterns[function, bool(is_not)] % values


def _compared(condition: str, labels: Mapping[str, str]) -> str:
    joining = {
        "and": pgettext("condition", "and"),
        "or": pgettext("condition", "or"),
        "not": pgettext("condition", "not"),
        "in": pgettext("condition", "is one of"),
    }
    last_name = ""

    def said(match: re.Match[str]) -> str:
        nonlocal last_name
        token = match[0]
        if token[0] in "'\"":
            return labels.get(f"{last_name}={token[1:-1]}", token[1:-1])
        if token in SIGNS or token in joining:
            return SIGNS.get(token) or joining[token]
        last_name = token
        return labels.get(token, token)

    return TOKEN.sub(said, condition)
