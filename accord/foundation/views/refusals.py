"""Answers that say no: a page, a toast or JSON, in the reader's language. None tells what broke inside."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accord.foundation import errors
from accord.foundation.written import written_in

SIGNS = {400: "help-circle", 403: "lock", 404: "zoom-question", 429: "hourglass", 500: "tool"}
PAGE = "foundation/refused_page.html"


def refused(request: HttpRequest, error: errors.BusinessError) -> HttpResponse:
    """Answer a refused request with the error's own status, in the form the asker understands."""
    if wants_json(request):
        return JsonResponse(error.as_json(), status=error.status, json_dumps_params={"ensure_ascii": False})
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.boosted:
        return _toast(request, error)
    context = _context(error) | {"written": written_in(request)}
    return render(request, PAGE, context, status=error.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: anything under /api/, or somebody who would rather have JSON than a page."""
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return request.path.startswith("/api/") or preferred == "application/json"


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return refused(request, errors.NotUnderstood())


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403. The exception's own words stay inside."""
    return refused(request, errors.NotAllowed())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. The same for what is not there and what is not yours."""
    return refused(request, errors.NotFound())


def page_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a failed check against forged requests."""
    return refused(request, errors.PageOutOfDate())


def our_fault(request: HttpRequest) -> HttpResponse:
    """500. The page is rendered without the request, because what broke may be what every page needs."""
    error = errors.OurFault()
    if wants_json(request):
        return refused(request, error)
    return HttpResponse(render_to_string(PAGE, _context(error)), status=error.status)


def _toast(request: HttpRequest, error: errors.BusinessError) -> HttpResponse:
    response = render(request, "foundation/refused_fragment.html", _context(error), status=error.status)
    # What the fragment was meant to replace stays as it is; the refusal is laid on top.
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    # Whoever selects a part of the page they ask for would find none of it in a toast.
    response["HX-Reselect"] = ".toast-card"
    return response


def _context(error: errors.BusinessError) -> dict[str, object]:
    return {"error": error, "sign": SIGNS.get(error.status, "hand-stop")}
