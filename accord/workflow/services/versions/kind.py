"""What a kind of definition is, where its versions are concerned: how a body is read, checked and compared."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.db.models import Expression, QuerySet

from accord.domain.wording import Language
from accord.foundation.errors import Text
from accord.workflow.models import Definition, DefinitionVersion

Change = tuple[str, str]
"""The key of the field or step that changed (or another word for what did), and the change in one sentence."""
VersionT = TypeVar("VersionT", bound=DefinitionVersion)


class Fault(Protocol):
    """Something that is wrong with a body."""

    def explain(self, language: Language) -> str:
        """Say it in one sentence."""


class Kind(ABC, Generic[VersionT]):
    """A kind of definition. `key` is the name of a version's relation to its definition."""

    code: ClassVar[str]
    key: ClassVar[str]
    definitions: ClassVar[type[Definition]]
    versions: type[VersionT]
    unreadable: ClassVar[type[Exception]]
    """What `parts` and `changes` raise where a body has something to mend."""
    area: ClassVar[str] = "workflow"
    """The app its pages belong to: their addresses are `<area>:<code>` and `<area>:<code>_…`."""
    settings: ClassVar[tuple[str, ...]] = ()
    """The columns of a definition that are settings, beside those all kinds have."""
    binding: ClassVar[tuple[str, ...]] = ()
    """Those of them that the version in force is checked against."""
    archive_words: ClassVar[Mapping[str, Text]]
    """Its kinds of records in the archive, in words."""

    @abstractmethod
    def blank_body(self, name: str) -> dict[str, Any]:
        """What a new one says."""

    def figures(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Columns of the version that follow from its body: none."""
        return {}

    @abstractmethod
    def faults(self, version: VersionT) -> Sequence[Fault]:
        """What has to be mended before it can be published."""

    @abstractmethod
    def parts(self, version: VersionT, language: Language) -> dict[str, str]:
        """What it is made of, by key."""

    @abstractmethod
    def changes(self, old: VersionT, new: VersionT, language: Language) -> list[Change]:
        """What `new` says otherwise than `old`."""

    @abstractmethod
    def running(self) -> Expression:
        """How much still runs on a version, for a query over versions."""

    def listed(self, found: QuerySet[Any], published: QuerySet[Any]) -> QuerySet[Any]:
        """What the list of definitions shows of this kind alone; `published` is each one's version in force."""
        return found

    def with_all(self, versions: QuerySet[Any]) -> QuerySet[Any]:
        """Versions with what their pages read."""
        return versions.select_related(self.key, "saved_by", "made_by")
