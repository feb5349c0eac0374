"""A file of the store as an answer: never run, and shown only where it is a plain picture."""

from django.http import FileResponse, HttpRequest

from accord.foundation.imports.files import path_of
from accord.workflow.services.file_types import INLINE


def stored_file(request: HttpRequest, stored_as: str, file_name: str, media_type: str) -> FileResponse:
    """The file to keep; with `?show` in the address a plain picture is shown in the browser."""
    is_shown = "show" in request.GET and media_type in INLINE
    response = FileResponse(
        path_of(stored_as).open("rb"), as_attachment=not is_shown, filename=file_name, content_type=media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
