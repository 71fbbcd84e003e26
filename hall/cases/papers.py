"""Papers added to a case before it is handed in: looked at by content, limited in size and number, kept in order."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from hall.cases.access import Access, audit, case_of
from hall.cases.tables import Upload
from hall.documents.attachments import Attachment, check_together, images_to_pdf, take_in
from hall.documents.clamd import scan
from hall.settings import settings

PICTURES = ("jpeg", "png")


def add_paper(session: Session, access: Access, material: str, name: str, content: bytes, now: datetime) -> Upload:
    """Keeps a file with the case; HallError says why it isn't taken."""
    taken = take_in(name, content, scan=scanner())
    check_together([*(as_attachment(paper) for paper in papers_of(session, access)), taken])
    case = case_of(session, access)
    paper = Upload(case_id=case.id or 0, material=material, name=taken.name, media_type=taken.kind, sha256=taken.sha256,
                   content=taken.content, at=now)  # fmt: skip
    session.add(paper)
    session.flush()
    audit(session, case, "paper added", now, taken.sha256)
    return paper


def drop_paper(session: Session, access: Access, identity: int, now: datetime) -> None:
    """Takes a file out again."""
    paper = _mine(session, access, identity)
    if paper is not None:
        session.delete(paper)
        audit(session, case_of(session, access), "paper removed", now, paper.sha256)


def move_up(session: Session, access: Access, identity: int) -> None:
    """Puts a file before the one above it of the same material."""
    paper = _mine(session, access, identity)
    if paper is None:
        return
    before = [each for each in papers_of(session, access) if each.material == paper.material]
    index = next(i for i, each in enumerate(before) if each.id == identity)
    if index:
        other = before[index - 1]
        paper.at, other.at = other.at, paper.at
        session.add_all((paper, other))


def join_pictures(session: Session, access: Access, material: str, name: str, now: datetime) -> Upload:
    """The material's pictures as one PDF in their order, in the place of the pictures; HallError when one can't be read."""
    pictures = [
        each for each in papers_of(session, access) if each.material == material and each.media_type in PICTURES
    ]
    joined = images_to_pdf([each.content for each in pictures])
    for each in pictures:
        drop_paper(session, access, each.id or 0, now)
    session.flush()
    return add_paper(session, access, material, f"{name}.pdf", joined, now)


def papers_of(session: Session, access: Access) -> list[Upload]:
    """The files of a case, in their order."""
    case = case_of(session, access)
    return list(session.exec(select(Upload).where(Upload.case_id == case.id).order_by(col(Upload.at), col(Upload.id))))


def as_attachment(paper: Upload) -> Attachment:
    """The file with its pages and sizes, read anew from its content."""
    return take_in(paper.name, paper.content)


def _mine(session: Session, access: Access, identity: int) -> Upload | None:
    paper = session.get(Upload, identity)
    return paper if paper is not None and paper.case_id == case_of(session, access).id else None


def scanner() -> Callable[[bytes], str | None] | None:
    """The virus scanner (clamd), where one is configured."""
    return partial(scan, address=settings().clamd) if settings().clamd else None
