"""What can be wrong with a form or with an answer: a stable code, the place, a sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.domain.form_schema.problem_words import WORDINGS
from accord.domain.wording import Language, Wording, quoted

OF_FIELD = Wording("“{field}”：{sentence}", "“{field}”: {sentence}")
OF_ROW = Wording("第 {row} 行：{sentence}", "Row {row}: {sentence}")
OF_CELL = Wording("第 {row} 行“{field}”：{sentence}", "Row {row}, “{field}”: {sentence}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `place` is where a program finds it, such as `fields[3].options[1].label`."""

    code: str
    place: str
    values: Mapping[str, object]

    def explain(self, language: Language) -> str:
        """Return one sentence that names the field, what is wrong and what to do."""
        wording = WORDINGS[self.code]
        sentence = wording.say(language, self.values)
        names_field = "field" not in self.values or "{field}" in wording.zh
        if "row" in self.values:
            place = OF_ROW if names_field else OF_CELL
        elif names_field:
            return sentence
        else:
            place = OF_FIELD
        return place.say(language, {**self.values, "sentence": sentence})


class FormError(Exception):
    """A definition that is no form. It names everything that is wrong with it, not only the first thing."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems, in the order of the form."""
        super().__init__(", ".join(f"{problem.place or 'form'}: {problem.code}" for problem in problems))
        self.problems = problems

    def explain(self, language: Language) -> str:
        """Return all of it, a line each."""
        return "\n".join(problem.explain(language) for problem in self.problems)


class Notes:
    """Notes down what is wrong at one place, and goes on. All places of one form share the list of problems."""

    __slots__ = ("_about", "_above", "_name", "problems")

    def __init__(self, name: str | int = "", above: Notes | None = None, **about: object) -> None:
        """Start at `name`; `about` is what every sentence there may name: the `field` (its label), the `row`."""
        self.problems: list[Problem] = [] if above is None else above.problems
        self._name = name
        self._above = above
        self._about = about

    def at(self, name: str | int, **about: object) -> Notes:
        """Return the notes of a place inside this one."""
        return Notes(name, self, **about)

    @property
    def place(self) -> str:
        """Where this is, such as `fields[3].options[1]`."""
        above = self._above.place if self._above else ""
        if isinstance(self._name, int):
            return f"{above}[{self._name}]"
        return f"{above}.{self._name}" if above else self._name

    @property
    def about(self) -> dict[str, object]:
        """What every sentence here may name."""
        return {**(self._above.about if self._above else {}), **self._about}

    def add(self, code: str, **values: object) -> None:
        """Note `code` here, with the values its sentence names."""
        named = {name: quoted(value) for name, value in values.items()}
        self.problems.append(Problem(code, self.place, {**named, **self.about}))
