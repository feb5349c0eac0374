"""Which statements only read."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
# Where what looks quoted may not be, and the other way round: comments, backslashes, and quoting by dollars.
_MISLEADING = re.compile(r"--|/\*|\\|\$\w*\$|\b[nu]?q'|\buescape\b", re.IGNORECASE)
# PostgreSQL has operators with # and lists in brackets; elsewhere # begins a comment, and brackets hold names.
_MISLEADING_ELSEWHERE = re.compile(r"#|\[[^\]]*['\"`]")
# Functions with which a SELECT reads or writes files of the database's machine, speaks to other hosts, runs what stands
# in a text, or stops others. No report needs them, and a transaction that cannot write does not hold them back.
_REACHES_OUT = re.compile(
    r"\b(pg_read_\w+|pg_ls_\w+|pg_stat_file|pg_file_\w+|pg_sleep\w*|pg_\w*advisory\w*|pg_terminate_\w+|pg_cancel_\w+|"
    r"pg_reload_\w+|pg_rotate_\w+|pg_switch_\w+|pg_logical_\w+|pg_create_\w+|pg_drop_\w+|pg_notify|lo_\w+|dblink\w*|"
    r"set_config|(query|cursor|table|schema|database)_to_xml\w*|load_file|load_extension|readfile|writefile|"
    r"fts3_tokenizer|sleep|benchmark|get_lock|sys_exec|sys_eval|openrowset|opendatasource|openquery|xp_\w+|sp_\w+|"
    r"httpuritype)[\"`\]]*\s*\(|\b(utl|dbms)_\w+[\"`\]]*\s*\.",
    re.IGNORECASE,
)
_TEXTS = re.compile(r"'[^']*'")
_WRITES = re.compile(
    r"\b(insert|update|delete|merge|into|create|alter|drop|truncate|grant|revoke|copy|call|do|exec|execute|attach|"
    r"detach|pragma|vacuum|lock|set|load|handler|rename|reindex|analyze|commit|rollback|begin)\b",
    re.IGNORECASE,
)


def is_one_select(statement: str, backend: str) -> bool:
    """Whether this is one SELECT. Strict: a database sees it in a transaction that cannot write all the same."""
    if _MISLEADING.search(statement):
        return False
    if backend != "postgresql" and _MISLEADING_ELSEWHERE.search(statement):
        return False
    # The name of a function may stand in quotes.
    if _REACHES_OUT.search(_TEXTS.sub(" ", statement)):
        return False
    bare = _QUOTED.sub(" x ", statement)
    if any(quote in bare for quote in "'\"`;"):
        return False
    begins = re.match(r"\s*\(*\s*(select|with)\b", bare, re.IGNORECASE)
    return begins is not None and not _WRITES.search(bare)
