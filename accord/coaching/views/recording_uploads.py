"""Resumable uploads: what is needed of the tus protocol, version 1.0.0 (creation and termination)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accord.coaching.access import recordings as access
from accord.coaching.errors.recordings import RecordingTooLarge, UploadNotUnderstood
from accord.coaching.models import Recording
from accord.coaching.services.recordings import uploading

VERSION = "1.0.0"
_NUMBER = re.compile(r"\d{1,12}")
View = Callable[[HttpRequest, int], HttpResponse]


def _tus(view: View) -> View:
    """Say which protocol is spoken, and refuse another version of it."""

    @wraps(view)
    def spoken(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            response = view(request, pk)
        response["Tus-Resumable"] = VERSION
        return response

    return spoken


@require_http_methods(["POST", "OPTIONS"])
@_tus
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Make room for a recording; its address is where the pieces go."""
    draft = access.draft_to_record(request.user, pk)
    if request.method == "OPTIONS":
        told = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination"}
        return HttpResponse(status=204, headers={**told, "Tus-Max-Size": str(uploading.LARGEST)})
    about = _metadata(request.headers.get("Upload-Metadata", ""))
    size, length = _number(request, "Upload-Length"), about.get("milliseconds", "0")
    if not _NUMBER.fullmatch(length):
        raise UploadNotUnderstood(reason="milliseconds")
    name, media_type = about.get("filename", ""), about.get("filetype", "")
    recording = uploading.begin(draft, draft.author, name, size, int(length), media_type)
    next_page = reverse("coaching:recording_words", args=[recording.pk])
    place = reverse("coaching:recording_upload", args=[recording.pk])
    return JsonResponse({"next": next_page}, status=201, headers={"Location": place})


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@_tus
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come; the next piece; or let it go."""
    recording = access.own_upload(request.user, pk)
    if request.method == "DELETE":
        uploading.drop(recording)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        recording = _taken(request, recording)
    response = HttpResponse(status=204 if request.method == "PATCH" else 200)
    if request.method == "HEAD":
        is_here = recording.state == Recording.State.READY
        response["Upload-Length"] = str(recording.received if is_here else recording.size)
        response["Cache-Control"] = "no-store"
    response["Upload-Offset"] = str(recording.received)
    return response


def _taken(request: HttpRequest, recording: Recording) -> Recording:
    if request.content_type != "application/offset+octet-stream":
        raise UploadNotUnderstood(reason="Content-Type")
    if "Transfer-Encoding" in request.headers:
        # Of a body without a length the server hands on nothing.
        raise UploadNotUnderstood(reason="Transfer-Encoding")
    start = _number(request, "Upload-Offset")
    if start + int(request.META.get("CONTENT_LENGTH") or 0) > recording.size:
        raise RecordingTooLarge(size=-(-recording.size // uploading.MIB) + 1, most=-(-recording.size // uploading.MIB))
    return uploading.take(recording, start, request.read)


def _number(request: HttpRequest, header: str) -> int:
    found = request.headers.get(header, "")
    if not _NUMBER.fullmatch(found):
        raise UploadNotUnderstood(reason=header)
    return int(found)


def _metadata(header: str) -> dict[str, str]:
    """Names and values in base64, as `filename d29ybGQ=,filetype …`."""
    found: dict[str, str] = {}
    for pair in filter(None, map(str.strip, header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = b64decode(value, validate=True).decode()
        except ValueError:
            raise UploadNotUnderstood(reason="Upload-Metadata") from None
    return found
