from accord.coaching.models.coaching_tasks import CoachingStep, CoachingTask

__all__ = ["CoachingStep", "CoachingTask"]
