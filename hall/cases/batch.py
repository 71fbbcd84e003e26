"""Filing one guide for many subjects: a template down, a filled table up, errors by row, then the same pipeline.

A column is one fact, headed by its title and id; facts with rows of their own (shareholders, branches) don't fit
into a table and are filed one by one. Every row is a case and a transaction of its own: a row with errors holds up
no other, and the corrected table may be sent again, since what may be filed once only is refused the second time.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook

from hall.cases.access import open_case
from hall.cases.errors import CaseError
from hall.cases.submit import submit, submits_of
from hall.content.errors import AnswerError, HallError
from hall.content.models import Fact, Guide, Pack, Question
from hall.database import writing
from hall.journey.answers import parse_answers
from hall.journey.forms import may_ask

MOST_ROWS = 2000
_HEADER = re.compile(r"\[([\w.]+)\]\s*$")
Known = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What the registry knows of the subject that parsed values name, as parsed values."""


@dataclass(frozen=True)
class Row:
    """What became of a row; `number` as the table counts (the header is 1). Errors are (column's fact, message)."""

    number: int
    receipt: str | None = None
    case: str | None = None
    code: str | None = None
    errors: tuple[tuple[str, str], ...] = ()


def columns(pack: Pack, guide: Guide) -> list[Fact]:
    """The facts of the template: what the guide asks and the form may ask, but groups and what is derived."""
    form = pack.forms.get(submits_of(guide, None).form)
    asked = ["subject.uscc"] if guide.subject == "registered" else []
    asked += [question.ask for question in guide.questions if isinstance(question, Question)]
    asked += sorted(may_ask(form, pack.facts) if form else ())
    facts = [pack.facts[each] for each in dict.fromkeys(asked) if each in pack.facts]
    return [fact for fact in facts if fact.kind != "group" and fact.derived is None]


def template_csv(pack: Pack, guide: Guide) -> bytes:
    """The empty table as CSV, as spreadsheets read it."""
    text = io.StringIO()
    csv.writer(text).writerow([_head(fact) for fact in columns(pack, guide)])
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(pack: Pack, guide: Guide) -> bytes:
    """The empty table as XLSX; cells are text, so that no spreadsheet rounds a number."""
    book, content = Workbook(), io.BytesIO()
    sheet = book.active or book.create_sheet()
    sheet.append([_head(fact) for fact in columns(pack, guide)])
    for column in sheet.iter_cols(min_row=1, max_row=1 + 200):
        for cell in column:
            cell.number_format = "@"
    book.save(content)
    return content.getvalue()


def read_table(content: bytes) -> list[dict[str, str]]:
    """The rows of a filled table, CSV or XLSX, by fact id, without empty cells; CaseError when it isn't one."""
    lines = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    header = next(lines, [])
    names = [match.group(1) if (match := _HEADER.search(cell)) else "" for cell in header]
    if not any(names):
        raise CaseError("第一行应当是模板的表头，例如“年度 [report.year]”。请用模板填写，不要改表头。")
    rows = [{name: cell for name, cell in zip(names, line, strict=False) if name and cell} for line in lines]
    if len(rows) > MOST_ROWS:
        raise CaseError(f"一次最多 {MOST_ROWS} 行，请分几次提交。")
    return rows


def file_rows(
    pack: Pack, guide: Guide, rows: Sequence[Mapping[str, str]], now: datetime, known: Known = lambda _: {}
) -> list[Row]:
    """Hands in each row that is right; what became of every row. Empty rows are passed over."""
    return [_file(pack, guide, number, row, now, known) for number, row in enumerate(rows, 2) if row]


def _file(pack: Pack, guide: Guide, number: int, row: Mapping[str, str], now: datetime, known: Known) -> Row:
    try:
        raw = {name: _raw(pack.facts.get(name), cell) for name, cell in row.items()}
        values = parse_answers(pack.facts, raw)
        values = {**known(values), **values}
        with writing() as session:
            case, code = open_case(session, guide, now)
            receipt = submit(session, pack, case, values, now)
    except AnswerError as error:
        return Row(number, errors=tuple(error.errors))
    except HallError as error:
        return Row(number, errors=(("", str(error)),))
    return Row(number, receipt.receipt, receipt.case, code)


def _raw(fact: Fact | None, cell: str) -> Any:
    """The cell as an answer: an option may be written by its title, several separated by 、."""
    if fact is None:
        return cell
    if fact.kind == "yes-no":
        return {"是": True, "否": False}.get(cell, cell)
    values: dict[str, Any] = {option.title: value for value, option in (fact.options or {}).items()}
    if fact.kind == "choices":
        return [values.get(each.strip(), each.strip()) for each in cell.split("、")]
    return values.get(cell, cell)


def _head(fact: Fact) -> str:
    return f"{fact.title} [{fact.id}]"


def _csv(content: bytes) -> Iterator[list[str]]:
    """Lines of a CSV file, as UTF-8 or as older spreadsheets write Chinese."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    for line in csv.reader(io.StringIO(text, newline="")):
        yield [cell.strip() for cell in line]


def _xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
    except Exception as error:  # whatever the library says of a file that isn't one
        raise CaseError("这个文件打不开，请用模板另存为 XLSX 或者 CSV。") from error
    for line in sheet.iter_rows(values_only=True):
        yield ["" if cell is None else str(cell).strip() for cell in line]
