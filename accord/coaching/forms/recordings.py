"""Forms of a recording: a file for browsers without a recorder, and the words that its sender puts to it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.coaching.models import Recording
from accord.domain.recordings.containers import SUFFIXES

MOST_CAPTIONS = 4_000


class RecordingFileForm(forms.Form):
    """A file made elsewhere."""

    recording = forms.FileField(
        label=_("A sound or video file"),
        help_text=_("MP3, M4A, OGG, WAV, MP4 or WebM; up to five minutes and 200 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{suffix}" for suffix in SUFFIXES)}),
    )


class RecordingWordsForm(forms.Form):
    """What is said, for those who can't or don't want to listen now."""

    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("Shown beside the recording, before it is played."),
    )
    captions = forms.CharField(
        label=_("What is said"),
        max_length=MOST_CAPTIONS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Becomes the captions. One line each; a line may begin with its time, as in 0:12."),
    )

    @classmethod
    def about(cls, recording: Recording) -> RecordingWordsForm:
        """The form with what stands there."""
        return cls(initial={"summary": recording.summary, "captions": recording.captions})
