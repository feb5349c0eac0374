"""Flows: who decides in what order, in versions, and the instances that run."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.models import Employee
from accord.workflow.models.forms import Form, FormFill
from accord.workflow.models.versions import Definition, DefinitionVersion


class Flow(Definition):
    """A flow. `form` is what is filled in and decided about; a flow without one is started by an app above."""

    form = models.ForeignKey(Form, null=True, blank=True, on_delete=models.PROTECT, related_name="flows")
    # Whether it stands in everybody's list of what can be started.
    is_offered = models.BooleanField(_("offered to everybody"), default=False)

    class Meta:
        db_table = "flows"
        verbose_name = _("flow")


class FlowVersion(DefinitionVersion):
    """A version of a flow. `body` is read by `domain.flow_graph`."""

    flow = models.ForeignKey(Flow, on_delete=models.PROTECT, related_name="versions")

    @property
    def definition(self) -> Flow:
        """The flow this is a version of."""
        return self.flow

    class Meta:
        db_table = "flow_versions"
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="one_flow_version_per_number"),
            models.UniqueConstraint(
                fields=["flow"], condition=models.Q(state="published"), name="one_published_version_per_flow"
            ),
            models.UniqueConstraint(
                fields=["flow"],
                condition=models.Q(state__in=["draft", "in_review", "approved"]),
                name="one_unfinished_version_per_flow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} v{self.number}"


class FlowInstance(models.Model):
    """One run of a flow version. `node_key` is where it stands (at its end: where it ended; nowhere once approved).

    `round` counts from 1 and goes up with every return, so that it comes to a node once a round at most. `person` is
    whom it is about: "line manager" means theirs. `values` are plain values conditions may ask about beside the answers
    of the form. `taken` is the arm each branch took. After a return that comes straight back, `return_to` is the node
    to go on to. `wake_at` is when a waiting node is over. Everything changes by compare-and-set on state, node and
    round; `revision` counts the changes.
    """

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("flow", "running")
        FINISHED = "finished", pgettext_lazy("flow", "approved")
        REJECTED = "rejected", pgettext_lazy("flow", "rejected")
        WITHDRAWN = "withdrawn", pgettext_lazy("flow", "withdrawn")

    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="instances")
    title = models.CharField(max_length=200)
    starter = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80, blank=True)
    # The page of the app above that shows what is decided about; a path on this site.
    url = models.CharField(max_length=300, blank=True)
    fill = models.OneToOneField(FormFill, null=True, on_delete=models.PROTECT, related_name="instance")
    values = models.JSONField(default=dict)
    # Node key → employee keys that the starter chose for it.
    chosen = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    node_key = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    return_to = models.CharField(max_length=40, blank=True)
    wake_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_instances"
        indexes = [
            models.Index(fields=["starter", "-id"], name="flow_instances_started"),
            models.Index(fields=["subject"], name="flow_instances_subject"),
            models.Index(fields=["wake_at"], condition=~models.Q(wake_at=None), name="flow_instances_asleep"),
        ]

    def __str__(self) -> str:
        return self.title


class FlowTask(models.Model):
    """What one person owes (or was told) at one node in one round.

    WAITING is a later place of a sequence, OPEN is owed now. `acted_by` is the delegate where that was not the
    assignee; a PASSED task has one where the assignee had agreed at the approval just before. Whoever was called in, or
    took over, has a task whose `origin_task` is the one it came from: together these are one voice, in the order of
    `place`. What was passed on, returned or is no longer needed does not count any more, and its assignee may be asked
    again.
    """

    class Kind(models.TextChoices):
        APPROVE = "approve", pgettext_lazy("flow", "approve")
        FILL = "fill", pgettext_lazy("flow", "fill in")
        SIGN = "sign", pgettext_lazy("flow", "sign")
        CC = "cc", pgettext_lazy("flow", "for information")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("flow task", "not yet")
        OPEN = "open", pgettext_lazy("flow task", "to do")
        AGREED = "agreed", pgettext_lazy("flow task", "agreed")
        REJECTED = "rejected", pgettext_lazy("flow task", "rejected")
        RETURNED = "returned", pgettext_lazy("flow task", "returned")
        TRANSFERRED = "transferred", pgettext_lazy("flow task", "passed on")
        PASSED = "passed", pgettext_lazy("flow task", "passed by rule")
        CANCELLED = "cancelled", pgettext_lazy("flow task", "no longer needed")
        READ = "read", pgettext_lazy("flow task", "read")

    class Origin(models.TextChoices):
        RULE = "rule", pgettext_lazy("flow task", "by the flow")
        TRANSFER = "transfer", pgettext_lazy("flow task", "passed on")
        ADDED = "added", pgettext_lazy("flow task", "added")
        ESCALATED = "escalated", pgettext_lazy("flow task", "passed up")
        SUCCEEDED = "succeeded", pgettext_lazy("flow task", "from somebody who left")

    instance = models.ForeignKey(FlowInstance, on_delete=models.CASCADE, related_name="tasks")
    node_key = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    assignee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="flow_tasks")
    place = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.RULE)
    origin_task = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    acted_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Whether the assignee has been told that it is open (a job tells many at once).
    is_told = models.BooleanField(default=False)
    nudged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_tasks"
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "node_key", "round", "assignee"],
                condition=~models.Q(state__in=["transferred", "returned", "cancelled"]),
                name="one_flow_task_per_person_and_round",
            )
        ]
        indexes = [
            models.Index(fields=["assignee", "-id"], condition=models.Q(state="open"), name="flow_tasks_inbox"),
            models.Index(fields=["assignee", "-acted_at"], condition=~models.Q(acted_at=None), name="flow_tasks_done"),
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="flow_tasks_due"),
            models.Index(fields=["id"], condition=models.Q(state="open", is_told=False), name="flow_tasks_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.instance_id}/{self.node_key} → {self.assignee_id}"


class FlowAct(models.Model):
    """What happened in an instance, as its history tells it: who did what, why. A rule's own act has no `actor`."""

    class Kind(models.TextChoices):
        STARTED = "started", pgettext_lazy("flow act", "started it")
        AGREED = "agreed", pgettext_lazy("flow act", "agreed")
        REJECTED = "rejected", pgettext_lazy("flow act", "rejected it")
        RETURNED = "returned", pgettext_lazy("flow act", "returned it")
        FILLED = "filled", pgettext_lazy("flow act", "filled it in")
        SIGNED = "signed", pgettext_lazy("flow act", "signed")
        TRANSFERRED = "transferred", pgettext_lazy("flow act", "passed it on")
        ADDED = "added", pgettext_lazy("flow act", "added somebody")
        WITHDRAWN = "withdrawn", pgettext_lazy("flow act", "withdrew it")
        NUDGED = "nudged", pgettext_lazy("flow act", "sent a reminder")
        COMMENTED = "commented", pgettext_lazy("flow act", "commented")
        PASSED = "passed", pgettext_lazy("flow act", "passed by rule")
        REMINDED = "reminded", pgettext_lazy("flow act", "was reminded of the deadline")
        ESCALATED = "escalated", pgettext_lazy("flow act", "was passed up after the deadline")
        SUCCEEDED = "succeeded", pgettext_lazy("flow act", "took over from somebody who left")
        FINISHED = "finished", pgettext_lazy("flow act", "came to its end")

    # The history is read by instance only; an index less is a step that is faster.
    instance = models.ForeignKey(FlowInstance, on_delete=models.CASCADE, related_name="acts", db_index=False)
    task = models.ForeignKey(FlowTask, null=True, on_delete=models.SET_NULL, related_name="acts", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    node_key = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    actor = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Whom it was passed to, added, or acted for.
    other = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_node = models.CharField(max_length=40, blank=True)
    # In the actor's words; or, for rules, a code that the page words (`rule:same_person`).
    reason = models.TextField(blank=True)
    mentions = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "flow_acts"
        indexes = [models.Index(fields=["instance", "id"], name="flow_acts_history")]

    @property
    def is_by_rule(self) -> bool:
        """Whether the flow did it by itself, and `reason` is a code. What people write is theirs, whatever it says."""
        return self.actor_id is None and self.reason.startswith("rule:")

    def __str__(self) -> str:
        return f"{self.instance_id}: {self.kind}"


class FlowDelegation(models.Model):
    """While `delegator` is away, `delegate` may approve and fill in for them. Signing is never delegated."""

    delegator = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="flow_delegations")
    delegate = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="flow_delegations_held")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "flow_delegations"
        indexes = [models.Index(fields=["delegate", "valid_to"], name="flow_delegations_held")]

    def __str__(self) -> str:
        return f"{self.delegator_id} → {self.delegate_id} until {self.valid_to}"
