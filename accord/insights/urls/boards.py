from django.urls import path

from accord.insights.views import boards as views

urlpatterns = [
    path("", views.today_page, name="today"),
    path("people/<int:pk>/", views.person_page, name="person"),
    path("team/", views.team_page, name="team"),
    path("team/<int:pk>/", views.team_page, name="team-of"),
]
