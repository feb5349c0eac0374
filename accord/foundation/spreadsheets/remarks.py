"""What there is to say about one row of a file."""

from dataclasses import dataclass, field

from django.utils.translation import gettext


@dataclass(frozen=True)
class Remark:
    """A sentence about one row (or about the whole file, row 0), in English msgid + values, translated when shown.

    A refusal means that the row was left out; a warning means that it was taken all the same. `column` is the key of
    the Column it is about, or empty.
    """

    row: int
    column: str
    code: str
    sentence: str
    values: dict[str, str] = field(default_factory=dict)
    is_refusal: bool = True

    def __str__(self) -> str:
        sentence = gettext(self.sentence)
        return sentence % self.values if self.values else sentence
