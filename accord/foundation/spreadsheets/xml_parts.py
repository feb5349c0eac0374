"""Reading one XML part of a workbook, safely."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.errors import DamagedFile, DangerousFile

Attributes = dict[str, str]


def xml_parser(archive: Archive) -> expat.XMLParserType:
    """A parser that refuses document types, so entities of a file's own making do not exist. It fetches nothing."""

    def refuse(*_: object) -> None:
        raise DangerousFile(file=archive.file, found="DOCTYPE")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(archive: Archive, name: str, parser: expat.XMLParserType, pieces: Iterable[bytes] | None = None) -> None:
    """Feed the part `name` (or its prepared `pieces`) to `parser`. Raises DamagedFile when it is no XML."""
    try:
        for piece in archive.pieces(name) if pieces is None else pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise DamagedFile(file=archive.file, found=f"{name}: {error}") from error


def local(name: str) -> str:
    """`c` for `x:c`."""
    return name.rpartition(":")[2]
