from django.urls import path

from accord.alerts.views import watch_list as views

urlpatterns = [
    path("watch-list/", views.watch_list, name="watch_list"),
    path("<int:pk>/take-up/", views.take_up_now, name="take_up"),
]
