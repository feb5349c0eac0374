"""Documents that wait for signatures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accord.domain.documents import digest_of
from accord.foundation.second_factors import Password
from accord.people.models import Employee
from accord.workflow.models import Document, DocumentParty
from accord.workflow.services.documents import make_document, sign
from tests.cast import Cast

SELF, MANAGER = {"zh": "本人", "en": "Employee"}, {"zh": "直属上级", "en": "Line manager"}
TEXT = "第四季度目标：\n\n1. 华东组 GMV 达到 1,200 万元；\n2. 转化率不低于 3.2%。"
CONTENT = {"rows": [{"label": {"zh": "权重", "en": "Weight"}, "value": "60%"}], "分数": {"最高": "1.2"}}
SECRET = Password("secret")
"""The password of everybody in the cast."""


def document_between(cast: Cast, **options: Any) -> Document:
    """An agreement of 小张 and 李经理, laid out by 王HRBP."""
    options = {"made_by": cast.hrbp_wang, "expires_in": timedelta(days=14), **options}
    parties = [(cast.xiaozhang, SELF), (cast.manager_li, MANAGER)]
    return make_document("agreement", "第四季度绩效约定", TEXT, CONTENT, parties, **options)


def damaged_between(cast: Cast) -> Document:
    """A document whose stored text is not what the digest was taken of. (The database refuses to change one.)"""
    whole = document_between(cast)
    parties = list(whole.parties.all())
    whole.pk, whole.digest = None, digest_of("what was shown")
    whole.frozen = whole.frozen.replace("1,200", "9,200")
    whole.save()
    for party in parties:
        party.pk, party.document = None, whole
        party.save()
    return whole


def part_of(person: Employee, document: Document) -> DocumentParty:
    """What `person` has to sign."""
    return DocumentParty.objects.get(document=document, employee=person)


def signed_by(person: Employee, document: Document) -> None:
    """Let somebody sign with their password."""
    sign(part_of(person, document), person.user, document.digest, SECRET)
