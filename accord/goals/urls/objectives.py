"""Addresses of objectives."""

from django.urls import path

from accord.goals.views import objective_check_ins, objective_map, objectives

urlpatterns = [
    path("objectives/", objectives.objectives_page, name="objectives"),
    path("objectives/map/", objective_map.map_page, name="objectives_map"),
    path("objectives/check-in/", objective_check_ins.check_in_page, name="objectives_check_in"),
    path("objectives/new/", objectives.new, name="objectives_new"),
    path("objectives/score-share/", objectives.share_page, name="objectives_share"),
    path("objectives/score-share/<int:pk>/", objectives.set_share, name="objectives_set_share"),
    path("objectives/<int:pk>/", objectives.objective_page, name="objectives_one"),
    path("objectives/<int:pk>/edit/", objectives.edit, name="objectives_edit"),
    path("objectives/<int:pk>/delete/", objectives.delete, name="objectives_delete"),
    path("objectives/<int:pk>/close/", objectives.close, name="objectives_close"),
    path("objectives/<int:pk>/key-results/", objectives.key_results, name="objectives_key_results"),
    path("objectives/<int:pk>/move/", objective_map.move, name="objectives_move"),
    path("objectives/<int:pk>/branch/", objective_map.branch, name="objectives_branch"),
    path("objectives/key-results/<int:pk>/kpis/", objectives.kpis, name="objectives_kpis"),
    path("objectives/key-results/<int:pk>/check-in/", objective_check_ins.report, name="objectives_report"),
]
