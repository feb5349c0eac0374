"""Addresses of the position map."""

from django.urls import path

from accord.goals.views import position_map

urlpatterns = [
    path("position-map/", position_map.position_map_page, name="position-map"),
    path("position-map/<int:pk>/", position_map.position, name="position"),
    path("position-map/<int:pk>/edit/", position_map.edit, name="position_edit"),
    path("position-map/<int:pk>/versions/<int:number>/", position_map.version, name="position_version"),
    path("position-map/<int:pk>/versions/<int:number>/restore/", position_map.restore, name="position_restore"),
]
