"""Documents: what is frozen, who may sign, how they end, and what the archive keeps of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accord.domain.documents import FrozenDocument, digest_of
from accord.foundation.errors import FactorRefused, TooManyAttempts
from accord.foundation.models import Event, Notification
from accord.foundation.second_factors import Assertion, Code, Password
from accord.foundation.second_factors.proving import ATTEMPTS
from accord.foundation.tests.software_key import SoftwareKey
from accord.foundation.tests.test_second_factors import code_now, give_app
from accord.workflow.errors import documents as errors
from accord.workflow.models import ArchivePayload, Document
from accord.workflow.services.archive.sealing import seal
from accord.workflow.services.documents import call_off, expire_due, make_document, refuse, remind_due, sign, withdraw
from accord.workflow.tests.archive.builders import exported
from accord.workflow.tests.document_builders import (
    CONTENT,
    SECRET,
    SELF,
    damaged_between,
    document_between,
    part_of,
    signed_by,
)
from accord.workflow.verify_archive import verify_folder
from tests.cast import Cast
from tests.ladder import others


def names(document: Document) -> list[str]:
    """The facts about a document in their order."""
    return list(Event.objects.filter(subject=f"documents:{document.pk}").order_by("pk").values_list("name", flat=True))


def kept(document: Document) -> list[tuple[str, dict]]:
    """What the archive was given about a document."""
    rows = ArchivePayload.objects.select_related("entry").order_by("entry_id")
    return [
        (row.entry.kind, json.loads(row.payload)) for row in rows if row.entry.subject == f"documents:{document.pk}"
    ]


def test_what_is_signed_is_frozen_with_its_parties(cast: Cast) -> None:
    document = document_between(cast, subject="agreements:7")
    cast.xiaozhang.name = "张改名"
    cast.xiaozhang.save()
    paper = Document.objects.get(pk=document.pk).paper
    assert [(party.number, party.name, party.label["zh"]) for party in paper.parties] == [
        ("A011", "小张", "本人"),
        ("A010", "李经理", "直属上级"),
    ]
    assert (paper.made_by, paper.subject, paper.content) == ("A030", "agreements:7", CONTENT)
    assert document.digest == digest_of(document.frozen) == digest_of(FrozenDocument.read(document.frozen).frozen)
    made = Event.objects.get(name="document.made")
    assert made.payload == {"document_id": document.pk, "kind": "agreement", "subject": "agreements:7"}


def test_the_same_text_twice_has_two_digests(cast: Cast) -> None:
    assert document_between(cast).digest != document_between(cast).digest


def test_a_document_needs_parties_and_plain_content(cast: Cast) -> None:
    with pytest.raises(ValueError, match="somebody"):
        make_document("x", "x", "x", {}, [])
    with pytest.raises(TypeError, match="float"):
        make_document("x", "x", "x", {"n": 0.1}, [(cast.xiaozhang, SELF)])
    with pytest.raises(KeyError):
        make_document("x", "x", "x", {"rows": [{"value": "1"}]}, [(cast.xiaozhang, SELF)])
    twice = make_document("x", "x", "x", {}, [(cast.xiaozhang, SELF), (cast.xiaozhang, {"zh": "上级"})])
    assert twice.parties.count() == 1


def test_both_sign_and_the_last_one_closes_it(cast: Cast) -> None:
    document = document_between(cast)
    signed_by(cast.xiaozhang, document)
    document.refresh_from_db()
    assert document.state == "open"
    signed_by(cast.manager_li, document)
    document.refresh_from_db()
    assert document.state == "signed"
    assert document.closed_at is not None
    assert names(document) == ["document.made", *["document.party_signed"] * 2, "document.signed"]
    (first, second, final) = kept(document)
    assert (first[0], second[0], final[0]) == ("document.party_signed", "document.party_signed", "document.signed")
    assert final[1]["document"] == json.loads(document.frozen)
    assert [signature["party"] for signature in final[1]["signatures"]] == ["A011", "A010"]
    statement = json.loads(first[1]["statement"])
    assert (statement["digest_of_document"], statement["party"], statement["action"]) == (
        document.digest,
        "A011",
        "sign",
    )
    told = Notification.objects.filter(kind="document.signed").values_list("recipient__name", flat=True)
    assert set(told) == {"小张", "李经理", "王HRBP"}


@pytest.mark.parametrize("who", others("xiaozhang"))
def test_nobody_signs_or_refuses_for_another(cast: Cast, who: str) -> None:
    document = document_between(cast)
    party, other = part_of(cast.xiaozhang, document), getattr(cast, who).user
    with pytest.raises(errors.NotYourSignature):
        sign(party, other, document.digest, SECRET)
    with pytest.raises(errors.NotYourSignature):
        refuse(party, other, document.digest, "不", SECRET)
    assert names(document) == ["document.made"]


def test_who_has_left_signs_no_more(cast: Cast) -> None:
    document = document_between(cast)
    cast.xiaozhang.status = "left"
    cast.xiaozhang.save()
    with pytest.raises(errors.NotYourSignature):
        signed_by(cast.xiaozhang, document)


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_what_was_not_shown_is_not_signed(cast: Cast, digest: str) -> None:
    document = document_between(cast)
    with pytest.raises(errors.DigestStale):
        sign(part_of(cast.xiaozhang, document), cast.xiaozhang.user, digest, SECRET)


def test_a_text_changed_in_the_database_is_not_signed(cast: Cast) -> None:
    document = damaged_between(cast)
    with pytest.raises(errors.DocumentDamaged):
        signed_by(cast.xiaozhang, document)


def test_a_wrong_password_signs_nothing_and_guessing_ends(cast: Cast) -> None:
    document = document_between(cast)
    party, wrong = part_of(cast.xiaozhang, document), Password("guess")
    for _ in range(ATTEMPTS.amount):
        with pytest.raises(FactorRefused):
            sign(party, cast.xiaozhang.user, document.digest, wrong)
    with pytest.raises(TooManyAttempts):
        signed_by(cast.xiaozhang, document)
    signed_by(cast.manager_li, document)
    assert kept(document)[0][1]["party"] == "A010"


def test_signing_twice_signs_once(cast: Cast) -> None:
    document = document_between(cast)
    signed_by(cast.xiaozhang, document)
    with pytest.raises(errors.AlreadyActed):
        signed_by(cast.xiaozhang, document)
    document.refresh_from_db()
    assert document.signatures == 1
    assert len(kept(document)) == 1


def test_refusing_ends_the_document_with_its_reason(cast: Cast) -> None:
    document = document_between(cast)
    signed_by(cast.manager_li, document)
    refuse(part_of(cast.xiaozhang, document), cast.xiaozhang.user, document.digest, " 目标过高 ", SECRET)
    document.refresh_from_db()
    assert document.state == "refused"
    assert part_of(cast.xiaozhang, document).reason == "目标过高"
    ending = kept(document)[-1]
    assert (ending[0], ending[1]["outcome"]) == ("document.refused", "refused")
    refusal = next(each for each in ending[1]["signatures"] if each["party"] == "A011")
    assert json.loads(refusal["statement"])["reason"] == "目标过高"
    told = Notification.objects.filter(kind="document.refused").values_list("recipient__name", flat=True)
    assert set(told) == {"李经理", "王HRBP"}
    with pytest.raises(ValueError, match="reason"):
        refuse(part_of(cast.xiaozhang, document), cast.xiaozhang.user, document.digest, " ", SECRET)


def test_a_refused_document_takes_no_signature(cast: Cast) -> None:
    document = document_between(cast)
    refuse(part_of(cast.xiaozhang, document), cast.xiaozhang.user, document.digest, "目标过高", SECRET)
    with pytest.raises(errors.DocumentClosed):
        signed_by(cast.manager_li, document)


def test_signed_in_part_it_expires_and_is_kept(cast: Cast) -> None:
    document = document_between(cast)
    other = document_between(cast)
    signed_by(cast.xiaozhang, document)
    Document.objects.filter(pk=document.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(errors.DocumentExpired):
        signed_by(cast.manager_li, document)
    assert expire_due() == 1
    assert expire_due() == 0
    document.refresh_from_db()
    assert document.state == "expired"
    kind, payload = kept(document)[-1]
    assert (kind, [each["party"] for each in payload["signatures"]]) == ("document.expired", ["A011"])
    assert names(document)[-1] == "document.expired"
    other.refresh_from_db()
    assert other.state == "open"


def test_it_is_withdrawn_only_while_nobody_has_signed(cast: Cast) -> None:
    document = document_between(cast)
    withdraw(document, cast.hrbp_wang, "写错了")
    document.refresh_from_db()
    assert document.state == "withdrawn"
    assert kept(document)[-1][1]["reason"] == "写错了"
    with pytest.raises(errors.DocumentClosed):
        withdraw(document, cast.hrbp_wang)
    signed = document_between(cast)
    signed_by(cast.xiaozhang, signed)
    with pytest.raises(errors.SignedAlready):
        withdraw(signed, cast.hrbp_wang)
    assert call_off(signed, "流程已撤回")
    assert not call_off(signed, "流程已撤回")


def test_each_is_asked_once_and_reminded_once(cast: Cast) -> None:
    document, brief = document_between(cast), document_between(cast, expires_in=timedelta(hours=30))
    signed_by(cast.xiaozhang, document)
    signed_by(cast.manager_li, brief)
    remind_due()
    assert not Notification.objects.filter(kind="document.expiring").exists()
    for hours in (13 * 24, 13 * 24 + 1):
        remind_due(document.made_at + timedelta(hours=hours))
    told = Notification.objects.filter(kind="document.expiring").values_list("recipient__name", flat=True)
    assert list(told) == ["李经理"]
    assert Notification.objects.filter(kind="document.asked").count() == 4


def test_what_a_passkey_signed_is_checked_in_the_exported_archive(cast: Cast, tmp_path: Path) -> None:
    document, key = document_between(cast), SoftwareKey()
    key.register_for(cast.xiaozhang.user)
    answer = key.sign(part_of(cast.xiaozhang, document).statement("sign").digest)
    sign(part_of(cast.xiaozhang, document), cast.xiaozhang.user, document.digest, Assertion(answer))
    signed_by(cast.manager_li, document)
    seal()
    report = verify_folder(exported(tmp_path / "export"), [], "en")
    assert report.faults == []
    # Once by itself, once in the document that it closed.
    assert any("2 passkey signatures" in line for line in report.lines()), report.lines()


def test_what_a_passkey_signed_for_one_thing_serves_no_other(cast: Cast) -> None:
    document, other, key = document_between(cast), document_between(cast), SoftwareKey()
    key.register_for(cast.xiaozhang.user)
    user, party = cast.xiaozhang.user, part_of(cast.xiaozhang, document)
    for answer in (
        key.sign(part_of(cast.xiaozhang, other).statement("sign").digest),
        key.sign(party.statement("refuse", "目标过高").digest),
        key.sign(part_of(cast.manager_li, document).statement("sign").digest),
    ):
        with pytest.raises(FactorRefused):
            sign(party, user, document.digest, Assertion(answer))
    with pytest.raises(FactorRefused):
        other_reason = key.sign(party.statement("refuse", "目标过高").digest)
        refuse(party, user, document.digest, "别的原因", Assertion(other_reason))
    good = Assertion(key.sign(party.statement("sign").digest))
    sign(party, user, document.digest, good)
    with pytest.raises(errors.AlreadyActed):
        sign(party, user, document.digest, good)


def test_one_code_signs_one_document(cast: Cast) -> None:
    first, second, user = document_between(cast), document_between(cast), cast.xiaozhang.user
    give_app(user)
    code = Code(code_now())
    sign(part_of(cast.xiaozhang, first), user, first.digest, code)
    assert part_of(cast.xiaozhang, first).method == "totp"
    with pytest.raises(FactorRefused):
        sign(part_of(cast.xiaozhang, second), user, second.digest, code)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_both_sign_and_one_closes(cast: Cast) -> None:
    for _ in range(3):
        document = document_between(cast)
        failures = together(
            [lambda who=who, it=document: signed_by(who, it) for who in (cast.xiaozhang, cast.manager_li)]
        )
        document.refresh_from_db()
        assert failures == []
        assert (document.state, document.signatures) == ("signed", 2)
        assert names(document).count("document.signed") == 1
        assert [kind for kind, _ in kept(document)].count("document.signed") == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_signs_once(cast: Cast) -> None:
    document = document_between(cast)
    failures = together([lambda: signed_by(cast.xiaozhang, document)] * 3)
    assert len(failures) == 2
    assert all(isinstance(each, errors.AlreadyActed) for each in failures)
    document.refresh_from_db()
    assert document.signatures == 1


@pytest.mark.django_db(transaction=True)
def test_signing_and_refusing_at_once_end_it_one_way(cast: Cast) -> None:
    document = document_between(cast)
    signed_by(cast.xiaozhang, document)
    party = part_of(cast.manager_li, document)
    no = lambda: refuse(party, cast.manager_li.user, document.digest, "不同意", SECRET)  # noqa: E731
    assert len(together([no, lambda: signed_by(cast.manager_li, document)])) == 1
    document.refresh_from_db()
    ended = [name for name in names(document) if name in ("document.signed", "document.refused")]
    assert ended == [f"document.{document.state}"]


def together(acts: list) -> list[Exception]:
    """Do all at once, each on a connection of its own; return what was refused."""
    gate, failures = Barrier(len(acts)), []

    def run(act) -> None:
        gate.wait()
        try:
            act()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
