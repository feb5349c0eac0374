from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "accord.workflow"
    label = "workflow"
