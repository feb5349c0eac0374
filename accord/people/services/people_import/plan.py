"""What taking the rows comes to: who is new, who changes in what, who stays the same."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accord.foundation.errors import Text
from accord.people.models import Employee
from accord.people.services.people_import.draft import Draft
from accord.people.services.people_import.known import Person
from accord.people.services.people_import.rows import NOBODY

PREVIEW_LINES = 200

LABELS: dict[str, Text] = {
    "name": pgettext_lazy("person", "name"),
    "email": gettext_lazy("e-mail"),
    "org_unit": gettext_lazy("organisation unit"),
    "position": gettext_lazy("position"),
    "manager": gettext_lazy("line manager"),
    "hired_on": gettext_lazy("hired on"),
    "status": gettext_lazy("status"),
}
_COMPARED = tuple(one.name for one in fields(Person) if one.name not in ("pk", "number"))


@dataclass
class Plan:
    """Keys of the people in the order of the rows; `changed` with the names of the fields that differ."""

    draft: Draft
    created: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    same: int = 0

    def after(self, key: str) -> Person:
        return self.draft.people[key]

    def before(self, key: str) -> Person:
        return self.draft.known.people[key]

    def differs(self, key: str, *names: str) -> bool:
        """Whether any of the fields `names` of somebody known changes."""
        return not set(names).isdisjoint(self.changed.get(key, ()))

    def words(self, key: str, name: str) -> list[str]:
        """A field before and after, as people say it and in no particular language."""
        return [self._word(self.before(key), name), self._word(self.after(key), name)]

    def _word(self, person: Person, name: str) -> str:
        value = getattr(person, name)
        if name == "manager":
            return self._called(value)
        return str(value or "")

    def _called(self, key: str) -> str:
        if key == NOBODY:
            return ""
        person = self.draft.people.get(key) or self.draft.known.people[key]
        return f"{person.name} ({person.number})"


def plan(draft: Draft) -> Plan:
    """Compare every accepted row with what is known."""
    made = Plan(draft)
    for key in draft.rows:
        after, before = draft.people[key], draft.known.people.get(key)
        if before is None:
            made.created.append(key)
        elif names := tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name)):
            made.changed[key] = names
        else:
            made.same += 1
    return made


def preview(made: Plan) -> tuple[dict[str, str], ...]:
    """The first lines of what would happen, in the current language; changes before newcomers."""
    changes = (_changed_line(made, key, name) for key, names in made.changed.items() for name in names)
    joins = (_joining_line(made, key) for key in made.created)
    lines = list(islice(changes, PREVIEW_LINES))
    return (*lines, *islice(joins, PREVIEW_LINES - len(lines)))


def _changed_line(made: Plan, key: str, name: str) -> dict[str, str]:
    before, after = made.words(key, name)
    if name == "status":
        before, after = (str(Employee.Status(word).label) for word in (before, after))
    what = _("%(person)s: %(field)s") % {"person": made.draft.name(key), "field": LABELS[name]}
    return {"row": str(made.draft.rows[key].row), "what": what, "before": before, "after": after}


def _joining_line(made: Plan, key: str) -> dict[str, str]:
    person = made.after(key)
    what = _("%(person)s: new") % {"person": made.draft.name(key)}
    after = f"{person.org_unit} · {person.position}"
    return {"row": str(made.draft.rows[key].row), "what": what, "before": "", "after": after}
