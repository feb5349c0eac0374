"""What facts cause: event name → dotted names of commands that get the event's payload as keywords."""

REACTIONS: dict[str, tuple[str, ...]] = {
    "delivery.run_again": (),
    "job.run_again": (),
    "measurements.recorded": ("accord.alerts.jobs.judge_measured",),
    "kpis.changed": ("accord.alerts.jobs.judge_targets",),
    "alert.raised": ("accord.coaching.services.following_alerts.open_coaching_task",),
    "alert.cleared": ("accord.coaching.services.following_alerts.suggest_outcome",),
    "alert.withdrawn": ("accord.coaching.services.following_alerts.close_withdrawn_task",),
    "employee.moved": ("accord.coaching.jobs.follow_move",),
    "employee.left": ("accord.coaching.jobs.follow_departure",),
    "people.imported": ("accord.coaching.jobs.follow_import",),
}
