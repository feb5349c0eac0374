"""How somebody wants their weekly report."""

from django import forms

from accord.insights.models import ReportWish


class WishForm(forms.ModelForm[ReportWish]):
    """Three yes-or-no choices; what is left out is a no."""

    class Meta:
        model = ReportWish
        fields = ("by_mail", "with_pdf", "only_when_changed")
