"""What facts cause: event name → dotted names of commands that get the event's payload as keywords."""

REACTIONS: dict[str, tuple[str, ...]] = {
    "delivery.run_again": (),
    "job.run_again": (),
    "measurements.recorded": ("accord.alerts.jobs.judge_measured",),
    "kpis.changed": ("accord.alerts.jobs.judge_targets",),
}
