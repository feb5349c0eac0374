"""Addresses of the organisation. `/people/<pk>/` itself, with a person's numbers, belongs to insights."""

from django.urls import path

from accord.people.views import directory, employment, leaves, roles, sight

app_name = "people"
urlpatterns = [
    path("", directory.people, name="directory"),
    path("units/", directory.units, name="units"),
    path("units/<int:pk>/", directory.unit, name="unit"),
    path("units/<int:pk>/branch/", directory.branch, name="branch"),
    path("positions/", directory.position_list, name="positions"),
    path("leave/", leaves.own, name="leave"),
    path("leave/end/", leaves.end, name="end_leave"),
    path("sight/", sight.sight, name="sight"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:pk>/revoke/", roles.revoke, name="revoke_role"),
    path("<int:pk>/edit/", employment.edit, name="edit"),
]
