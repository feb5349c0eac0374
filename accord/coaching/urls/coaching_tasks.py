from django.urls import path

from accord.coaching.views import coaching_tasks as views

urlpatterns = [
    path("tasks/", views.task_list, name="tasks"),
    path("tasks/<int:pk>/", views.task_page, name="task"),
    path("tasks/<int:pk>/steps/<slug:kind>/", views.take_step, name="step"),
    path("tasks/<int:pk>/snooze/", views.snooze, name="snooze"),
    path("tasks/<int:pk>/resume/", views.resume, name="resume"),
    path("tasks/<int:pk>/close/", views.close, name="close"),
]
