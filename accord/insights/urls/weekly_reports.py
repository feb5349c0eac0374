from django.urls import path

from accord.insights.views import weekly_reports as views

urlpatterns = [
    path("weekly-reports/", views.report_list, name="weekly_reports"),
    path("weekly-reports/<int:pk>/", views.report_page, name="weekly_report"),
    path("weekly-reports/<int:pk>/pdf/", views.report_pdf, name="weekly_report_pdf"),
    path("weekly-reports/wish/", views.wish_page, name="weekly_wish"),
    path("weekly-reports/stop/<str:token>/", views.stop_page, name="stop_weekly_mail"),
]
