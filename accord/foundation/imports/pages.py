"""What the page of one run shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.foundation.imports.kinds import ImportKind, import_kinds
from accord.foundation.imports.progress import Step, progress_of
from accord.foundation.imports.remarks import Headings, ShownRemark, restored, shown_error
from accord.foundation.imports.runs import is_silent
from accord.foundation.models import ImportRun

State = ImportRun.State

TONES = {
    State.CHECKING: "primary",
    State.CHECKED: "yellow",
    State.LOADING: "primary",
    State.DONE: "green",
    State.FAILED: "red",
    State.DISCARDED: "grey",
}
"""The colour of each state; its word stands beside it."""

ICONS = {
    State.CHECKING: "loader-2",
    State.CHECKED: "hand-stop",
    State.LOADING: "loader-2",
    State.DONE: "check",
    State.FAILED: "x",
    State.DISCARDED: "trash",
}


@dataclass(frozen=True)
class RunPage:
    """A run for the templates: everything in the reader's language."""

    run: ImportRun

    @property
    def kind_label(self) -> Text:
        kind = import_kinds().get(self.run.kind)
        return kind.label if kind else self.run.kind

    @property
    def tone(self) -> str:
        return TONES[State(self.run.state)]

    @property
    def icon(self) -> str:
        return ICONS[State(self.run.state)]

    @property
    def is_working(self) -> bool:
        return self.run.state in (State.CHECKING, State.LOADING)

    @property
    def is_waiting(self) -> bool:
        return self.run.state == State.CHECKED

    @property
    def has_counts(self) -> bool:
        return self.run.state in (State.CHECKED, State.DONE, State.DISCARDED)

    @cached_property
    def is_silent(self) -> bool:
        return is_silent(self.run)

    @property
    def good_rows(self) -> int:
        """Rows that loading would take."""
        return self.run.created + self.run.changed + self.run.same

    @property
    def counts(self) -> dict[str, str]:
        """The numbers of rows as people read them."""
        names = ("created", "changed", "same", "refused")
        return {name: f"{getattr(self.run, name):,}" if self.has_counts else "–" for name in names}

    @property
    def good_rows_shown(self) -> str:
        return f"{self.good_rows:,}"

    @property
    def step_shown(self) -> dict[str, str]:
        """How many rows of how many, as people read them."""
        return {"done": f"{self.step.done:,}", "total": f"{self.step.total:,}"}

    @property
    def error(self) -> dict[str, str]:
        return shown_error(self.run.error)

    @cached_property
    def remarks(self) -> list[ShownRemark]:
        headings = _headings(self.run)
        return [headings.show(remark) for remark in restored(self.run.remarks)] if headings else []

    @property
    def refusals(self) -> list[ShownRemark]:
        return [remark for remark in self.remarks if remark.is_refusal]

    @property
    def warnings(self) -> list[ShownRemark]:
        return [remark for remark in self.remarks if not remark.is_refusal]

    @property
    def chosen_options(self) -> list[tuple[Text, Text]]:
        kind = import_kinds().get(self.run.kind)
        values: Mapping[str, str] = self.run.options
        return [
            (option.label, _("yes") if option.is_flag else values[option.name])
            for option in (kind.options if kind else ())
            if option.name in values
        ]

    @cached_property
    def step(self) -> Step:
        return progress_of(self.run)

    @property
    def etag(self) -> str:
        """Changes whenever the progress panel does."""
        step = self.step
        return f'"{self.run.pk}-{self.run.state}-{step.done}-{step.total}-{self.is_silent:d}"'

    @property
    def ended_at(self) -> datetime | None:
        return self.run.finished_at


def _headings(run: ImportRun) -> Headings | None:
    kind: ImportKind | None = import_kinds().get(run.kind)
    return Headings(kind) if kind else None
