from django.urls import path

from accord.metrics.views import library as views

urlpatterns = [
    path("", views.library_page, name="library"),
    path("new/", views.new_metric_page, name="new"),
    path("<int:pk>/", views.metric_page, name="metric"),
    path("<int:pk>/edit/", views.edit_metric_page, name="edit"),
    path("values/<int:series_pk>/<int:period>/", views.origin_page, name="origin"),
]
