"""Recordings of a feedback: made or brought along, heard, put into words, deleted. Uploads: see recording_uploads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.coaching.access import recordings as access
from accord.coaching.errors.recordings import RecordingGone, RecordingTooLarge
from accord.coaching.forms.recordings import RecordingFileForm, RecordingWordsForm
from accord.coaching.models import Feedback, Recording
from accord.coaching.queries.recordings import recordings_with
from accord.coaching.services.feedback.answers import receive
from accord.coaching.services.recordings import keeping, uploading
from accord.coaching.views.recording_media import captions_answer, media_answer
from accord.foundation.errors import BusinessError
from accord.foundation.written import gives_back

_RECORDER_MAY = "camera=(self), microphone=(self)"
# Around the file in a form: field names and boundaries.
_WRAPPING = 64 * 1024


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The recorder, the one page that may ask for microphone and camera; below it what is there already."""
    return _record_page(request, access.draft_to_record(request.user, pk), RecordingFileForm())


@csrf_exempt
@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file in a form, for browsers without a script. What is far too large is refused before anything is read of it,
    and so before the check against forged requests, which reads the form.
    """
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > uploading.LARGEST + _WRAPPING:
        raise RecordingTooLarge(size=-(-size // uploading.MIB), most=uploading.LARGEST // uploading.MIB)
    return _bring(request, pk)


@csrf_protect
def _bring(request: HttpRequest, pk: int) -> HttpResponse:
    draft = access.draft_to_record(request.user, pk)
    form = RecordingFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _record_page(request, draft, form)
    upload = form.cleaned_data["recording"]
    begun = uploading.begin(draft, draft.author, upload.name, upload.size, 0, upload.content_type or "")
    try:
        recording = uploading.take(begun, 0, upload.read)
    except BusinessError:
        # Nobody can go on with a form.
        uploading.drop(begun)
        raise
    return redirect("coaching:recording_words", pk=recording.pk)


@require_safe
def media(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sound or the pictures, whole or in parts."""
    return media_answer(request, _ready(access.recording_for(request.user, pk)))


@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponse:
    """The captions as WebVTT."""
    return captions_answer(_ready(access.recording_for(request.user, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back("summary", "captions")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Put words to one's recording while the feedback is a draft; nobody has to."""
    recording = access.recording_to_change(request.user, pk)
    form = RecordingWordsForm(request.POST) if request.method == "POST" else RecordingWordsForm.about(recording)
    if form.is_valid():
        keeping.describe(recording, form.cleaned_data["captions"], form.cleaned_data["summary"])
        messages.success(request, _("The words are kept with the recording."))
        return redirect("coaching:feedback_write", pk=recording.feedback_id)
    context = {"form": form, "recording": recording, "feedback": recording.feedback}
    return render(request, "coaching/recording_words.html", context, status=422 if form.errors else 200)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's recording for good, at any time."""
    recording = access.recording_to_change(request.user, pk)
    keeping.delete(recording, Recording.DeletedBecause.SENDER, recording.feedback.author.user)
    messages.success(request, _("The recording is deleted for good."))
    is_draft = recording.feedback.state == Feedback.State.DRAFT
    return redirect("coaching:record" if is_draft else "coaching:feedback_page", pk=recording.feedback_id)


def _ready(seen: access.SeenRecording) -> Recording:
    """A recording to be heard, with the receipt of its feedback if the receiver does."""
    if seen.recording.state != Recording.State.READY:
        raise RecordingGone
    if seen.is_for_me and not receive(seen.recording.feedback):
        raise RecordingGone
    return seen.recording


def _record_page(request: HttpRequest, draft: Feedback, form: RecordingFileForm) -> HttpResponse:
    there = recordings_with(draft)
    context = {"feedback": draft, "form": form, "has_room": len(there) < uploading.MOST, "limits": uploading}
    response = render(request, "coaching/recording_record.html", context, status=422 if form.errors else 200)
    response["Permissions-Policy"] = _RECORDER_MAY
    return response
