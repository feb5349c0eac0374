"""What HR types about an assessment model as a whole, and how its pages look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accord.goals.models import AssessmentModel
from accord.people.models import Position
from accord.workflow.forms.design import DesignSettings
from accord.workflow.forms.design_pages import DesignPages


class ModelSettings(DesignSettings):
    """An assessment model as a whole."""

    class Meta:
        model = AssessmentModel
        fields = ["name", "name_en", "purpose", "positions", "approval_flow"]
        labels = {"positions": gettext_lazy("For these positions")}
        help_texts = {
            "positions": gettext_lazy("A position is assessed by one model at a time."),
            "purpose": gettext_lazy("One sentence that those who are assessed by it will read."),
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2}), "positions": forms.CheckboxSelectMultiple()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["positions"].queryset = Position._default_manager.order_by("name")  # type: ignore[attr-defined]

    def clean_positions(self) -> Any:
        """Refuse a position that another model is for."""
        chosen = self.cleaned_data["positions"]
        taken = AssessmentModel.objects.exclude(pk=self.instance.pk).filter(positions__in=chosen)
        for position, other in taken.values_list("positions__name", "name"):
            if position in {each.name for each in chosen}:
                sentence = _("“%(position)s” already has the model “%(model)s”; take it out there first.")
                self.add_error("positions", sentence % {"position": position, "model": other})
        return chosen


MODEL_PAGES = DesignPages(
    code="model",
    area="goals",
    label=pgettext_lazy("what is designed", "Assessment models"),
    new_label=gettext_lazy("New assessment model"),
    icon="chart-arcs",
    settings=ModelSettings,
    templates="goals/model",
)
