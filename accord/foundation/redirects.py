"""Going back to where a form came from, and nowhere else."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def stays_here(request: HttpRequest, address: str) -> bool:
    """Whether `address` lies on the host that was asked, over the same or a safer scheme."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def way_back(request: HttpRequest, otherwise: str = "/") -> HttpResponseRedirect:
    """Redirect to the form's `next` where that stays on this site."""
    address = request.POST.get("next", "")
    return HttpResponseRedirect(address if stays_here(request, address) else otherwise)
