from django.urls import path

from accord.alerts.views import alerts as views

urlpatterns = [
    path("", views.alert_list, name="alerts"),
    path("<int:pk>/", views.alert_page, name="alert"),
]
