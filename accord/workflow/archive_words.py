"""Kinds of records in words, for people. A kind that is not here shows as what it is called in the log."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text

KINDS: Mapping[str, Text] = {
    "archive.erased": _("contents erased"),
    "archive.key_changed": _("key of the archive changed"),
    "document.party_signed": _("signature"),
    "document.party_refused": _("signature refused"),
    "document.signed": _("document signed by all"),
    "document.refused": _("document refused"),
    "document.expired": _("document expired"),
    "document.withdrawn": _("document withdrawn"),
    "form.published": _("form published"),
    "form.retired": _("form retired"),
    "form.fields_frozen": _("fields of a form hidden"),
    "form.fields_unfrozen": _("fields of a form shown again"),
    "form.settings_changed": _("settings of a form changed"),
    "flow.published": _("flow published"),
    "flow.retired": _("flow retired"),
    "flow.settings_changed": _("settings of a flow changed"),
}


def kind_in_words(kind: str) -> str:
    """What a kind of record is called in the current language."""
    return str(KINDS.get(kind, kind))
