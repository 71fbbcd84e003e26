"""Papers: taken by content, not by name, and only by who holds the case."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall.cases.access import Access, open_case
from hall.cases.papers import MOST_BYTES, PaperError, add_paper, drop_paper, papers_of
from hall.database import reading, writing

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)


def opened() -> Access:
    with writing() as session:
        return Access(open_case(session, None, NOW)[0].number)


def test_only_what_is_really_a_pdf_or_a_picture_is_taken(data_dir: Path) -> None:
    access = opened()
    with writing() as session:
        add_paper(session, access, "lease", "租赁合同.pdf", b"%PDF-1.7 ...", NOW)
    for name, content in (
        ("a.pdf", b"MZ\x90\x00"),
        ("a.png", b"<svg onload=x>"),
        ("a.pdf", b"%PDF-" + bytes(MOST_BYTES)),
    ):
        with pytest.raises(PaperError), writing() as session:
            add_paper(session, access, "lease", name, content, NOW)
    with reading() as session:
        assert [(each.name, each.media_type) for each in papers_of(session, access)] == [
            ("租赁合同.pdf", "application/pdf")
        ]


def test_nobody_takes_out_anothers_paper(data_dir: Path) -> None:
    mine, other = opened(), opened()
    with writing() as session:
        paper = add_paper(session, mine, "lease", "a.pdf", b"%PDF-1.7", NOW)
    with writing() as session:
        drop_paper(session, other, paper.id or 0, NOW)
    with reading() as session:
        assert len(papers_of(session, mine)) == 1
    with writing() as session:
        drop_paper(session, mine, paper.id or 0, NOW)
    with reading() as session:
        assert papers_of(session, mine) == []
