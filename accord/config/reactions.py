"""What facts cause: event name → dotted names of commands that get the event's payload as keywords.

Every event has its line, from the ground floor up; an empty one says that nothing follows.
"""

REACTIONS: dict[str, tuple[str, ...]] = {
    # foundation
    "account.invited": (),
    "account.password_set": (),
    "account.second_factor_changed": (),
    "delivery.run_again": (),
    "job.run_again": (),
    # people
    "employee.joined": (),
    "employee.moved": ("accord.coaching.jobs.follow_move", "accord.goals.jobs.agreements.follow_move"),
    "employee.changed": (),
    "employee.left": (
        "accord.workflow.services.flows.leavers.hand_over_tasks",
        "accord.coaching.jobs.follow_departure",
        "accord.goals.jobs.agreements.follow_departure",
    ),
    "employee.returned": (),
    "people.imported": (
        "accord.workflow.jobs.flows.follow_import",
        "accord.coaching.jobs.follow_import",
        "accord.goals.jobs.agreements.follow_import",
    ),
    "role.granted": ("accord.people.services.role_notices.tell_of_grant",),
    "role.revoked": (),
    # workflow: what is designed
    "definition.made": (),
    "definition.changed": (),
    "version.drafted": (),
    "version.discarded": (),
    "version.submitted": (),
    "version.approved": (),
    "version.sent_back": (),
    "version.published": (),
    "version.retired": (),
    # workflow: forms
    "form.filled": (),
    "form.discarded": (),
    "form.fields_frozen": (),
    "form.fields_unfrozen": (),
    # workflow: flows
    "flow.started": (),
    "flow.task_done": (),
    "flow.acted": (),
    "flow.returned": ("accord.workflow.services.flows.telling.tell_return",),
    "flow.finished": (
        "accord.workflow.services.versions.follow_approval",
        "accord.workflow.services.flows.telling.tell_end",
    ),
    "flow.delegated": (),
    "flow.delegation_ended": (),
    # workflow: documents
    "document.made": (),
    "document.party_signed": ("accord.workflow.services.flows.signing.follow_signature",),
    "document.signed": (
        "accord.workflow.services.flows.signing.follow_signature",
        "accord.goals.services.agreements.in_force.follow_signed",
    ),
    "document.refused": (
        "accord.workflow.services.flows.signing.follow_signature",
        "accord.goals.services.agreements.in_force.follow_ended",
    ),
    "document.expired": (
        "accord.workflow.services.flows.signing.follow_expiry",
        "accord.goals.services.agreements.in_force.follow_ended",
    ),
    "document.withdrawn": ("accord.goals.services.agreements.in_force.follow_ended",),
    # workflow: archive
    "archive.erased": (),
    "archive.key_changed": (),
    # metrics
    "measurements.recorded": (
        "accord.alerts.jobs.evaluation.judge_measured",
        "accord.goals.jobs.objectives.follow_measured",
    ),
    "metric.created": (),
    "metric.changed": ("accord.goals.services.targets.follow_metric",),
    # metrics: driver trees
    "driver_tree.made": (),
    "driver_tree.changed": (),
    "driver_tree.targets_set": (),
    "driver_tree.retired": (),
    # goals
    "kpis.changed": ("accord.alerts.jobs.evaluation.judge_targets",),
    "workshop.opened": (),
    "workshop.card_proposed": (),
    "workshop.card_discussed": (),
    "workshop.card_moved": (),
    "workshop.cards_merged": (),
    "workshop.closed": (),
    "check_in.made": (),
    "check_in.corrected": (),
    "check_in.rhythm_set": (),
    # goals: agreements
    "agreement.drafted": (),
    "agreement.redrafted": (),
    "agreement.proposed": (),
    "agreement.line_changed": (),
    "agreement.line_added": (),
    "agreement.line_removed": (),
    "agreement.agreed": (),
    "agreement.taken_back": (),
    "agreement.laid_out": (),
    "agreement.signed": (),
    "agreement.not_signed": (),
    "agreement.begun_again": (),
    "agreement.amended": (),
    "agreement.manager_followed": (),
    "agreement.ended": (),
    "agreement.commented": (),
    "agreements.reminded": (),
    # goals: calibration
    "calibration.planned": (),
    "calibration.opened": (),
    "calibration.decided": (),
    "calibration.minuted": (),
    "calibration.proposed": (),
    "calibration.closed": (),
    "external_change.noted": (),
    # goals: decomposition
    "decomposition.started": (),
    "decomposition.changed": (),
    "decomposition.discarded": (),
    "decomposition.applied": (),
    # goals: objectives
    "objective.made": (),
    "objective.changed": (),
    "objective.deleted": (),
    "objective.moved": (),
    "objective.key_results_set": (),
    "objective.closed": (),
    "key_result.broken_down": (),
    "key_result.checked_in": (),
    "cycle.okr_share_set": (),
    "scorecards.frozen": (),
    # goals: fit check
    "fit.overridden": (),
    # goals: position map and its redesign
    "position_map.changed": (),
    "redesign.started": (),
    "redesign.finished": (),
    "redesign.dropped": (),
    # alerts
    "statuses.judged": (),
    "alert.raised": ("accord.coaching.services.following_alerts.open_coaching_task",),
    "alert.watched": ("accord.alerts.services.watching.tell_watched",),
    "alert.cleared": ("accord.coaching.services.following_alerts.suggest_outcome",),
    "alert.withdrawn": ("accord.coaching.services.following_alerts.close_withdrawn_task",),
    "alert_switch.changed": (),
    "alert_budget.changed": (),
    # coaching
    "coaching_task.opened": (),
    "coaching_task.step_taken": ("accord.alerts.services.watching.note_talk",),
    "coaching_task.snoozed": (),
    "coaching_task.resumed": (),
    "coaching_task.moved": (),
    "coaching_task.escalated": (),
    "coaching_task.closed": (),
    # insights
    "weekly_report.written": (),
    "weekly_report.sent": (),
    "weekly_report.unsent": (),
    "report_wish.changed": (),
}
