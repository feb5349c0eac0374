"""What designers open: the same pages for forms and for flows."""

from django.urls import URLPattern, path

from accord.workflow.views import design

_KINDS = (("form", "design/"), ("flow", "design/flows/"))


def _of(kind: str, index: str) -> list[URLPattern]:
    which = {"kind": kind}
    return [
        path(index, design.index, which, name=f"{kind}s"),
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


urlpatterns: list[URLPattern] = [entry for kind, index in _KINDS for entry in _of(kind, index)]
