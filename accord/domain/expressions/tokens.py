"""The words and signs of an expression. What a Chinese keyboard types for a sign is read as that sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from accord.domain.expressions.errors import ExpressionError
from accord.domain.expressions.values import MOST_DIGITS

LONGEST_TEXT = 2_000
KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})
END = "end"

# One character for one, so that positions stay what they were.
NARROW = str.maketrans("（），。．＋－×＊÷／％＜＞＝！［］【】０１２３４５６７８９", "(),..+-**//%<>=![][]0123456789")
SAME = {"且": "and", "或": "or", "非": "not", "==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<text>'[^']*'|"[^"]*"|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’])
    |(?P<word>[a-z][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)
    |(?P<sign><=|>=|==|!=|<>|[-+*/%<>=(),[\]≤≥≠且或非])""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """`what` is number, text, name or end; of signs and keywords it is the sign itself."""

    what: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`, the end last. Raises ExpressionError at the first character that fits nowhere."""
    if len(text) > LONGEST_TEXT:
        raise ExpressionError("expression_too_long", LONGEST_TEXT, given=len(text), most=LONGEST_TEXT)
    narrow = text.translate(NARROW)
    at = 0
    while at < len(text):
        found = TOKEN.match(narrow, at)
        if found is None:
            code = "unfinished_text" if narrow[at] in "'\"“”‘’" else "unexpected_character"
            raise ExpressionError(code, at, given=text[at])
        if found.lastgroup != "blank":
            yield _token(str(found.lastgroup), found[0], text[at : found.end()], at)
        at = found.end()
    yield Token(END, "", len(text))


def _token(group: str, narrow: str, written: str, at: int) -> Token:
    if group == "number" and len(narrow.replace(".", "")) > MOST_DIGITS:
        raise ExpressionError("number_too_long", at, most=MOST_DIGITS)
    if group == "word" and (narrow.count(".") > 1 or "._" in narrow):
        raise ExpressionError("attribute", at, given=narrow)
    if group == "text":
        return Token("text", written[1:-1], at)
    if group == "sign" or narrow in KEYWORDS:
        sign = SAME.get(narrow, narrow)
        return Token(sign, sign, at)
    return Token("name" if group == "word" else group, narrow, at)
