"""Bringing resources in from a file: by title, and with a sentence for each row that cannot be taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.coaching.models import LearningResource
from accord.coaching.services.learning_import import import_learning
from accord.coaching.tests.learning.builders import competency, resource
from accord.foundation.imports import ImportOptions
from accord.foundation.models import Event

HEAD = "标题,类型,能力,级别,时长（分钟）,语言,简介,链接,课程编号\n"


def bring(folder: Path, *rows: str, dry: bool = False) -> tuple[dict[str, int], dict[int, str]]:
    path = folder / "resources.csv"
    path.write_text(HEAD + "\n".join(rows), "utf-8")
    result = import_learning(path, ImportOptions(dry_run=dry))
    counts = {name: getattr(result, name) for name in ("created", "changed", "same", "refused")}
    return counts, {remark.row: remark.code for remark in result.remarks}


@pytest.mark.django_db
def test_new_ones_are_made_others_brought_up_to_date_and_twice_changes_nothing(tmp_path: Path) -> None:
    skill = competency("数据表达")
    old = resource(skill, "旧书", kind="book", minutes=60, text="留着的正文")
    rows = ("旧书,图书,数据表达,3,90,中文,,,", "新课,课程,数据表达,,45,英文,<b>简介</b>,,DATA-1")
    assert bring(tmp_path, *rows, dry=True)[0] == {"created": 1, "changed": 1, "same": 0, "refused": 0}
    assert LearningResource.objects.count() == 1
    assert bring(tmp_path, *rows)[0] == {"created": 1, "changed": 1, "same": 0, "refused": 0}
    old.refresh_from_db()
    assert (old.minutes, old.level, old.text, old.edition) == (90, 3, "留着的正文", 1)
    made = LearningResource.objects.get(title="新课")
    assert (made.kind, made.level, made.language, made.course) == ("course", None, "en", "DATA-1")
    assert bring(tmp_path, *rows)[0] == {"created": 0, "changed": 0, "same": 2, "refused": 0}
    assert Event.objects.filter(name="learning_resources.imported").count() == 1


@pytest.mark.django_db
def test_every_row_that_cannot_be_taken_says_why(tmp_path: Path) -> None:
    skill = competency("数据表达", levels=4)
    resource(skill, "占了编号", course="C-1")
    counts, codes = bring(
        tmp_path,
        "好的,图书,数据表达,2,30,,,,",
        ",图书,数据表达,2,30,,,,",
        "甲,漫画,数据表达,2,30,,,,",
        "乙,图书,飞行,2,30,,,,",
        "丙,图书,数据表达,5,30,,,,",
        "丁,图书,数据表达,2,很久,,,,",
        "戊,链接,数据表达,2,30,,,,",
        "己,链接,数据表达,2,30,,,javascript:alert(1),",
        "好的,视频,数据表达,2,30,,,,",
        "庚,课程,数据表达,2,30,,,,C-1",
        "辛,图书,数据表达,2,30,火星文,,,",
        f"{'长' * 121},图书,数据表达,2,30,,,,",
        "壬,图书,数据表达,2,0,,,,",
    )
    assert counts == {"created": 1, "changed": 0, "same": 0, "refused": 12}
    assert list(codes.values()) == [
        "title_missing", "kind_unknown", "competency_unknown", "number_wrong", "number_wrong", "address_missing",
        "address_wrong", "title_twice", "course_taken", "language_unknown", "too_long", "number_wrong",
    ]  # fmt: skip
