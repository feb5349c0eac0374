"""Addresses of decomposition."""

from django.urls import path

from accord.goals.views import decomposition

urlpatterns = [
    path("decomposition/", decomposition.decompositions_page, name="decompositions"),
    path("decomposition/new/", decomposition.new_decomposition, name="decomposition_new"),
    path("decomposition/next-cycle/", decomposition.open_next_cycle, name="decomposition_next_cycle"),
    path("decomposition/<int:pk>/", decomposition.decomposition_page, name="decomposition"),
    path("decomposition/<int:pk>/change/", decomposition.change_decomposition, name="decomposition_change"),
    path("decomposition/<int:pk>/adopt/", decomposition.adopt_what_if, name="decomposition_adopt"),
    path("decomposition/<int:pk>/unlock/", decomposition.unlock_all, name="decomposition_unlock"),
    path("decomposition/<int:pk>/apply/", decomposition.apply_decomposition, name="decomposition_apply"),
    path("decomposition/<int:pk>/discard/", decomposition.discard_decomposition, name="decomposition_discard"),
]
