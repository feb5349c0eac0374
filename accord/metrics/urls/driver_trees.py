from django.urls import path

from accord.metrics.views import driver_tree_editor as editor
from accord.metrics.views import driver_tree_targets as targets
from accord.metrics.views import driver_trees as views

urlpatterns = [
    path("trees/", views.trees_page, name="trees"),
    path("trees/new/", editor.new_tree_page, name="tree_new"),
    path("trees/<int:pk>/", views.tree_page, name="tree"),
    path("trees/<int:pk>/parts/<int:node>/", views.node_page, name="tree_node"),
    path("trees/<int:pk>/edit/", editor.edit_tree_page, name="tree_edit"),
    path("trees/<int:pk>/retire/", editor.retire, name="tree_retire"),
    path("trees/<int:pk>/parts/<int:node>/edit/", editor.edit_node_page, name="tree_node_edit"),
    path("trees/<int:pk>/parts/<int:node>/apart/", editor.take_apart_page, name="tree_node_apart"),
    path("trees/<int:pk>/parts/<int:node>/move/", editor.move, name="tree_node_move"),
    path("trees/<int:pk>/parts/<int:node>/remove/", editor.remove, name="tree_node_remove"),
    path("trees/<int:pk>/targets/", targets.targets_page, name="tree_targets"),
]
