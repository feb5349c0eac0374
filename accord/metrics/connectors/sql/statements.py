"""Which statements only read."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
# Where what looks quoted may not be, and the other way round: comments, backslashes, and quoting by dollars.
_MISLEADING = re.compile(r"--|/\*|\\|\$\w*\$")
_WRITES = re.compile(
    r"\b(insert|update|delete|merge|into|create|alter|drop|truncate|grant|revoke|copy|call|do|exec|execute|attach|"
    r"detach|pragma|vacuum|lock|set|load|handler|rename|reindex|analyze|commit|rollback|begin)\b",
    re.IGNORECASE,
)


def is_one_select(statement: str) -> bool:
    """Whether this is one SELECT. Strict: a database sees it in a transaction that cannot write all the same."""
    if _MISLEADING.search(statement):
        return False
    bare = _QUOTED.sub(" x ", statement)
    if any(quote in bare for quote in "'\"`;"):
        return False
    begins = re.match(r"\s*\(*\s*(select|with)\b", bare, re.IGNORECASE)
    return begins is not None and not _WRITES.search(bare)
