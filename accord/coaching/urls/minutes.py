from django.urls import path

from accord.coaching.views import minutes as views

urlpatterns = [
    path("minutes/", views.minutes_list, name="minutes"),
    path("minutes/of/<int:pk>/", views.begin, name="begin_minutes"),
    path("minutes/<int:pk>/", views.minutes_page, name="minutes_page"),
    path("minutes/<int:pk>/save/", views.save, name="save_minutes"),
    path("minutes/<int:pk>/correct/", views.correct, name="correct_minutes"),
]
