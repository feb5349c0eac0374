"""What designers open: the same pages for whatever is designed."""

from django.urls import URLPattern, path

from accord.workflow.views import design

_KINDS = (("form", "design/"), ("flow", "design/flows/"))


def pages_about(kind: str) -> list[URLPattern]:
    """The addresses of one kind, without its list."""
    which = {"kind": kind}
    return [
        path(f"{kind}s/new/", design.new, which, name=f"new_{kind}"),
        path(f"{kind}s/<int:pk>/", design.definition, which, name=kind),
        path(f"{kind}s/<int:pk>/settings/", design.settings, which, name=f"{kind}_settings"),
        path(f"{kind}s/<int:pk>/new-version/", design.new_version, which, name=f"{kind}_new_version"),
        path(f"{kind}s/versions/<int:pk>/submit/", design.submit, which, name=f"{kind}_version_submit"),
        path(f"{kind}s/versions/<int:pk>/publish/", design.publish, which, name=f"{kind}_version_publish"),
        path(f"{kind}s/versions/<int:pk>/retire/", design.retire, which, name=f"{kind}_version_retire"),
        path(f"{kind}s/versions/<int:pk>/restore/", design.restore, which, name=f"{kind}_version_restore"),
        path(f"{kind}s/versions/<int:pk>/discard/", design.discard, which, name=f"{kind}_version_discard"),
        path(f"{kind}s/versions/<int:pk>/difference/", design.difference, which, name=f"{kind}_version_difference"),
    ]


urlpatterns: list[URLPattern] = [
    *(path(index, design.index, {"kind": kind}, name=f"{kind}s") for kind, index in _KINDS),
    *(entry for kind, _index in _KINDS for entry in pages_about(kind)),
]
