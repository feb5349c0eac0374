"""What HR types about a definition as a whole; what it asks and who decides is drawn in the designers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.people.models import Position
from accord.workflow.models import DefinitionVersion, Flow, Form
from accord.workflow.models.forms import BUDGET_SECONDS

SHORTEST_BUDGET, LONGEST_BUDGET = 1, 120
"""Minutes."""

_PUBLISHED = DefinitionVersion.State.PUBLISHED


class DesignSettings(forms.ModelForm[Any]):
    """What all definitions have in common."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approval = self.fields["approval_flow"]
        # A flow that never was published can approve nothing; one whose form has to be filled in is no approval either.
        approval.queryset = Flow._default_manager.filter(versions__state=_PUBLISHED, form=None).distinct()  # type: ignore[attr-defined]
        approval.empty_label = _("none: whoever may design may publish")  # type: ignore[attr-defined]
        self._stored_approval = self.instance.approval_flow_id

    @property
    def lifts_approval(self) -> bool:
        """Whether an approval that was set would be another one afterwards, or none."""
        return self._stored_approval not in (None, self.instance.approval_flow_id)


class FormSettings(DesignSettings):
    """A form as a whole."""

    budget_minutes = forms.IntegerField(
        label=_("Time budget in minutes"),
        min_value=SHORTEST_BUDGET,
        max_value=LONGEST_BUDGET,
        initial=BUDGET_SECONDS // 60,
        help_text=_("A version that takes longer is published only with a reason, which is archived."),
    )

    class Meta:
        model = Form
        fields = ["name", "name_en", "purpose", "positions", "approval_flow"]
        labels = {"positions": _("For these positions")}
        help_texts = {
            "positions": _("None chosen: for everybody."),
            "purpose": _("One sentence that whoever fills it in will read."),
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "positions": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["positions"].queryset = Position._default_manager.order_by("name")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["budget_minutes"] = max(SHORTEST_BUDGET, self.instance.budget_seconds // 60)

    def save(self, commit: bool = True) -> Form:
        self.instance.budget_seconds = self.cleaned_data["budget_minutes"] * 60
        saved: Form = super().save(commit)
        return saved


class FlowSettings(DesignSettings):
    """A flow as a whole."""

    class Meta:
        model = Flow
        fields = ["name", "name_en", "purpose", "form", "is_offered", "approval_flow"]
        labels = {"form": _("Form that is filled in")}
        help_texts = {
            "form": _("None: the flow decides about something that another part of the product brings along."),
            "is_offered": _("It then stands in everybody's list of what can be started."),
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_version = Form._default_manager.filter(versions__state=_PUBLISHED)
        kept = (
            Form._default_manager.filter(pk=self.instance.form_id)
            if self.instance.form_id
            else Form._default_manager.none()
        )
        self.fields["form"].queryset = (with_version | kept).distinct().order_by("name")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
