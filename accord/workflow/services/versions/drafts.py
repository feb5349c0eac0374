"""Drafts: begun, saved without losing anybody's words, discarded, and made from an old version."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.versions import BodyNotUnderstood, BodyTooLarge, NotADraft, StaleDraft, UnfinishedVersion
from accord.workflow.models import Definition, DefinitionVersion
from accord.workflow.services.versions.kinds import facts_about, kind_of, kinds, subject_of

LARGEST_BODY = 256 * 1024
"""Bytes of JSON."""

_DRAFT = DefinitionVersion.State.DRAFT
_LOOSE = (_DRAFT, DefinitionVersion.State.APPROVED)


def create_definition(kind: str, name: str, maker: Employee, *, code: str = "", **more: Any) -> Definition:
    """Make a form, a flow or another `kind` and its first, empty draft. Without `code` it gets one of its own."""
    return add_definition(kinds()[kind].definitions(name=name, code=code, **more), maker)


@transaction.atomic
def add_definition(definition: Definition, maker: Employee) -> Definition:
    """Save a new definition and begin its first, empty draft."""
    kind = kind_of(definition)
    definition.code = definition.code or f"{kind.code}-{secrets.token_hex(4)}"
    definition.made_by = maker
    definition.save(force_insert=True)
    about = {"kind": kind.code, "definition_id": definition.pk}
    record("definition.made", subject=subject_of(definition), actor=maker.user, **about)
    _draft(definition, kind.blank_body(definition.name), maker, note="")
    return definition


def draft_of(definition: Definition) -> DefinitionVersion | None:
    """The version that is being worked on or waits to be published, if there is one."""
    unfinished: DefinitionVersion | None = definition.all_versions.filter(
        state__in=DefinitionVersion.UNFINISHED
    ).first()
    return unfinished


@transaction.atomic
def new_draft(definition: Definition, author: Employee) -> DefinitionVersion:
    """Begin the next version from the published one. Raises UnfinishedVersion where one is being worked on."""
    newest = definition.all_versions.filter(state=DefinitionVersion.State.PUBLISHED).first() or (
        definition.all_versions.order_by("-number").first()
    )
    body = newest.body if newest else kind_of(definition).blank_body(definition.name)
    return _draft(definition, body, author, note="")


@transaction.atomic
def restore(version: DefinitionVersion, author: Employee, note: str) -> DefinitionVersion:
    """Begin a new version that says what an old one said. Raises UnfinishedVersion where one is being worked on."""
    return _draft(version.definition, version.body, author, note=note)


@transaction.atomic
def save_draft(
    version: DefinitionVersion, body: object, revision: int, editor: Employee, note: str | None = None
) -> int:
    """Save `body` over the save number `revision`, and return the number of the new save.

    A draft may have problems; only what is no JSON object or too large is refused. Raises StaleDraft where somebody
    saved since, NotADraft where it may not be changed any more.
    """
    said = _readable(body)
    changes = {"body": said, "saved_by": editor, "saved_at": timezone.now(), "revision": revision + 1}
    changes |= kind_of(version.definition).figures(said)
    if note is not None:
        changes["note"] = note
    drafts = type(version)._default_manager.filter(pk=version.pk)
    if not drafts.filter(state=_DRAFT, revision=revision).update(**changes):
        now = drafts.select_related("saved_by").get()
        if now.state != _DRAFT:
            raise NotADraft(number=now.number)
        raise StaleDraft(name=now.saved_by.name if now.saved_by else "")
    return revision + 1


@transaction.atomic
def discard(version: DefinitionVersion, actor: Employee) -> None:
    """Throw away a draft, or what was approved and is not wanted any more; nothing runs on it. Raises NotADraft."""
    which = facts_about(version)
    gone, _each = type(version)._default_manager.filter(pk=version.pk, state__in=_LOOSE).delete()
    if not gone:
        raise NotADraft(number=version.number)
    record("version.discarded", subject=subject_of(version.definition), actor=actor.user, **which)


def _draft(definition: Definition, body: Mapping[str, Any], author: Employee, note: str) -> DefinitionVersion:
    unfinished = draft_of(definition)
    if unfinished:
        raise UnfinishedVersion(number=unfinished.number, name=definition.name)
    kind = kind_of(definition)
    last = definition.all_versions.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            drafted: DefinitionVersion = definition.all_versions.create(
                number=last + 1, body=body, made_by=author, saved_by=author, note=note, **kind.figures(body)
            )
    except IntegrityError as error:
        # Somebody else, or the other press of the button, began the same version a moment ago.
        raise UnfinishedVersion(number=last + 1, name=definition.name) from error
    record(
        "version.drafted",
        subject=subject_of(definition),
        actor=author.user,
        **facts_about(drafted),
    )
    return drafted


def _readable(body: object) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise BodyNotUnderstood(reason=type(body).__name__)
    if len(json.dumps(body, ensure_ascii=False).encode()) > LARGEST_BODY:
        raise BodyTooLarge(limit=LARGEST_BODY // 1024)
    return body
