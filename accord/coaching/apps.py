from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "accord.coaching"
    label = "coaching"
