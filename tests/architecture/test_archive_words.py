"""Whoever reads the archive reads words: every kind of record that the product keeps has some, in Chinese too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import accord
from accord.goals.models import ScorecardRun
from accord.workflow.archive_words import kind_in_words
from accord.workflow.models import DocumentParty
from accord.workflow.services.versions.kinds import kinds

ROOT = Path(accord.__file__).parent
ARCHIVE = "accord.workflow.services.archive.keeping"

DESIGNED = ("published", "retired", "settings_changed")
ENDS = ("signed", "refused", "expired", "withdrawn")
WORKED_OUT = {
    "goals/services/scorecards/scoring.py": [f"scorecards.{kind}" for kind in ScorecardRun.Kind.values],
    "workflow/services/documents/keeping.py": [
        *(f"document.party_{state}" for state in DocumentParty.State.values if state != DocumentParty.State.WAITING),
        *(f"document.{end}" for end in ENDS),
    ],
    "workflow/services/freezing.py": ["form.fields_frozen", "form.fields_unfrozen"],
    "workflow/services/archive/erasing.py": ["archive.erased"],
    "workflow/services/archive/rotation.py": ["archive.key_changed"],
    "workflow/services/versions/publication.py": [f"{code}.{what}" for code in kinds() for what in DESIGNED[:2]],
    "workflow/services/versions/settings.py": [f"{code}.{DESIGNED[2]}" for code in kinds()],
}
"""Files that put a kind together while they run, with everything it can become."""


def kept() -> Iterator[tuple[str, str | None]]:
    """Every place that keeps something: the file, and the kind where it is written out there."""
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text("utf-8")
        if "tests" in path.parts or f"from {ARCHIVE} import" not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "keep":
                [kind, *_rest] = call.args
                written = str(kind.value) if isinstance(kind, ast.Constant) else None
                yield path.relative_to(ROOT).as_posix(), written


def test_places_that_work_their_kind_out_are_all_listed() -> None:
    assert {file for file, kind in kept() if kind is None} == set(WORKED_OUT)


KINDS = sorted({kind for _file, kind in kept() if kind} | {kind for some in WORKED_OUT.values() for kind in some})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_in_both_languages(kind: str) -> None:
    said = {}
    for language in ("en", "zh-hans"):
        with override(language):
            said[language] = kind_in_words(kind)
    assert kind not in said.values()
    assert said["en"] != said["zh-hans"]
