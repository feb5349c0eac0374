"""What every field is, whatever its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Literal, Protocol

from accord.domain.expressions import Expression, Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting, Settings
from accord.domain.form_schema.shapes import Formula, Shape, Slug, Switch, TwoLanguages
from accord.domain.wording import Language, Text, Wording

Right = Literal["edit", "read", "hide"]
FIRST_STEP = "start"
RIGHTS: Mapping[Right, Wording] = {
    "edit": Wording("可填", "editable"),
    "read": Wording("只读", "read-only"),
    "hide": Wording("隐藏", "hidden"),
}


class Lookups(Protocol):
    """What the check of answers has to ask others."""

    def employee_exists(self, employee_id: int) -> bool:
        """Whether there is such a person to choose."""

    def unit_exists(self, unit_id: int) -> bool:
        """Whether there is such an organisation unit."""

    def attachment_ids(self, field_key: str) -> Collection[int]:
        """The files handed in at this field."""


class Names(Protocol):
    """What answers stand for, in words."""

    def employee_name(self, employee_id: int) -> str:
        """The name of a person."""

    def unit_name(self, unit_id: int) -> str:
        """The name of an organisation unit."""

    def file_name(self, attachment_id: int) -> str:
        """The name of a file."""


class RightsByStep(Shape):
    """Who may do what with the field, by step."""

    expected = Wording("按步骤列出的 edit、read 或 hide", "edit, read or hide by step")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, dict):
            return self.misshapen(notes, name)
        for step, right in raw.items():
            if not isinstance(right, str) or right not in RIGHTS:
                self.misshapen(notes.at(str(step)), name)
        return {str(step): right for step, right in raw.items()}

    def dump(self, value: Any) -> Any:
        return dict(value)


def right_by_default(step: str) -> Right:
    """Return what a step may do with a field that says nothing about it."""
    return "edit" if step == FIRST_STEP else "read"


IN_TABLES = (
    Setting("key", Wording("字段标识", "key"), Slug(), needed=True),
    Setting("label", Wording("标题", "label"), TwoLanguages(100), needed=True),
    Setting("help", Wording("填写说明", "help text"), TwoLanguages(500)),
    Setting("required", Wording("必填", "required"), Switch(), default=False),
)
"""What a field has that is a column of a table."""
EVERYWHERE = (
    *IN_TABLES,
    Setting("core", Wording("核心字段", "core field"), Switch(), default=True),
    Setting("visible_if", Wording("显示条件", "condition"), Formula()),
    Setting("rights", Wording("各步骤权限", "rights"), RightsByStep(), default={}),
)
UNIT = Setting("unit", Wording("单位", "unit"), TwoLanguages(20))


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a form. A kind is a subclass in a file of its own and a line in `kinds`.

    An answer is what is stored: text, whole numbers, lists and objects that JSON has words for; None is no answer.
    """

    kind: ClassVar[str]
    words: ClassVar[Wording]
    # Its own settings, beside those every field has.
    own: ClassVar[tuple[Setting, ...]] = ()
    # Whether people answer it; otherwise it is computed, prefilled or only there to be read.
    is_asked: ClassVar[bool] = True
    has_default: ClassVar[bool] = True
    # How many characters there are to read in a usual answer.
    usual_length: ClassVar[int] = 6

    key: str
    label: Text
    help: Text | None = None
    required: bool = False
    core: bool = True
    default: Any = None
    visible_if: Expression | None = None
    rights: Mapping[str, Right] = field(default_factory=dict)

    # Laid out once for each kind: in a form, and as a column of a table.
    settings: ClassVar[Settings]
    column_settings: ClassVar[Settings]

    def __init_subclass__(cls) -> None:
        """Lay out the settings; a default is read as an answer, by the field itself."""
        cls.settings = Settings(*EVERYWHERE, *cls.own, apart=("kind", "default") if cls.has_default else ("kind",))
        cls.column_settings = Settings(*IN_TABLES, *cls.own, apart=("kind",))

    @property
    def expressions(self) -> Mapping[str, Expression]:
        """What it asks other fields for, by setting."""
        return {} if self.visible_if is None else {"visible_if": self.visible_if}

    def right(self, step: str) -> Right:
        """Return what `step` may do with it."""
        return self.rights.get(step) or right_by_default(step)

    def flaws(self, notes: Notes) -> None:
        """Note where its settings contradict each other."""

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        """Return the answer `raw` means, None when it is empty or was noted to be wrong."""
        raise NotImplementedError

    def complete(self, answer: Any, notes: Notes) -> None:
        """Note what an answer that is there still lacks to be handed in."""

    def is_empty(self, answer: Any) -> bool:
        """Whether nothing was answered."""
        return answer is None or answer in ("", [], {})

    def value(self, answer: Any) -> Value:
        """Return a stored answer as expressions see it."""
        raise NotImplementedError

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        """Return a stored answer as documents and tables show it; empty when there is none."""
        raise NotImplementedError

    def seconds(self) -> Decimal:
        """Return the time to answer it, beside reading what it asks."""
        return effort.NONE
