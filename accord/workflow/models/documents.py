"""Documents: frozen text and content with one digest, signed by named parties or refused with a reason."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.domain.documents import Action, FrozenDocument, Statement, digest_of
from accord.people.models import Employee
from accord.workflow.models.flows import FlowInstance


class Document(models.Model):
    """What is to be signed. `frozen` holds text, content, parties and times as one text; `digest` is its SHA-256.

    `kind` and `subject` (`<table>:<id>`) are the owner app's; workflow never knows what a document is about.
    `signatures` counts who has signed: two who sign at once take turns at it, and the last one closes the document.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("document", "waiting for signatures")
        SIGNED = "signed", pgettext_lazy("document", "signed by all")
        REFUSED = "refused", pgettext_lazy("document", "refused")
        EXPIRED = "expired", pgettext_lazy("document", "expired")
        WITHDRAWN = "withdrawn", pgettext_lazy("document", "withdrawn")

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=200)
    frozen = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    instance = models.ForeignKey(FlowInstance, null=True, on_delete=models.PROTECT, related_name="documents")
    # The node and round of the instance it is signed in.
    node_key = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    signatures = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "documents"
        indexes = [
            models.Index(fields=["subject"], name="documents_subject"),
            models.Index(fields=["expires_at"], condition=models.Q(state="open"), name="documents_open"),
            models.Index(fields=["made_by", "-id"], name="documents_made"),
        ]

    @property
    def paper(self) -> FrozenDocument:
        """What the parties are shown and sign, read from the frozen text."""
        return FrozenDocument.read(self.frozen)

    @property
    def is_intact(self) -> bool:
        """Whether the stored text is still what the digest was taken of."""
        return digest_of(self.frozen) == self.digest

    def __str__(self) -> str:
        return self.title


class DocumentParty(models.Model):
    """Somebody whose signature a document asks for. `label` says as what they sign, in both languages."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("signature", "not yet signed")
        SIGNED = "signed", pgettext_lazy("signature", "signed")
        REFUSED = "refused", pgettext_lazy("signature", "refused")

    class Method(models.TextChoices):
        PASSWORD = "password", pgettext_lazy("signature", "password")
        TOTP = "totp", pgettext_lazy("signature", "one-time code")
        PASSKEY = "passkey", pgettext_lazy("signature", "passkey")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="parties")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="document_parties")
    label = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    method = models.CharField(max_length=10, choices=Method.choices, blank=True)
    # With a passkey: the assertion over the signing statement, so that the operator cannot forge it.
    proof = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    acted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "document_parties"
        constraints = [models.UniqueConstraint(fields=["document", "employee"], name="one_signature_per_party")]
        indexes = [
            models.Index(fields=["employee", "-id"], condition=models.Q(state="waiting"), name="document_parties_owed")
        ]

    @property
    def has_lapsed(self) -> bool:
        """Whether the document ended without this party."""
        return self.state == self.State.WAITING and self.document.state != Document.State.OPEN

    def statement(self, action: Action, reason: str = "") -> Statement:
        """What this party declares by signing or refusing."""
        return Statement(
            action, self.document_id, self.document.digest, self.employee.employee_no, self.label, reason.strip()
        )

    def __str__(self) -> str:
        return f"{self.document_id}: {self.employee_id} {self.state}"
