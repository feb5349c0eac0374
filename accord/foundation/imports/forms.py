"""The form that takes a file and the choices of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accord.foundation.imports.kinds import ImportKind
from accord.foundation.spreadsheets.errors import TooLarge, UnknownFileType
from accord.foundation.spreadsheets.limits import MIB, TEXT_BYTES, WORKBOOK_BYTES
from accord.foundation.spreadsheets.reading import SUFFIXES, WORKBOOK_SUFFIXES


class UploadForm(forms.Form):
    """A file, then one field for each option of the kind."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Excel (.xlsx) up to %(workbook)s MB or CSV up to %(text)s MB; headers in Chinese or English, in any order."
        )
        % {"workbook": WORKBOOK_BYTES // MIB, "text": TEXT_BYTES // MIB},
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=500,
    )

    def __init__(self, kind: ImportKind, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._kind = kind
        for option in kind.options:
            make = forms.BooleanField if option.is_flag else forms.CharField
            is_required = option.is_required and not option.is_flag
            self.fields[option.name] = make(label=str(option.label), help_text=str(option.help), required=is_required)

    def clean_file(self) -> UploadedFile[Any]:
        """Turn away at the door what the reader would turn away anyway."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        name, size = upload.name or "", upload.size or 0
        suffix = Path(name).suffix.lower()
        if suffix not in SUFFIXES:
            error: UnknownFileType | TooLarge = UnknownFileType(file=name)
            raise ValidationError(f"{error} {error.advice()}")
        limit = WORKBOOK_BYTES if suffix in WORKBOOK_SUFFIXES else TEXT_BYTES
        if size > limit:
            error = TooLarge(file=name, found=size // MIB, limit=limit // MIB)
            raise ValidationError(f"{error} {error.advice()}")
        return upload

    def option_values(self) -> dict[str, str]:
        """What the importer gets as `options.values`."""
        chosen = {option.name: self.cleaned_data[option.name] for option in self._kind.options}
        return {name: "1" if value is True else value for name, value in chosen.items() if value}
