"""Files of a form: handed in and looked at. They are removed with a button of the form itself."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from accord.foundation.errors import NotUnderstood
from accord.foundation.language import readers_language
from accord.workflow.access import fills as access
from accord.workflow.queries.fills import form_page
from accord.workflow.services import attachments
from accord.workflow.stored_files import stored_file


@require_POST
def attach(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take files as soon as they are chosen; the answer is the list of files as it stands now."""
    seen = access.fill_to_write(request.user, pk)
    settings = access.field_to_write(seen, key, "attachment")
    uploads = request.FILES.getlist(key)
    if not uploads:
        raise NotUnderstood
    for upload in uploads:
        attachments.attach(seen.fill, settings, upload, seen.me)
    filling = form_page(seen.fill, seen.step, readers_language())["filling"]
    view = next(each for each in (*filling.main, *filling.optional) if each.key == key)
    return render(request, "workflow/fields/files.html", {"field": view, "fill": seen.fill})


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file to keep. Only plain pictures are shown in the browser, and only where that is asked for."""
    kept = access.attachment_for(request.user, pk)
    return stored_file(request, kept.stored_as, kept.file_name, kept.media_type)
