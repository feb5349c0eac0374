"""Bringing a list of learning resources in: known by their title, new ones made, others brought up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_noop as _

from accord.coaching.models import Competency, LearningResource
from accord.foundation.imports import ImportOptions, ImportResult, Remark
from accord.foundation.imports.rows import RowRefused, refusal, refuse
from accord.foundation.services import events
from accord.foundation.spreadsheets import Column, read_sheet

COLUMNS = (
    Column("title", ("标题", "title", "资源名称")),
    Column("kind", ("类型", "kind", "资源类型")),
    Column("competency", ("能力", "competency", "能力项")),
    Column("level", ("级别", "level", "能力级别"), required=False),
    Column("minutes", ("时长（分钟）", "minutes", "时长", "时长(分钟)", "分钟")),
    Column("language", ("语言", "language"), required=False),
    Column("author", ("作者", "author"), required=False),
    Column("summary", ("简介", "summary", "说明"), required=False),
    Column("address", ("链接", "address", "url", "网址"), required=False),
    Column("course", ("课程编号", "course", "course_no"), required=False),
)
KINDS = {
    "指南": "guide",
    "链接": "link",
    "文件": "file",
    "书": "book",
    "图书": "book",
    "课程": "course",
    "视频": "video",
    **{kind: kind for kind in LearningResource.Kind.values},
}
LANGUAGES = {
    "": "zh",
    "中文": "zh",
    "英文": "en",
    "中英文": "both",
    "双语": "both",
    "chinese": "zh",
    "english": "en",
    **{language: language for language in LearningResource.Language.values},
}
MOST_MINUTES = 60_000
_LENGTHS = {"title": 120, "author": 80, "summary": 300, "address": 500, "course": 80}
_FIELDS = ("kind", "competency_id", "level", "minutes", "language", "author", "summary", "address", "course")
_is_address = URLValidator(schemes=["https", "http"])
_CHUNK = 500

Cells = Mapping[str, Any]


def import_learning(path: Path, options: ImportOptions) -> ImportResult:
    """Take every good row in one transaction. Twice the same file changes nothing; nothing is removed."""
    sheet = read_sheet(path, COLUMNS)
    with transaction.atomic():
        wanted, remarks = _read(sheet.frame.iter_rows(named=True))
        wanted, taken = _without_taken_courses(wanted)
        counts = _store(wanted, options)
        options.progress(sheet.frame.height, sheet.frame.height)
        if counts["created"] or counts["changed"]:
            events.record("learning_resources.imported", actor=options.actor, counts=counts)
        transaction.set_rollback(options.dry_run)
    remarks = sorted([*sheet.remarks, *remarks, *taken], key=lambda remark: remark.row)
    refused = sum(remark.is_refusal for remark in remarks)
    created, changed, same = counts["created"], counts["changed"], counts["same"]
    return ImportResult(created, changed, same, refused, tuple(remarks))


def _read(lines: Iterable[Cells]) -> tuple[dict[str, tuple[int, dict[str, Any]]], list[Remark]]:
    """The good rows by title, and what is wrong with the others; of two with one title the first counts."""
    competencies = _competencies()
    wanted: dict[str, tuple[int, dict[str, Any]]] = {}
    remarks: list[Remark] = []
    for line in lines:
        try:
            words = _row(line, competencies)
            if words["title"] in wanted:
                other = str(wanted[words["title"]][0])
                refuse(
                    line["row"], "title", "title_twice", _("The title stands in row %(other)s already."), other=other
                )
            wanted[words["title"]] = (int(line["row"]), words)
        except RowRefused as refused:
            remarks.append(refused.remark)
    return wanted, remarks


def _competencies() -> dict[str, Competency]:
    """The competencies in use by every name they go by."""
    found: dict[str, Competency] = {}
    for each in Competency.objects.filter(is_retired=False).prefetch_related("levels"):
        found |= {name.casefold(): each for name in (each.name, each.name_en, each.code) if name}
    return found


def _row(line: Cells, competencies: Mapping[str, Competency]) -> dict[str, Any]:
    words: dict[str, Any] = {name: _text(line, name) for name in _LENGTHS}
    if not words["title"]:
        refuse(line["row"], "title", "title_missing", _("The resource has no title."))
    for name, most in _LENGTHS.items():
        if len(words[name]) > most:
            refuse(line["row"], name, "too_long", _("This is longer than %(most)s characters."), most=str(most))
    kind, language = KINDS.get(_text(line, "kind").lower()), LANGUAGES.get(_text(line, "language").lower())
    if kind is None:
        refuse(line["row"], "kind", "kind_unknown", _("There is no kind “%(kind)s”."), kind=_text(line, "kind")[:40])
    if language is None:
        sentence = _("There is no language “%(language)s”: write 中文, 英文 or 中英文.")
        refuse(line["row"], "language", "language_unknown", sentence, language=_text(line, "language")[:40])
    competency = competencies.get(_text(line, "competency").casefold())
    if competency is None:
        name = _text(line, "competency")[:40]
        refuse(line["row"], "competency", "competency_unknown", _("There is no competency “%(name)s”."), name=name)
    _require_address(line, kind, words["address"])
    minutes = _whole(line, "minutes", 1, MOST_MINUTES) or 0
    level = _whole(line, "level", 1, len(competency.levels.all())) if _text(line, "level") else None
    return words | {"kind": kind, "language": language, "competency": competency, "minutes": minutes, "level": level}


def _require_address(line: Cells, kind: str, address: str) -> None:
    if kind == LearningResource.Kind.LINK and not address:
        refuse(line["row"], "address", "address_missing", _("A link needs an address."))
    try:
        if address:
            _is_address(address)
    except ValidationError:
        refuse(line["row"], "address", "address_wrong", _("This is no address that begins with https:// or http://."))


def _whole(line: Cells, column: str, least: int, most: int) -> int:
    text = _text(line, column)
    if not re.fullmatch(r"\d{1,6}(\.0+)?", text, re.ASCII) or not least <= int(text.partition(".")[0]) <= most:
        sentence = _("“%(text)s” is no whole number from %(least)s to %(most)s.")
        refuse(line["row"], column, "number_wrong", sentence, text=text[:40], least=str(least), most=str(most))
    return int(text.partition(".")[0])


def _text(line: Cells, column: str) -> str:
    return str(line.get(column) or "").strip()


def _without_taken_courses(
    wanted: dict[str, tuple[int, dict[str, Any]]],
) -> tuple[dict[str, tuple[int, dict[str, Any]]], list[Remark]]:
    """A course number belongs to one resource."""
    owner = dict(LearningResource.objects.exclude(course="").values_list("course", "title"))
    kept: dict[str, tuple[int, dict[str, Any]]] = {}
    remarks: list[Remark] = []
    for title, (row, words) in wanted.items():
        other = owner.setdefault(words["course"], title) if words["course"] else title
        if other == title:
            kept[title] = (row, words)
        else:
            sentence = _("The course number belongs to “%(title)s” already.")
            remarks.append(refusal(row, "course", "course_taken", sentence, title=other))
    return kept, remarks


def _store(wanted: Mapping[str, tuple[int, dict[str, Any]]], options: ImportOptions) -> dict[str, int]:
    held = {each.title: each for each in LearningResource.objects.filter(title__in=list(wanted))}
    fresh, changed = [], []
    for title, (_row_number, words) in wanted.items():
        resource = LearningResource(made_by=options.actor, **words)
        before = held.get(title)
        if before is None:
            fresh.append(resource)
        elif any(getattr(before, name) != getattr(resource, name) for name in _FIELDS):
            for name in _FIELDS:
                setattr(before, name, getattr(resource, name))
            before.edition += 1
            changed.append(before)
    LearningResource.objects.bulk_create(fresh, batch_size=_CHUNK)
    LearningResource.objects.bulk_update(changed, [*_FIELDS, "edition"], batch_size=_CHUNK)
    return {"created": len(fresh), "changed": len(changed), "same": len(wanted) - len(fresh) - len(changed)}
