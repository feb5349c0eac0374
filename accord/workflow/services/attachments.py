"""Files handed in with a form: taken after a look at their content, kept under names of our own, really removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.imports.files import keep, path_of, shown_name
from accord.people.models import Employee
from accord.workflow.errors.forms import (
    FileEmpty,
    FileNotWhatItSays,
    FileTooLarge,
    FileTypeNotTaken,
    TooManyFiles,
)
from accord.workflow.models import Attachment, FormFill
from accord.workflow.queries.schema import Settings, fields_of, most_files
from accord.workflow.services.file_types import FAMILIES, FileType, type_named

MIB = 1 << 20
LARGEST_FILE = 20 * MIB
_FOLDER = "forms"


def attach(fill: FormFill, settings: Settings, upload: UploadedFile[Any], actor: Employee) -> Attachment:
    """Take a file for the field that `settings` describe.

    Raises TooManyFiles, FileTypeNotTaken, FileTooLarge, FileEmpty, or FileNotWhatItSays where its content is not what
    its name claims. A refused file leaves nothing behind.
    """
    name = shown_name(upload.name or "")
    families = families_of(settings)
    _claimed(families, name)
    most = most_files(settings)
    if _attached(fill, settings).count() >= most:
        raise TooManyFiles(most=most, file=name)
    taken = take(upload, families)
    try:
        return Attachment.objects.create(fill=fill, field_key=settings["key"], added_by=actor, **asdict(taken))
    except Exception:
        taken.forget()
        raise


@dataclass(frozen=True)
class TakenFile:
    """A file whose content was looked at, and where it lies."""

    file_name: str
    stored_as: str
    media_type: str
    size: int
    digest: str

    def forget(self) -> None:
        """Remove the content again: what it was taken for did not come about."""
        path_of(self.stored_as).unlink(missing_ok=True)


def take(upload: UploadedFile[Any], families: Sequence[str] = tuple(FAMILIES), folder: str = _FOLDER) -> TakenFile:
    """Look at a file and keep it in the store, of whatever it is a part.

    Raises FileTypeNotTaken, FileTooLarge, FileEmpty or FileNotWhatItSays. A refused file leaves nothing behind.
    """
    name = shown_name(upload.name or "")
    claimed = _claimed(families, name)
    stored_as, digest, size = _kept(upload.chunks(), name, folder)
    taken = TakenFile(name, stored_as, claimed.media_type, size, digest)
    try:
        if not size:
            raise FileEmpty(file=name)
        if not claimed.is_true(path_of(stored_as)):
            raise FileNotWhatItSays(file=name, type=name.rpartition(".")[2].upper())
    except Exception:
        taken.forget()
        raise
    return taken


@transaction.atomic
def detach(fill: FormFill, keys: Collection[str], pk: int) -> None:
    """Remove a file of the fields `keys` for good: its row and, once that is certain, its content."""
    attached = Attachment.objects.filter(fill=fill, field_key__in=keys, pk=pk)
    for stored_as in list(attached.values_list("stored_as", flat=True)):
        attached.delete()
        transaction.on_commit(partial(path_of(stored_as).unlink, missing_ok=True))


def files_by_field(fill: FormFill, keys: Collection[str]) -> dict[str, list[int]]:
    """The files of each of the attachment fields `keys`, as answers."""
    found: dict[str, list[int]] = {
        settings["key"]: []
        for settings in fields_of(fill.version)
        if settings["kind"] == "attachment" and settings["key"] in keys
    }
    for key, pk in (
        Attachment.objects.filter(fill=fill, field_key__in=found).order_by("pk").values_list("field_key", "pk")
    ):
        found[key].append(pk)
    return found


def families_of(settings: Settings) -> list[str]:
    """The families of files that a field takes."""
    return [family for family in FAMILIES if family in (settings.get("accept") or FAMILIES)]


def _claimed(families: Sequence[str], name: str) -> FileType:
    claimed = type_named(name)
    if claimed is None or claimed.family not in families:
        raise FileTypeNotTaken(file=name, taken=_(", ").join(str(FAMILIES[family]) for family in families))
    return claimed


def _attached(fill: FormFill, settings: Settings) -> Any:
    return Attachment.objects.filter(fill=fill, field_key=settings["key"])


def _kept(pieces: Iterable[bytes], name: str, folder: str) -> tuple[str, str, int]:
    """Where the content lies, its digest and its size as counted, whatever the sender said. Raises FileTooLarge."""
    counted = _Counted(pieces, name)
    kept = keep(counted, name, folder)
    if counted.size > LARGEST_FILE:
        path_of(kept.stored_as).unlink(missing_ok=True)
        raise FileTooLarge(file=name, limit=LARGEST_FILE // MIB)
    return kept.stored_as, kept.digest, counted.size


class _Counted:
    """Pieces on their way to the disk, counted; no more of them than one too many."""

    def __init__(self, pieces: Iterable[bytes], name: str) -> None:
        self._pieces, self._name, self.size = pieces, name, 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            if self.size > LARGEST_FILE:
                return
            yield piece
