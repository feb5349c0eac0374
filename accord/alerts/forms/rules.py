"""How many alerts a manager gets in a month."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.alerts.models import AlertBudget


class BudgetForm(forms.Form):
    """`edition` is the one its author saw."""

    per_month = forms.IntegerField(
        label=_("New alerts a month for each line manager"),
        min_value=0,
        max_value=AlertBudget.MOST,
        help_text=_("For up to eight people; with more people it grows in proportion. 0 is no limit."),
    )
    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
