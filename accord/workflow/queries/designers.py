"""What the page of a designer starts from, whatever is designed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accord.workflow.models import DefinitionVersion


def designer_page(
    version: DefinitionVersion, *, addresses: Mapping[str, str], answer: Mapping[str, Any], words: Mapping[str, Any]
) -> dict[str, Any]:
    """The JSON the browser's designer is given. Only drafts are `editable`; `answer` is what a check would say."""
    return {
        "definition": version.body,
        "revision": version.revision,
        "editable": is_editable(version),
        "addresses": addresses,
        "answer": answer,
        "file_name": file_name_of(version),
        "words": {**shared_words(), **words},
    }


def is_editable(version: DefinitionVersion) -> bool:
    """Whether its body may still change."""
    return version.state == version.State.DRAFT


def file_name_of(version: DefinitionVersion) -> str:
    """What an exported definition is called."""
    return f"{version.definition.code}-v{version.number}.json"


def conflict_of(version: DefinitionVersion, differences: list[str]) -> dict[str, Any]:
    """What somebody who saved too late is told: who was first, when, and what theirs says otherwise."""
    at = timezone.localtime(version.saved_at)
    name = version.saved_by.name if version.saved_by else _("Somebody")
    sentence = _("%(name)s saved at %(time)s, after you had opened the draft.")
    return {
        "body": version.body,
        "revision": version.revision,
        "by": name,
        "at": at.isoformat(),
        "sentence": sentence % {"name": name, "time": at.strftime("%H:%M")},
        "differences": differences,
    }


def shared_words() -> dict[str, str]:
    """What all designers say by themselves: announcements, and what may go wrong on the way to the server."""
    return {
        "undone": _("Undone."),
        "redone": _("Done again."),
        "saved": _("Saved."),
        "imported": _("Imported; undo brings back what was there."),
        "theirs_taken": _("Theirs is on the canvas; undo brings back yours."),
        "too_large": _("The file is larger than 256 KB."),
        "not_json": _("This is not JSON. Please check that the file is complete."),
        "not_a_definition": _("This is JSON, but not a definition that this designer can open."),
        "unreachable": _("The server cannot be reached."),
        "signed_out": _("You have been signed out."),
        "broken": _("Something broke on our side."),
        "kept_here": _("Your changes are still on this page. Save again in a moment, or export them as a file."),
    }


def definition_text(version: DefinitionVersion) -> str:
    """The definition as people keep it in a file."""
    return json.dumps(version.body, ensure_ascii=False, indent=2) + "\n"
