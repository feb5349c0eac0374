"""What is still missing in minutes before both can confirm them, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accord.coaching.models import Minutes
from accord.coaching.services.commitments import FARTHEST, LONGEST_TEXT
from accord.domain.form_schema.written import date_of

LONGEST = {"decisions": 4000, "disagreements": 2000}
MOST_ROWS = 20
SIDES = ("employee", "manager")


def problems_of(minutes: Minutes) -> dict[str, list[str]]:
    """Sentences by field; empty where the minutes can be laid out."""
    answers, found = minutes.answers, {}
    for key, most in LONGEST.items():
        if len(answers.get(key) or "") > most:
            found[key] = [_("Keep this below %(most)s characters.") % {"most": most}]
    rows = list(_of_rows(answers.get("commitments") or [], minutes.one_on_one.held_on))
    if rows:
        found["commitments"] = rows
    if not any(answers.get(key) for key in ("decisions", "commitments", "disagreements")):
        found["decisions"] = [_("Write down at least one decision, commitment or disagreement.")]
    for key in minutes.set_aside:
        found.setdefault(key, []).append(_("Both of you wrote here at once. Choose first what stays."))
    return found


def _of_rows(rows: list[Mapping[str, Any]], first: date) -> Iterator[str]:
    if len(rows) > MOST_ROWS:
        yield _("At most %(most)s commitments come out of one talk.") % {"most": MOST_ROWS}
    for number, row in enumerate(rows[:MOST_ROWS], start=1):
        what = _wrong_with(row, first)
        if what:
            yield _("Row %(number)s: %(what)s") % {"number": number, "what": what}


def _wrong_with(row: Mapping[str, Any], first: date) -> str:
    if row.get("who") not in SIDES or not row.get("what") or not row.get("due"):
        return _("say who does what by when.")
    if len(row["what"]) > LONGEST_TEXT:
        return _("keep it below %(most)s characters.") % {"most": LONGEST_TEXT}
    due = date_of(row["due"])
    if due is None:
        return _("the day cannot be read.")
    if not first <= due <= first + FARTHEST:
        return _("choose a day after the talk, within two years.")
    return ""
