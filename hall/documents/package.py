"""The package of an outcome: every form as DOCX and PDF, the checklist and the 一次性告知书, in one zip.

Everything is in one folder that is called as the guide is. Names are plain Chinese: they are marked as UTF-8, which
Windows has opened rightly since version 8, and have none of the characters that Windows refuses.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

from hall.content.errors import HallError
from hall.content.models import Form, Guide, Pack
from hall.documents.docx import add_entry, write_docx
from hall.documents.layout import layout_of
from hall.documents.names import file_name
from hall.documents.notice import checklist_of, notice_of
from hall.documents.pdf import write_pdf
from hall.documents.receipt import size_text
from hall.journey.known import Known
from hall.journey.walk import Walk

INDEX, CHECKLIST, NOTICE, ATTACHMENTS = "目录.html", "材料清单.pdf", "一次性告知书.pdf", "附件"


def package(
    pack: Pack, guide: Guide, walk: Walk, values: Mapping[str, Any], *,
    publish: Collection[str] = (), watermark: str = "", attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:  # fmt: skip
    """The zip's bytes; the same outcome and values give the same bytes.

    `values` are parsed; what the walk knows stands where they say nothing. Forms that aren't written yet are left out.
    `publish` and `watermark` as in `layout_of`; `attachments` are (name, content). HallError before an outcome.
    """
    if walk.outcome is None:
        raise HallError(f"“{guide.title}”还没有走到结果，不能打包材料。")
    known = Known(pack.facts, {**walk.known.values, **values})
    forms = [pack.forms[form] for form in walk.outcome.forms if form in pack.forms]
    files = {
        CHECKLIST: write_pdf(checklist_of(pack, guide, walk.outcome, known)),
        NOTICE: write_pdf(notice_of(pack, guide, walk.outcome, known)),
        **dict(_forms(pack, forms, known.values, publish, watermark)),
        **dict(_attached(attachments)),
    }
    folder, out = file_name(guide.title), BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in {INDEX: _index(guide.title, files), **files}.items():
            add_entry(archive, f"{folder}/{name}", content)
    return out.getvalue()


def _forms(
    pack: Pack, forms: Sequence[Form], values: Mapping[str, Any], publish: Collection[str], watermark: str
) -> Iterator[tuple[str, bytes]]:
    for number, form in enumerate(forms, 1):
        layout = layout_of(form, pack.facts, values, publish=publish, watermark=watermark)
        name = f"{number:02d} {file_name(form.title)}"
        yield f"{name}.docx", write_docx(layout)
        yield f"{name}.pdf", write_pdf(layout)


def _attached(attachments: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The attachments, numbered, so that two of one name are two files."""
    for number, (name, content) in enumerate(attachments, 1):
        stem, dot, ending = name.rpartition(".")
        safe = f"{file_name(stem)}.{file_name(ending)}" if dot else file_name(name)
        yield f"{ATTACHMENTS}/{number:02d} {safe}", content


def _index(title: str, files: Mapping[str, bytes]) -> bytes:
    """A page with a link to every file; it opens in any browser and needs nothing else."""
    lines = "".join(
        f'<li><a href="{quote(name)}">{escape(name)}</a> <small>{size_text(len(content))}</small></li>\n'
        for name, content in files.items()
    )
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>目录</title></head>\n'
        f"<body><h1>{escape(title)}：材料目录</h1>\n<ol>\n{lines}</ol>\n"
        "<p>PDF 用来打印、签名；Word 文件可以修改，改好后可以在网上办事大厅或者窗口读回。</p></body></html>\n"
    ).encode()
