"""`accord archive …`: export it, verify an export, look after it from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.foundation.management.verb import Verb
from accord.people.queries.lookups import employee_numbered
from accord.workflow.errors.archive import FolderUnusable
from accord.workflow.queries.archive.health import health
from accord.workflow.services.archive.checking import check_archive
from accord.workflow.services.archive.erasing import erase_payloads_of
from accord.workflow.services.archive.exporting import export_to
from accord.workflow.services.archive.rotation import rotate_key
from accord.workflow.verify_archive import read_known, verify_folder


class Command(Verb):
    """Exits with 1 where an archive does not verify."""

    help = "Export the archive, verify an export, check it in place, change its key, erase contents about a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        export = actions.add_parser("export", help="write the archive and its verifier into a new folder")
        export.add_argument("folder", metavar="DIR", type=Path)
        verify = actions.add_parser("verify", help="verify an export; needs no database")
        verify.add_argument("folder", metavar="DIR", type=Path)
        verify.add_argument("--head", metavar="FILE", type=Path, action="append", default=[])
        actions.add_parser("check", help="verify the archive where it lies, as every night")
        actions.add_parser("status", help="print its size, newest head, key, and what waits")
        actions.add_parser("rotate-key", help="make a new key, signed by the old one, which is then deleted")
        erase = actions.add_parser("erase", help="erase all contents about a person; the records stay")
        erase.add_argument("employee_no", metavar="EMPLOYEE_NO")
        erase.add_argument("--reason", metavar="TEXT", default="", help="kept for good, so it should name nobody")
        erase.add_argument("--by", metavar="EMPLOYEE_NO", default="", help="who decided it")
        erase.add_argument("--forget-name", action="store_true", help="forget whose pseudonym theirs was as well")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        ACTIONS[action](self, **options)

    def write_export(self, folder: Path, **_options: Any) -> None:
        size = export_to(folder)
        self.stdout.write(_("%(size)s records written to %(folder)s.") % {"size": size, "folder": folder})
        self.stdout.write(_("Verify them anywhere: python %(file)s") % {"file": folder / "verify_archive.py"})

    def verify_export(self, folder: Path, head: list[Path], **_options: Any) -> None:
        try:
            known = [read_known(path) for path in head]
        except OSError as error:
            raise FolderUnusable(folder=error.filename, reason=error.strerror) from error
        report = verify_folder(folder, known, "zh" if (get_language() or "").startswith("zh") else "en")
        *found, verdict = report.lines()
        self.stdout.write("\n".join(found))
        if report.faults:
            raise CommandError(verdict)
        self.stdout.write(verdict)

    def check_in_place(self, **_options: Any) -> None:
        found = check_archive()
        if found.faults:
            raise CommandError("\n".join(found.faults))
        said = {"size": found.size, "seconds": f"{found.seconds:.1f}"}
        self.stdout.write(_("All %(size)s records verify (%(seconds)s s).") % said)

    def show_status(self, **_options: Any) -> None:
        now = health()
        self.stdout.write(_("Records: %(count)s") % {"count": now.size})
        self.stdout.write(_("Waiting to be sealed: %(count)s") % {"count": now.waiting})
        self.stdout.write(_("Contents erased: %(count)s") % {"count": now.erased})
        self.stdout.write(_("Key in force: %(key)s") % {"key": now.key.key if now.key else "–"})
        self.stdout.write(_("Newest head: %(digest)s") % {"digest": now.head.digest if now.head else "–"})
        self.stdout.write(_("Last witnessed: %(day)s") % {"day": now.witnessing.day if now.witnessing else "–"})

    def change_key(self, **_options: Any) -> None:
        self.stdout.write(_("The archive is signed with the key %(key)s from now on.") % {"key": rotate_key().key})

    def erase_contents(self, employee_no: str, reason: str, by: str, forget_name: bool, **_options: Any) -> None:
        employee, actor = employee_numbered(employee_no), employee_numbered(by) if by else None
        count = erase_payloads_of(employee, reason, actor, forget_name=forget_name)
        self.stdout.write(_("%(count)s contents erased; the records stay.") % {"count": count})


ACTIONS: dict[str, Callable[..., None]] = {
    "export": Command.write_export,
    "verify": Command.verify_export,
    "check": Command.check_in_place,
    "status": Command.show_status,
    "rotate-key": Command.change_key,
    "erase": Command.erase_contents,
}
