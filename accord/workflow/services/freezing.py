"""Hiding optional fields for everybody, and showing them again, without a new version."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.forms import FieldNotOptional, FillBusy
from accord.workflow.models import Form, FormVersion
from accord.workflow.queries.field_views import said
from accord.workflow.queries.schema import field_of, is_optional
from accord.workflow.services.archive.keeping import keep

_TRIES = 12


def freeze(form: Form, version: FormVersion, keys: Iterable[str], actor: Employee) -> Form:
    """Hide optional fields of a form for everybody at once. What was answered stays. Raises FieldNotOptional."""
    wanted = set(keys)
    for key in wanted:
        settings = field_of(version, key)
        if settings is None or not is_optional(settings):
            raise FieldNotOptional(label=said(settings.get("label"), "zh-hans") if settings else key)
    return _change(form, wanted, frozenset(), actor)


def unfreeze(form: Form, keys: Iterable[str], actor: Employee) -> Form:
    """Show hidden fields again."""
    return _change(form, frozenset(), set(keys), actor)


def _change(form: Form, hide: Iterable[str], show: Iterable[str], actor: Employee) -> Form:
    """Compare-and-set of the list, so that two designers at once both get their way."""
    for _attempt in range(_TRIES):
        with transaction.atomic():
            now = Form.objects.get(pk=form.pk)
            after = sorted((set(now.frozen) | set(hide)) - set(show))
            changed = sorted(set(after) ^ set(now.frozen))
            if not changed:
                return now
            if not Form.objects.filter(pk=now.pk, frozen=now.frozen).update(frozen=after):
                continue
            name = "form.fields_frozen" if set(changed) <= set(hide) else "form.fields_unfrozen"
            facts = {"form_id": now.pk, "field_keys": changed}
            record(name, subject=f"forms:{now.pk}", actor=actor.user, **facts)
            keep(name, f"forms:{now.pk}", facts, actor=actor)
            now.frozen = after
            return now
    raise FillBusy
