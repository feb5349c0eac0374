"""Reading parameters that came from outside: every value is checked, every key must be known."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from accord.domain.scoring.arithmetic import read_number
from accord.domain.scoring.errors import (
    MissingParameterError,
    UnknownChoiceError,
    UnknownParameterError,
    WrongShapeError,
)
from accord.domain.wording import Wording

Choice = TypeVar("Choice", bound=StrEnum)

A_LIST = Wording("列表", "a list")
AN_OBJECT = Wording("一组键值", "an object")
A_TEXT = Wording("文本", "a text")


class Given:
    """The parameters of one rule, or one row of them. A null counts as left out.

    `path` names the place in errors, e.g. `bands[2].`.
    """

    def __init__(self, values: object, path: str = "") -> None:
        """Take what was sent; raises WrongShapeError when it is not an object."""
        if not isinstance(values, Mapping):
            raise WrongShapeError(name=path.rstrip(".") or "params", expected=AN_OBJECT)
        self._values: Mapping[object, object] = values
        self._path = path
        self._asked: set[object] = set()
        self._rows: list[Given] = []

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        """Return a number; without a default it has to be there."""
        number = self.optional_number(name)
        if number is not None:
            return number
        if default is None:
            raise MissingParameterError(name=self._path + name)
        return default

    def optional_number(self, name: str) -> Decimal | None:
        """Return a number, or None when it was left out."""
        value = self._take(name)
        return None if value is None else read_number(value, self._path + name)

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Return a list of numbers, empty when it was left out."""
        return tuple(read_number(value, f"{self._path}{name}[{place}]") for place, value in enumerate(self._list(name)))

    def rows(self, name: str) -> tuple["Given", ...]:
        """Return a list of objects, empty when it was left out."""
        rows = [Given(value, f"{self._path}{name}[{place}].") for place, value in enumerate(self._list(name))]
        self._rows += rows
        return tuple(rows)

    def choice(self, name: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        """Return one word of a closed list; without a default it has to be there."""
        value = self._take(name)
        if value is None:
            if default is None:
                raise MissingParameterError(name=self._path + name)
            return default
        if not isinstance(value, str) or value not in set(choices):
            raise UnknownChoiceError(name=self._path + name, choices=" / ".join(choices), given=value)
        return choices(value)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it has to be there."""
        value = self._take(name)
        if value is None:
            if default is None:
                raise MissingParameterError(name=self._path + name)
            return default
        if not isinstance(value, str):
            raise WrongShapeError(name=self._path + name, expected=A_TEXT)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it was left out."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise WrongShapeError(name=self._path + name, expected=A_LIST)
        return tuple(str(value) for value in values)

    def refuse_unknown(self) -> None:
        """Raise UnknownParameterError for a key nobody asked for, here or in a row: a misspelt cap must not vanish."""
        for name in self._values:
            if name not in self._asked:
                raise UnknownParameterError(name=f"{self._path}{name}")
        for row in self._rows:
            row.refuse_unknown()

    def _take(self, name: str) -> object:
        self._asked.add(name)
        return self._values.get(name)

    def _list(self, name: str) -> tuple[object, ...]:
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise WrongShapeError(name=self._path + name, expected=A_LIST)
        return tuple(value)
