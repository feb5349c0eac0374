from django.urls import path

from accord.coaching.views import coaching_mirror as views

urlpatterns = [
    path("mirror/", views.mirror, name="mirror"),
]
