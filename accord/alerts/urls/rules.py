from django.urls import path

from accord.alerts.views import rules as views

urlpatterns = [
    path("rules/", views.rules_page, name="rules"),
    path("rules/budget/", views.save_budget, name="save_budget"),
    path("rules/try/", views.try_now, name="try_rules"),
    path("rules/<int:pk>/", views.history_page, name="rule_history"),
    path("rules/<int:pk>/<slug:rule>/", views.switch, name="switch_rule"),
]
