"""What apps add to pages below them: slot → dotted names of functions of the request and what the page is about."""

PANELS: dict[str, tuple[str, ...]] = {
    "today": (
        "accord.insights.panels.weekly_report_unread",
        "accord.coaching.panels.one_on_one_soon",
        "accord.workflow.panels.waiting_for_me",
        "accord.goals.panels.agreements_waiting",
        "accord.goals.panels.check_in_due",
        "accord.coaching.panels.plans_waiting",
        "accord.coaching.panels.minutes_to_confirm",
        "accord.coaching.panels.commitments_due",
        "accord.coaching.panels.feedback_waiting",
    ),
    # About somebody and a cycle, on their scorecard.
    "scorecard": ("accord.coaching.panels.minutes_as_evidence",),
    # What can wait, below what is owed.
    "today_later": (
        "accord.coaching.panels.learning_chosen",
        "accord.alerts.panels.watch_list",
    ),
    "alert": ("accord.coaching.panels.task_of_alert",),
}
