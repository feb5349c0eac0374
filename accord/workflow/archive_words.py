"""Kinds of records in words, for people: those of workflow, and those that the setting ACCORD_ARCHIVE_WORDS names.

A kind without words shows as what it is called in the log.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.foundation.registry import table
from accord.workflow.services.versions.kinds import kinds

KINDS: Mapping[str, Text] = {
    "archive.erased": _("contents erased"),
    "archive.key_changed": _("key of the archive changed"),
    "document.party_signed": _("signature"),
    "document.party_refused": _("signature refused"),
    "document.signed": _("document signed by all"),
    "document.refused": _("document refused"),
    "document.expired": _("document expired"),
    "document.withdrawn": _("document withdrawn"),
}


def kind_in_words(kind: str) -> str:
    """What a kind of record is called in the current language."""
    designed = (each.archive_words[kind] for each in kinds().values() if kind in each.archive_words)
    return str(KINDS.get(kind) or table("ACCORD_ARCHIVE_WORDS").get(kind) or next(designed, kind))
