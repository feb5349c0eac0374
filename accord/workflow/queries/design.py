"""What is being designed: the list of definitions of a kind, and the versions of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accord.foundation.language import readers_language
from accord.workflow.models import Definition, DefinitionVersion
from accord.workflow.services.versions.kinds import kind_of, kinds

_State = DefinitionVersion.State


def definitions(kind: str, search: str) -> QuerySet[Any]:
    """All definitions of a kind by name, each with its published version and the state of the one being worked on."""
    which = kinds()[kind]
    mine: QuerySet[Any] = which.versions._default_manager.filter(**{which.key: OuterRef("pk")})
    published = mine.filter(state=_State.PUBLISHED)
    unfinished = mine.filter(state__in=DefinitionVersion.UNFINISHED)
    found: QuerySet[Any] = which.definitions._default_manager.annotate(
        published_number=Subquery(published.values("number")[:1]),
        published_at=Subquery(published.values("published_at")[:1]),
        unfinished_number=Subquery(unfinished.values("number")[:1]),
        unfinished_state=Subquery(unfinished.values("state")[:1]),
    ).order_by("name", "pk")
    found = which.listed(found, published)
    return found.filter(Q(name__icontains=search) | Q(name_en__icontains=search)) if search else found


@dataclass(frozen=True)
class VersionLine:
    """One version in the history of a definition. `running` counts what still runs on it."""

    version: DefinitionVersion
    running: int
    before: int | None


def versions_of(definition: Definition) -> Sequence[VersionLine]:
    """All versions, the newest first, each with the key of the one before it."""
    versions = definition.all_versions.annotate(running=kind_of(definition).running())
    found = list(versions.select_related("made_by", "saved_by", "published_by").order_by("-number"))
    earlier = [version.pk for version in found[1:]]
    return [
        VersionLine(version, version.running, before) for version, before in zip(found, [*earlier, None], strict=True)
    ]


@dataclass(frozen=True)
class Row:
    """A field or step beside what it was; one of the two is empty where it came or went."""

    before: str
    after: str
    changes: Sequence[str]


@dataclass(frozen=True)
class Difference:
    """Two versions side by side. `general` is what changed beside the fields or steps; None for rows: unreadable."""

    old: DefinitionVersion | None
    new: DefinitionVersion
    others: Sequence[DefinitionVersion]
    general: Sequence[str] = ()
    rows: Sequence[Row] | None = None


def difference_of(version: DefinitionVersion, other_number: str) -> Difference:
    """`version` beside the one numbered so, or beside the one before it."""
    others: list[Any] = list(version.definition.all_versions.exclude(pk=version.pk).order_by("-number"))
    earlier = [each for each in others if each.number < version.number]
    asked = [each for each in others if str(each.number) == other_number]
    old = next(iter(asked or earlier), None)
    try:
        return _side_by_side(old, version, others) if old else _alone(version, others)
    except kind_of(version.definition).unreadable:
        return Difference(old, version, others)


def _alone(version: DefinitionVersion, others: Sequence[DefinitionVersion]) -> Difference:
    """A first version: all it says is new, and whoever approves it reads it here."""
    parts = kind_of(version.definition).parts(version, readers_language())
    return Difference(None, version, others, rows=[Row("", part, ()) for part in parts.values()])


def _side_by_side(old: DefinitionVersion, new: DefinitionVersion, others: Sequence[DefinitionVersion]) -> Difference:
    kind, language = kind_of(new.definition), readers_language()
    before, after = kind.parts(old, language), kind.parts(new, language)
    sentences: defaultdict[str, list[str]] = defaultdict(list)
    for place, sentence in kind.changes(old, new, language):
        sentences[place].append(sentence)
    keys = [*after, *(key for key in before if key not in after)]
    rows = [Row(before.get(key, ""), after.get(key, ""), sentences.pop(key, [])) for key in keys]
    return Difference(old, new, others, [each for found in sentences.values() for each in found], rows)
