"""The learning library, what people did with it, and what was recommended to them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models.competencies import Competency
from accord.foundation.models import User
from accord.people.models import Employee


class LearningResource(models.Model):
    """Something to learn from. A guide's text stands here; all else is a title and, perhaps, an address.

    `level` is the level it helps to reach, None where it helps at any. `course` is what a company's own learning
    system calls it.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", pgettext_lazy("learning resource", "guide")
        LINK = "link", pgettext_lazy("learning resource", "link")
        FILE = "file", pgettext_lazy("learning resource", "file")
        BOOK = "book", pgettext_lazy("learning resource", "book")
        COURSE = "course", pgettext_lazy("learning resource", "course")
        VIDEO = "video", pgettext_lazy("learning resource", "video")

    class Language(models.TextChoices):
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")
        BOTH = "both", _("Chinese and English")

    title = models.CharField(pgettext_lazy("learning resource", "title"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="resources")
    level = models.PositiveSmallIntegerField(_("level it helps to reach"), null=True)
    minutes = models.PositiveIntegerField(pgettext_lazy("learning resource", "minutes"))
    language = models.CharField(_("language"), max_length=4, choices=Language.choices, default=Language.CHINESE)
    author = models.CharField(_("author"), max_length=80, blank=True)
    summary = models.CharField(_("what it is good for"), max_length=300, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    course = models.CharField(_("number in the learning system"), max_length=80, blank=True)
    is_retired = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "learning_resources"
        constraints = [
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 5)), name="resource_levels_are_1_to_5"),
            models.UniqueConstraint(fields=["course"], condition=~Q(course=""), name="one_resource_per_course"),
        ]

    def __str__(self) -> str:
        return self.title


class LearningRecord(models.Model):
    """What one person did with one resource, theirs alone: begun, finished, and whether it helped."""

    class Helped(models.IntegerChoices):
        NO = 0, pgettext_lazy("did it help", "not really")
        SOME = 1, pgettext_lazy("did it help", "a little")
        YES = 2, pgettext_lazy("did it help", "yes")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="learning")
    resource = models.ForeignKey(LearningResource, on_delete=models.PROTECT, related_name="records")
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    helped = models.PositiveSmallIntegerField(_("did it help"), choices=Helped.choices, null=True)
    stars = models.PositiveSmallIntegerField(_("rating"), null=True)
    is_from_system = models.BooleanField(default=False)

    class Meta:
        db_table = "learning_records"
        constraints = [
            models.UniqueConstraint(fields=["employee", "resource"], name="one_learning_record_each"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=False) | Q(helped=None, stars=None), name="only_the_finished_is_rated"
            ),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__range=(1, 5)), name="stars_are_1_to_5"),
        ]
        indexes = [models.Index(fields=["resource"], name="learning_quality")]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.resource_id}"


class LearningRecommendation(models.Model):
    """A resource recommended to somebody, once and for all: what was taken or declined never comes again.

    `source` is the assessment, the feedback or the plan that it follows from. Its reason is said anew whenever it is
    read: where somebody stands changes.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("recommendation", "open")
        TAKEN = "taken", pgettext_lazy("recommendation", "taken up")
        DECLINED = "declined", pgettext_lazy("recommendation", "declined")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="learning_recommended")
    resource = models.ForeignKey(LearningResource, on_delete=models.PROTECT, related_name="recommendations")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "learning_recommendations"
        constraints = [models.UniqueConstraint(fields=["employee", "resource"], name="never_recommended_twice")]
        indexes = [models.Index(fields=["employee", "-id"], condition=Q(state="open"), name="recommended_now")]

    def __str__(self) -> str:
        return f"{self.resource_id} → {self.employee_id}"


class LearningSystem(models.Model):
    """The company's own learning system: where its courses are, and by which secret both sides know each other."""

    name = models.CharField(pgettext_lazy("competency", "name"), max_length=80)
    address = models.URLField(_("address for single sign-on"), max_length=300)
    hook = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    secret = models.TextField(blank=True)
    is_active = models.BooleanField(_("switched on"), default=True)
    edition = models.PositiveIntegerField(default=0)
    # There is at most one.
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        db_table = "learning_systems"
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_learning_system")]

    def __str__(self) -> str:
        return self.name


class LearningDelivery(models.Model):
    """A message of the learning system that was taken: the same number again changes nothing."""

    system = models.ForeignKey(LearningSystem, on_delete=models.CASCADE, related_name="deliveries")
    number = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "learning_deliveries"
        constraints = [models.UniqueConstraint(fields=["system", "number"], name="one_learning_delivery")]

    def __str__(self) -> str:
        return self.number
