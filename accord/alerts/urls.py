from django.urls import path

from accord.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alert_list, name="alerts"),
    path("<int:pk>/", views.alert_page, name="alert"),
]
