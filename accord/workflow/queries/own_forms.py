"""What forms know about one person, for them to take along."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.foundation.models import User
from accord.workflow.models import Attachment, FormFill
from accord.workflow.queries.schema import ONLOOKER, PERSON, RELATED, START, fields_of, right_of, steps_of


def own_data(user: User) -> dict[str, Any]:
    """What one filled in oneself, and what others handed in about oneself, as far as one may see it."""
    fills = FormFill.objects.select_related(*RELATED).exclude(state=FormFill.State.DISCARDED).order_by("pk")
    mine = fills.filter(author__user=user)
    about_me = fills.filter(person__user=user, state=FormFill.State.SUBMITTED).exclude(author__user=user)
    files = _files(Q(fill__author__user=user) | Q(fill__person__user=user))
    return {
        "filled_in": [_told(fill, START, files) for fill in mine.iterator(500)],
        "about_me": [
            _told(fill, PERSON if PERSON in steps_of(fill.version) else ONLOOKER, files)
            for fill in about_me.iterator(500)
        ],
    }


def _told(fill: FormFill, step: str, files: dict[int, list[Attachment]]) -> dict[str, Any]:
    # Numbers of somebody else stay with them.
    is_own = fill.person_id in (None, fill.author_id) or step != START
    seen = [
        settings["key"]
        for settings in fields_of(fill.version)
        if right_of(settings, step) != "hide" and (is_own or settings["kind"] != "metric")
    ]
    labels = {settings["key"]: settings["label"].get("zh", "") for settings in fields_of(fill.version)}
    return {
        "form": fill.version.form.name,
        "version": fill.version.number,
        "author": fill.author.name,
        "about": fill.person.name if fill.person else None,
        "state": fill.state,
        "submitted_at": fill.submitted_at,
        "answers": {labels[key]: fill.answers[key] for key in seen if key in fill.answers},
        "files": [each.file_name for each in files.get(fill.pk, ()) if each.field_key in seen],
    }


def _files(which: Q) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    for each in Attachment.objects.filter(which).order_by("pk"):
        found.setdefault(each.fill_id, []).append(each)
    return found
