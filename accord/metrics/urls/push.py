from django.urls import path

from accord.metrics.views import push as views

urlpatterns = [path("push/<uuid:address>/", views.take_rows, name="push")]
