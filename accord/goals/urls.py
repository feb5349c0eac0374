from django.urls import path

from accord.goals import views

app_name = "goals"
urlpatterns = [
    path("", views.kpis_page, name="kpis"),
    path("position-map/", views.position_map_page, name="position-map"),
]
