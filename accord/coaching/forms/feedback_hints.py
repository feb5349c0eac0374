"""The hints beside a form: what they say, and what their author has chosen to ignore."""

from __future__ import annotations

from dataclasses import dataclass

from accord.coaching.forms.feedback import FeedbackForm
from accord.coaching.models import Feedback
from accord.coaching.queries.feedback import kinds_before
from accord.domain.feedback_hints import Hint, HintKind, hints_of, one_sided
from accord.people.models import Employee


@dataclass(frozen=True)
class Group:
    """The hints of one kind in one part, said once."""

    kind: HintKind
    part: str
    hints: list[Hint]

    @property
    def key(self) -> str:
        """How all of them are put aside at once: a key a line."""
        return "\n".join(hint.key for hint in self.hints)


@dataclass(frozen=True)
class Hinted:
    """The hints to show, those ignored, and the kind that is the only one of late."""

    hints: list[Group]
    ignored: list[str]
    one_sided: str | None
    was_looked: bool


def hinted(author: Employee, form: FeedbackForm, draft: Feedback | None) -> Hinted:
    """The hints about what stands in the form, without those its author put aside, here or in the draft before."""
    ignored = list(dict.fromkeys([*(draft.ignored if draft else ()), *form.ignored()]))
    found = hints_of(form.words(), has_day=bool(form["happened_on"].value()))
    return Hinted(
        _grouped([hint for hint in found if hint.key not in ignored]),
        ignored,
        None if "one_sided" in ignored else _one_sided(author, form),
        form.is_bound,
    )


def _grouped(hints: list[Hint]) -> list[Group]:
    groups: dict[tuple[HintKind, str], list[Hint]] = {}
    for hint in hints:
        groups.setdefault((hint.kind, hint.part), []).append(hint)
    return [Group(kind, part, found) for (kind, part), found in groups.items()]


def _one_sided(author: Employee, form: FeedbackForm) -> str | None:
    """The only kind of the last few, this one included."""
    if not form.is_bound or not form.is_valid():
        return None
    told = form.cleaned_data
    return one_sided([told["kind"], *kinds_before(author, told["receiver"])])
