"""How the product looks to one person: language and light or dark. Both work before signing in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from accord.foundation.components.appearance import COOKIE, THEMES
from accord.foundation.redirects import way_back

YEAR = 60 * 60 * 24 * 365


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language: in the cookie for the pages, in the account for mail."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and code in dict(settings.LANGUAGES) and check_for_language(code):
        request.user.language = code
        request.user.save(update_fields=["language"])
    return remember_language(request)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or auto in a cookie. With scripts on, the same cookie is written without a request."""
    response = way_back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        # Not HttpOnly: the switch in the page reads and writes it too.
        response.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
