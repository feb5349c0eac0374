"""What a page without a script sends: kept first, then whatever the pressed button asks for."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.workflow.errors.forms import Problems
from accord.workflow.forms.answers import Posted, posted
from accord.workflow.models import FormFill
from accord.workflow.queries.schema import editable_keys, field_of
from accord.workflow.services.attachments import attach, detach
from accord.workflow.services.fills import Saved, save_answers, settle_conflict


def save_posted(fill: FormFill, step: str, post: QueryDict, actor: Employee) -> Saved:
    """Keep what a form was sent with as a draft, as `save_answers` does."""
    sent: Posted = posted(fill.version, step, post)
    return save_answers(fill, step, sent.changes, sent.revision, actor, window=sent.window, seconds=sent.seconds)


def take_posted(
    fill: FormFill,
    step: str,
    post: QueryDict,
    files: MultiValueDict[str, UploadedFile[Any]],
    actor: Employee,
    action: str,
) -> Problems:
    """Keep the answers and take the files; then do what `action` says beside it.

    `action` is `save`, `submit`, `settle:<field>:<window>:<choice>`, `drop:<table>:<row>` or `detach:<file>`. Returns
    what was refused by field: files that were not taken.
    """
    sent = post.copy()
    verb, *words = action.split(":")
    if verb == "drop" and len(words) == 2:
        _empty_row(sent, *words)
    saved = save_posted(fill, step, sent, actor)
    if verb == "settle" and len(words) == 3:
        settle_conflict(saved.fill, step, *words)
    if verb == "detach" and len(words) == 1 and words[0].isdecimal() and len(words[0]) < 19:
        detach(fill, editable_keys(fill.version, step, with_files=True), int(words[0]))
    return _take_files(fill, step, files, actor)


def _empty_row(sent: QueryDict, key: str, row: str) -> None:
    """Rows without an answer are not kept."""
    for name in [name for name in sent if name.startswith(f"{key}-{row}-")]:
        sent[name] = ""


def _take_files(
    fill: FormFill, step: str, files: MultiValueDict[str, UploadedFile[Any]], actor: Employee
) -> dict[str, list[str]]:
    refused: dict[str, list[str]] = {}
    for key in editable_keys(fill.version, step, with_files=True) & set(files):
        settings = field_of(fill.version, key)
        if settings is None or settings["kind"] != "attachment":
            continue
        for upload in files.getlist(key):
            try:
                attach(fill, settings, upload, actor)
            except BusinessError as error:
                refused.setdefault(key, []).append(f"{error} {error.advice()}")
    return refused
