"""Every kind of import in the composition root is whole: importer, columns, and a template its importer can read."""

import pytest

from accord.config.imports import IMPORTS
from accord.foundation.imports import ImportOptions
from accord.foundation.imports.templates import write_template


@pytest.mark.parametrize("code", IMPORTS)
def test_the_examples_name_known_columns_and_fill_the_required_ones(code):
    columns = IMPORTS[code].load_columns()
    for example in IMPORTS[code].examples:
        assert set(example) <= {column.key for column in columns}
        assert [column.key for column in columns if column.required and not example.get(column.key)] == []


@pytest.mark.parametrize("code", IMPORTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_headers_are_there_in_both_languages(code, language):
    headers = [column.header_in(language) for column in IMPORTS[code].load_columns()]
    assert len(set(headers)) == len(headers)
    assert all(header.isascii() == (language == "en") for header in headers)


@pytest.mark.django_db
@pytest.mark.parametrize("code", IMPORTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_template_is_read_by_the_importer_and_nothing_is_written(code, language, tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path, IMPORTS[code], language)
    values = {option.name: "1" for option in IMPORTS[code].options}
    result = IMPORTS[code].load_importer()(path, ImportOptions(dry_run=True, values=values))
    assert result.created + result.changed + result.same + result.refused == 2


def test_people_come_from_their_template_without_a_refusal(db, tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path, IMPORTS["people"], "zh-hans")
    assert IMPORTS["people"].load_importer()(path, ImportOptions(dry_run=True)).created == 2
