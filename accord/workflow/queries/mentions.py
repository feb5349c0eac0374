"""Whom a comment names: @number, @name, or @name（number） as the suggestions write it."""

from __future__ import annotations

import re
from itertools import islice

from django.db.models import Q

from accord.people.errors import UnknownPerson
from accord.people.models import Employee
from accord.people.queries.lookups import employee_named_or_numbered

# An @ inside an address (li@example.com) names nobody.
_MENTION = re.compile(
    r"(?<![A-Za-z0-9._%+-])@([^\s@（()）,，.。;；:：、!！?？]{1,40})(?:[（(]([^\s()（）]{1,40})[)）])?"
)
_MOST = 20


def mentioned_in(text: str) -> list[Employee]:
    """The people named after an @, each once. Raises UnknownPerson, AmbiguousName or NoLongerHere, so that nobody
    believes to have told somebody who was not.
    """
    found: dict[int, Employee] = {}
    for match in islice(_MENTION.finditer(text), _MOST):
        one = employee_named_or_numbered(match[2]) if match[2] else _longest_named(match[1])
        found[one.pk] = one
    return list(found.values())


def _longest_named(word: str) -> Employee:
    """Chinese needs no space after a name, so in “@小张请看” the longest beginning that is somebody's counts."""
    beginnings = [word[:end] for end in range(len(word), 0, -1)]
    asked = {*beginnings, *(each.upper() for each in beginnings)}
    rows = Employee.objects.filter(Q(name__in=beginnings) | Q(employee_no__in=asked)).values_list("name", "employee_no")
    known = {text.upper() for row in rows for text in row}
    for beginning in beginnings:
        if beginning.upper() in known:
            return employee_named_or_numbered(beginning)
    raise UnknownPerson(text=word)
