"""Papers added to a case before it is handed in: read by content, not by name, and limited in size and number."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from hall.cases.access import Access, audit, case_of
from hall.cases.tables import Upload
from hall.content.errors import HallError

MOST_BYTES = 10 * 1024 * 1024
MOST_PAPERS = 40
_SIGNATURES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


class PaperError(HallError):
    """A file that isn't taken."""


def add_paper(session: Session, access: Access, material: str, name: str, content: bytes, now: datetime) -> Upload:
    """Keeps a file with the case; PaperError says why it isn't taken."""
    case = case_of(session, access)
    media_type = next((kind for start, kind in _SIGNATURES.items() if content.startswith(start)), None)
    if media_type is None:
        raise PaperError("只收 PDF、JPG、PNG 文件；这个文件的内容不是其中任何一种。")
    if len(content) > MOST_BYTES:
        raise PaperError("这个文件超过 10 MB，请缩小后再传。")
    if len(papers_of(session, access)) >= MOST_PAPERS:
        raise PaperError(f"一个办件最多传 {MOST_PAPERS} 份文件，请先删去不用的。")
    digest = hashlib.sha256(content).hexdigest()
    paper = Upload(case_id=case.id or 0, material=material, name=name[-120:], media_type=media_type, sha256=digest,
                   content=content, at=now)  # fmt: skip
    session.add(paper)
    audit(session, case, "paper added", now, digest)
    return paper


def drop_paper(session: Session, access: Access, identity: int, now: datetime) -> None:
    """Takes a file out again."""
    case = case_of(session, access)
    paper = session.get(Upload, identity)
    if paper is not None and paper.case_id == case.id:
        session.delete(paper)
        audit(session, case, "paper removed", now, paper.sha256)


def papers_of(session: Session, access: Access) -> list[Upload]:
    """The files of a case, in the order they came."""
    case = case_of(session, access)
    return list(session.exec(select(Upload).where(Upload.case_id == case.id).order_by(col(Upload.id))))
