"""A table of many subjects: the template, errors by row, the same pipeline."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from hall.cases.batch import columns, file_rows, read_table, template_csv, template_xlsx
from hall.cases.errors import CaseError
from hall.cases.tables import Outbox
from hall.content.load import load_pack
from hall.content.models import Pack
from hall.database import reading
from tests.handoff.world import NOW
from tests.packs import FORM, GUIDE, write_pack


@pytest.fixture
def pack(hall: Path, tmp_path: Path) -> Pack:
    guide = GUIDE[: GUIDE.index("  - ask: people")] + "submits: {kind: annual-report, form: sheet}\n"
    form = FORM[: FORM.index("  - title: 人员")] + "once_per: [person.age]\n"
    return load_pack(write_pack(tmp_path / "pack", guide, form))[0]


def test_rows_are_filed_and_errors_told_by_row(pack: Pack) -> None:
    guide = pack.guides["sample"]
    assert [fact.id for fact in columns(pack, guide)] == ["person.kind", "person.age", "company.capital"]
    table = template_csv(pack, guide).decode("utf-8-sig") + "业主,30,1.5\n业主,三十,1.5\n,,\n业主,30,2\nowner,31,2\n"
    done = file_rows(pack, guide, read_table(table.encode("gb18030")), NOW)
    assert [(row.number, bool(row.receipt)) for row in done] == [(2, True), (3, False), (5, False), (6, True)]
    assert done[1].errors[0][0] == "person.age" and "已经提交过" in done[2].errors[0][1]
    with reading() as session:
        assert len(session.exec(select(Outbox)).all()) == 2
    again = file_rows(pack, guide, read_table(table.encode()), NOW)
    assert not any(row.receipt for row in again)


def test_the_spreadsheet_comes_back_as_it_went(pack: Pack) -> None:
    book = load_workbook(io.BytesIO(template_xlsx(pack, pack.guides["sample"])))
    book.active.append(["租户", None, "000123.50"])
    content = io.BytesIO()
    book.save(content)
    rows = [row for row in read_table(content.getvalue()) if row]
    assert rows == [{"person.kind": "租户", "company.capital": "000123.50"}]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK nonsense"])
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(CaseError, match="模板"):
        read_table(content)
