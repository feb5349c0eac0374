"""Files; the answer is the list of their ids."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Whole, Words
from accord.domain.form_schema.written import whole_of
from accord.domain.wording import Language, Wording

ACCEPTED = {
    "image": Wording("图片", "pictures"),
    "pdf": Wording("PDF", "PDF"),
    "office": Wording("办公文档", "office documents"),
    "audio": Wording("音频", "audio"),
    "video": Wording("视频", "video"),
}


@dataclass(frozen=True, kw_only=True)
class Attachments(Field):
    """Up to `max_files` files of the accepted types."""

    kind = "attachment"
    words = Wording("附件", "attachment")
    own = (
        Setting("max_files", Wording("最多文件数", "maximum of files"), Whole(1, 20), default=5),
        Setting("accept", Wording("文件类型", "accepted types"), Words(ACCEPTED), default=tuple(ACCEPTED)),
    )
    has_default = False

    max_files: int = 5
    accept: tuple[str, ...] = tuple(ACCEPTED)

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        given = raw if isinstance(raw, list | tuple) else [raw]
        there = known.attachment_ids(self.key)
        files = list(dict.fromkeys(whole_of(each) for each in given))
        if not all(each in there for each in files):
            return notes.add("unknown_file")
        if len(files) > self.max_files:
            return notes.add("too_many_files", most=self.max_files)
        return files or None

    def value(self, answer: Any) -> Value:
        return [Decimal(each) for each in answer] if isinstance(answer, list) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return "\n".join(names.file_name(each) for each in answer or ())

    def seconds(self) -> Decimal:
        return 4 * effort.CLICK + 2 * effort.MIND
