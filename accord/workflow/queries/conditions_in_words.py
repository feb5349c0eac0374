"""Conditions as people read them: the names of fields give way to their labels, the signs stay."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import pgettext

# Text in quotes is left alone; a name may have a dot.
TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[A-Za-z_][\w.]*|[<>!=]=|<>")
SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "<>": "≠", "==": "="}


def condition_in_words(condition: str, labels: Mapping[str, str]) -> str:
    """The condition with labels for names. `person.position = '销售'` → `岗位 = 销售`."""
    joining = {
        "and": pgettext("condition", "and"),
        "or": pgettext("condition", "or"),
        "not": pgettext("condition", "not"),
        "in": pgettext("condition", "is one of"),
    }

    def said(match: re.Match[str]) -> str:
        token = match[0]
        if token[0] in "'\"":
            return token[1:-1]
        return SIGNS.get(token) or joining.get(token) or labels.get(token, token)

    return TOKEN.sub(said, condition)
