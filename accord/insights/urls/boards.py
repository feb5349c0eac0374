from django.urls import path

from accord.insights.views import boards as views
from accord.insights.views import unit_boards, wall

urlpatterns = [
    path("", views.today_page, name="today"),
    path("people/<int:pk>/", views.person_page, name="person"),
    path("boards/", unit_boards.boards_page, name="boards"),
    path("boards/company/", unit_boards.company_page, name="board_company"),
    path("boards/units/<int:pk>/", unit_boards.unit_page, name="board_unit"),
    path("boards/positions/<int:pk>/", unit_boards.position_page, name="board_position"),
    path("boards/wall/", wall.wall_page, name="wall"),
    path("boards/team/", views.team_page, name="team"),
    path("boards/team/<int:pk>/", views.team_page, name="team-of"),
    path("team/", views.moved_team_page, name="team-before"),
    path("team/<int:pk>/", views.moved_team_page, name="team-of-before"),
]
