"""Forms of learning: what it was worth, looking for something, keeping the library, the learning system."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accord.coaching.models import Competency, LearningRecord, LearningResource, LearningSystem
from accord.coaching.models.competencies import HIGHEST
from accord.coaching.queries.learning import Sought
from accord.coaching.queries.learning_words import competency_name
from accord.foundation.models import User

_STARS = [(str(stars), "★" * stars) for stars in range(5, 0, -1)]
_ANY = ("", _("All"))
WEB = URLValidator(schemes=["https", "http"])


class FinishForm(forms.Form):
    """Two questions, both of which may be left open."""

    helped = forms.ChoiceField(
        label=_("Did it help?"), choices=LearningRecord.Helped.choices[::-1], widget=forms.RadioSelect, required=False
    )
    stars = forms.ChoiceField(label=_("Your rating"), choices=[("", "–"), *_STARS], required=False)

    def said(self) -> dict[str, int | None]:
        """What is kept."""
        return {name: int(value) if value else None for name, value in self.cleaned_data.items()}


class SeekForm(forms.Form):
    """What to look for in the library."""

    q = forms.CharField(label=_("Words"), max_length=60, required=False)
    competency = forms.TypedChoiceField(label=_("Competency"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=[_ANY, *LearningResource.Kind.choices], required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[_ANY, *LearningResource.Language.choices[:2]], required=False
    )
    retired = forms.BooleanField(label=_("not offered any more"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        competencies = Competency.objects.filter(is_retired=False)
        self.fields["competency"].choices = [_ANY, *((each.pk, competency_name(each)) for each in competencies)]  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        """What fits; a choice that is none is left out."""
        self.is_valid()
        told = self.cleaned_data
        return Sought(
            words=told.get("q", ""),
            competency=told.get("competency"),
            kind=told.get("kind", ""),
            language=told.get("language", ""),
            is_retired=told.get("retired", False),
        )


class ResourceForm(forms.ModelForm[LearningResource]):
    """A resource: few fields; what a kind needs is said where it is missing."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0, min_value=0)

    class Meta:
        model = LearningResource
        fields = (
            "title", "kind", "competency", "level", "minutes", "language", "summary", "author", "address", "course",
            "text",
        )  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "level": _("Empty where it helps at any level."),
            "address": _("Where it is on the web or on your file server; begins with https:// or http://."),
            "course": _("Only for courses of your company's learning system."),
            "text": _("Only for a guide: a short line by itself is a heading; lines that begin with “- ” are a list."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["edition"] = self.instance.edition
        competency = self.fields["competency"]
        competency.queryset = Competency.objects.filter(is_retired=False)  # type: ignore[attr-defined]
        competency.label = _("Competency")
        competency.empty_label = _("Please choose")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Please choose")), *LearningResource.Kind.choices]  # type: ignore[attr-defined]
        competency.label_from_instance = competency_name  # type: ignore[attr-defined]
        self.fields["level"] = forms.TypedChoiceField(
            label=_("level it helps to reach"),
            choices=[("", "–"), *((level, level) for level in range(1, HIGHEST + 1))],
            coerce=int,
            empty_value=None,
            required=False,
            help_text=self.fields["level"].help_text,
        )
        self.fields["minutes"].widget.attrs |= {"min": 1, "max": 60_000}

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 60_000:
            raise forms.ValidationError(_("Between 1 and 60,000 minutes."))
        return minutes

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address:
            WEB(address)
        return address

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, competency = cleaned.get("kind"), cleaned.get("competency")
        if kind == LearningResource.Kind.LINK and not cleaned.get("address"):
            self.add_error("address", _("A link needs an address."))
        if kind == LearningResource.Kind.GUIDE and not cleaned.get("text"):
            self.add_error("text", _("A guide needs a text."))
        levels = competency.levels.count() if competency else HIGHEST
        if (cleaned.get("level") or 0) > levels:
            self.add_error("level", _("There are only %(count)s levels.") % {"count": levels})
        return cleaned

    def words(self) -> dict[str, Any]:
        """What is to be kept."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}

    def already_added(self, by: User) -> LearningResource | None:
        """The resource that the same person has made of the same words: this is a second click."""
        first = LearningResource.objects.filter(title=self.data.get("title", "").strip(), made_by=by).first()
        if first is None:
            return None
        told = ResourceForm(self.data, instance=copy(first))
        is_same = told.is_valid() and all(getattr(first, name) == value for name, value in told.words().items())
        return first if is_same else None


class SystemForm(forms.ModelForm[LearningSystem]):
    """The learning system. Its secret is made here and shown once."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0, min_value=0)

    class Meta:
        model = LearningSystem
        fields = ("name", "address", "is_active")
        help_texts = {
            "address": _("People arrive here signed in. Begins with https://; its host has to be an allowed one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["edition"] = self.instance.edition
        else:
            del self.fields["is_active"]
