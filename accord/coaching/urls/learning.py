from django.urls import path

from accord.coaching.views import learning as views
from accord.coaching.views import learning_library as keeping

urlpatterns = [
    path("learning/", views.mine, name="learning"),
    path("learning/library/", views.library_page, name="library"),
    path("learning/resources/new/", keeping.add, name="resource_add"),
    path("learning/resources/<int:pk>/", views.resource_page, name="resource"),
    path("learning/resources/<int:pk>/begin/", views.begin, name="resource_begin"),
    path("learning/resources/<int:pk>/go/", views.go, name="resource_go"),
    path("learning/resources/<int:pk>/finish/", views.finish, name="resource_finish"),
    path("learning/resources/<int:pk>/edit/", keeping.change, name="resource_change"),
    path("learning/resources/<int:pk>/retire/", keeping.retire, name="resource_retire"),
    path("learning/recommendations/<int:pk>/decline/", views.decline, name="recommendation_decline"),
    path("learning/system/", keeping.system_page, name="learning_system"),
    path("learning/system/secret/", keeping.new_secret, name="learning_secret"),
    path("learning/hook/<uuid:hook>/", keeping.hook, name="learning_hook"),
]
