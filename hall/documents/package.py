"""The package of an outcome: every form as DOCX and PDF, the checklist and the 一次性告知书, in one zip."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from hall.content.errors import HallError
from hall.content.models import Guide, Pack
from hall.documents.docx import add_entry, write_docx
from hall.documents.layout import layout_of
from hall.documents.notice import checklist_of, notice_of
from hall.documents.pdf import write_pdf
from hall.journey.known import Known
from hall.journey.walk import Walk


def package(pack: Pack, guide: Guide, walk: Walk, values: Mapping[str, Any]) -> bytes:
    """The zip's bytes; the same outcome and values give the same bytes.

    `values` are parsed; what the walk knows stands where they say nothing. Forms that aren't written yet are left out.
    """
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in _files(pack, guide, walk, values):
            add_entry(archive, name, content)
    return out.getvalue()


def _files(pack: Pack, guide: Guide, walk: Walk, values: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    if walk.outcome is None:
        raise HallError(f"“{guide.title}”还没有走到结果，不能打包材料。")
    known = Known(pack.facts, {**walk.known.values, **values})
    yield "材料清单.pdf", write_pdf(checklist_of(pack, guide, walk.outcome, known))
    yield "一次性告知书.pdf", write_pdf(notice_of(pack, guide, walk.outcome, known))
    forms = [pack.forms[form] for form in walk.outcome.forms if form in pack.forms]
    for number, form in enumerate(forms, 1):
        layout = layout_of(form, pack.facts, known.values)
        name = f"{number:02d} {_file_name(form.title)}"
        yield f"{name}.docx", write_docx(layout)
        yield f"{name}.pdf", write_pdf(layout)


def _file_name(title: str) -> str:
    """The title without characters that file systems refuse."""
    return re.sub(r'[\\/:*?"<>|\s]+', "-", title).strip("-.") or "表格"
