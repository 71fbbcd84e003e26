"""Papers: taken by content, not by name, in the order one wants, and only by who holds the case."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from hall.cases.access import Access, open_case
from hall.cases.papers import add_paper, drop_paper, join_pictures, move_up, papers_of
from hall.content.errors import HallError
from hall.database import reading, writing
from hall.documents.attachments import LIMITS

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)


def opened() -> Access:
    with writing() as session:
        return Access(open_case(session, None, NOW)[0].number)


def pdf(pages: int = 1) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return out.getvalue()


def add(access: Access, name: str, content: bytes, minutes: int = 0) -> int:
    with writing() as session:
        return add_paper(session, access, "lease", name, content, NOW + timedelta(minutes=minutes)).id or 0


def names(access: Access) -> list[str]:
    with reading() as session:
        return [paper.name for paper in papers_of(session, access)]


def test_only_what_is_really_a_document_or_a_picture_is_taken(data_dir: Path) -> None:
    access = opened()
    add(access, "../租赁合同.pdf", pdf())
    refused = (("a.pdf", b"MZ\x90\x00"), ("a.png", b"<svg onload=x>"), ("a.pdf", b""),
               ("a.pdf", pdf() + bytes(LIMITS.file_size)))  # fmt: skip
    for name, content in refused:
        with pytest.raises(HallError):
            add(access, name, content)
    assert names(access) == ["租赁合同.pdf"]


def test_pictures_are_put_in_order_and_joined(data_dir: Path) -> None:
    access = opened()
    add(access, "a.png", picture("red"))
    second = add(access, "b.png", picture("blue"), 1)
    with writing() as session:
        move_up(session, access, second)
    assert names(access) == ["b.png", "a.png"]
    with writing() as session:
        joined = join_pictures(session, access, "lease", "租赁合同", NOW)
    assert names(access) == ["租赁合同.pdf"]
    assert len(PdfReader(BytesIO(joined.content)).pages) == 2


def test_nobody_touches_anothers_paper(data_dir: Path) -> None:
    mine, other = opened(), opened()
    paper = add(mine, "a.pdf", pdf())
    with writing() as session:
        drop_paper(session, other, paper, NOW)
        move_up(session, other, paper)
    assert names(mine) == ["a.pdf"]
    with writing() as session:
        drop_paper(session, mine, paper, NOW)
    assert names(mine) == []
