"""A recording as an answer: in parts where that is asked for, never run as anything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from accord.coaching.errors.recordings import RecordingGone
from accord.coaching.models import Recording
from accord.coaching.services.recordings.store import store
from accord.domain.recordings.captions import captions_of, web_vtt
from accord.domain.recordings.ranges import ByteRange, OutsideTheFile, asked_range

_SUFFIXES = {"audio/mpeg": "mp3", "audio/mp4": "m4a"}


def media_answer(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    """The content; with `?keep` in the address, to keep it as a file."""
    mark = f'"{recording.digest}"'
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", mark) != mark:
        asked = ""
    try:
        part = asked_range(asked, recording.size)
    except OutsideTheFile:
        return _dressed(HttpResponse(status=416, headers={"Content-Range": f"bytes */{recording.size}"}))
    response = _answer(request, recording, part)
    suffix = _SUFFIXES.get(recording.media_type) or recording.container
    name = f"{recording.get_kind_display()}-{recording.made_at:%Y%m%d}-{recording.pk}.{suffix}"
    response["Content-Disposition"] = content_disposition_header("keep" in request.GET, name) or "inline"
    response["ETag"], response["Accept-Ranges"] = mark, "bytes"
    return _dressed(response)


def captions_answer(recording: Recording) -> HttpResponse:
    """The sender's words as captions over the length of the recording."""
    text = web_vtt(captions_of(recording.captions, recording.milliseconds))
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    _dressed(response)
    return response


def _answer(request: HttpRequest, recording: Recording, part: ByteRange | None) -> HttpResponseBase:
    first, end = (part.first, part.last + 1) if part else (0, recording.size)
    headers = {"Content-Length": str(end - first)}
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{recording.size}"
    status, media_type = 206 if part else 200, recording.media_type
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=media_type)
    try:
        pieces = store().pieces(recording.stored_as, first, end)
    except FileNotFoundError:
        raise RecordingGone from None
    return StreamingHttpResponse(pieces, status=status, headers=headers, content_type=media_type)


def _dressed(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
