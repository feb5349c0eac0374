"""One import from the command line: carried out here and now, told as JSON or as a few lines."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from accord.foundation.errors import BusinessError
from accord.foundation.imports import running
from accord.foundation.imports.errors import FileNotFound
from accord.foundation.imports.files import pieces_of
from accord.foundation.imports.kinds import import_kind
from accord.foundation.imports.progress import ProgressFile
from accord.foundation.imports.refusals import refused_rows, write_refused
from accord.foundation.imports.remarks import Headings, ShownRemark
from accord.foundation.imports.runs import keep_run
from accord.foundation.models import ImportRun
from accord.foundation.terminal import ProgressBar

LISTED = 100
_TOLD = 10


@dataclass(frozen=True)
class Request:
    """What to do with which file. `refused` names the file for refused rows; by default it lies beside the input."""

    kind: str
    path: Path
    is_dry_run: bool = False
    refused: Path | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def refused_path(self) -> Path:
        return self.refused or self.path.with_name(f"{self.path.stem}.refused.csv")


@dataclass(frozen=True)
class Answer:
    """The outcome in numbers; `refusals` and `warnings` hold the first hundred sentences each."""

    kind: str
    file: str
    run: int
    dry_run: bool
    created: int
    changed: int
    same: int
    refused: int
    seconds: float
    refused_file: str | None
    refusals: list[ShownRemark]
    warnings: list[ShownRemark]

    def as_json(self) -> dict[str, Any]:
        """Plain values for one JSON object."""
        return asdict(self)


def carry_out(request: Request, stderr: TextIO) -> Answer:
    """Check or load the file. Raises BusinessError when it could not be read at all; nothing is written then."""
    if not request.path.is_file():
        raise FileNotFound(file=request.path)
    started = time.monotonic()
    state = ImportRun.State.CHECKING if request.is_dry_run else ImportRun.State.LOADING
    run = keep_run(request.kind, pieces_of(request.path), request.path.name, state=state, options=request.options)
    outcome = _outcome(run, ProgressBar(stderr))
    headings = Headings(import_kind(request.kind))
    if refused_rows(outcome.result.remarks):
        write_refused(request.refused_path, outcome.sheet, outcome.result.remarks, headings)
    shown = [headings.show(remark) for remark in outcome.result.remarks]
    return Answer(
        kind=request.kind,
        file=str(request.path),
        run=run.pk,
        dry_run=request.is_dry_run,
        created=outcome.result.created,
        changed=outcome.result.changed,
        same=outcome.result.same,
        refused=outcome.result.refused,
        seconds=round(time.monotonic() - started, 3),
        refused_file=str(request.refused_path) if refused_rows(outcome.result.remarks) else None,
        refusals=[remark for remark in shown if remark.is_refusal][:LISTED],
        warnings=[remark for remark in shown if not remark.is_refusal][:LISTED],
    )


def _outcome(run: ImportRun, bar: ProgressBar) -> running.Outcome:
    with ProgressFile(run) as file, bar:

        def progress(done: int, total: int) -> None:
            file(done, total)
            bar(done, total)

        try:
            if run.state == ImportRun.State.CHECKING:
                return running.check(run, progress)
            return running.load(run, progress, actor=None)
        except BusinessError:
            raise
        except BaseException as error:
            running.give_up(run, error)
            raise


def summarise(answer: Answer, stdout: OutputWrapper) -> None:
    """Tell the outcome in a few lines of the current language."""
    if answer.dry_run:
        stdout.write(_("Dry run: nothing was written.") + "\n")
    counts = {name: f"{getattr(answer, name):,}" for name in ("created", "changed", "same", "refused")}
    stdout.write(
        _("Created %(created)s, changed %(changed)s, unchanged %(same)s, refused %(refused)s.") % counts + "\n"
    )
    for remark in [*answer.refusals[:_TOLD], *answer.warnings[:_TOLD]]:
        stdout.write(f"  {_line(remark)}\n")
    if answer.refused_file:
        rest = _("The refused rows and their reasons are in %(file)s; correct them there and bring in that file.")
        stdout.write(rest % {"file": answer.refused_file} + "\n")
    stdout.write(_("Import no. %(run)s, %(seconds)s seconds.") % {"run": answer.run, "seconds": answer.seconds} + "\n")


def _line(remark: ShownRemark) -> str:
    place = {"row": remark.row, "column": remark.column, "sentence": remark.sentence}
    if not remark.row:
        return remark.sentence
    if not remark.column:
        return _("Row %(row)s: %(sentence)s") % place
    return _("Row %(row)s, %(column)s: %(sentence)s") % place
