from accord.coaching.models.coaching_tasks import CoachingEscalation, CoachingStep, CoachingTask

__all__ = ["CoachingEscalation", "CoachingStep", "CoachingTask"]
