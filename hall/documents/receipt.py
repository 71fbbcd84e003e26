"""What a person takes home from a case, as layouts: 提交回执, 受理回执, 补正告知书, the case card. Pure, over plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hall.documents.blocks import Block, Box, Codes, Grid, Heading, Layout, Sign, SignLine, Table, Text
from hall.documents.pdf import write_pdf
from hall.documents.printed import clean

AUTHORITY_ZONE = ZoneInfo("Asia/Shanghai")
_LABEL, _VALUE = 5, 19


@dataclass(frozen=True)
class Listed:
    """A document that was handed in: its name, size in bytes and SHA-256 (hexadecimal), both optional."""

    name: str
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Correction:
    """One thing to put right: where, and what is asked."""

    at: str
    note: str


def receipt_layout(
    *, case: str, receipt: str, at: datetime, guide: str, sha256: str, url: str, documents: Iterable[Listed | str] = (),
    subject: str = "", stage: str = "", office: str = "", accepted_at: datetime | None = None,
) -> Layout:  # fmt: skip
    """提交回执, or 受理回执 when the office accepted it at `accepted_at`.

    `at` and `accepted_at` are aware moments, printed in Beijing time; `url` is where the QR code leads (a page that
    checks the receipt); `sha256` the digest of what was handed in.
    """
    rows = _rows(
        ("回执编号", receipt), ("办件编号", case), ("办理事项", f"{guide}（{stage}）" if stage else guide),
        ("主体名称", subject), ("提交时间", moment_text(at)), ("受理时间", moment_text(accepted_at) if accepted_at else ""),
        ("办理机关", office), ("内容摘要（SHA-256）", sha256),
    )  # fmt: skip
    blocks: list[Block] = [Grid(rows), *_documents(documents), Codes(url, "扫码查验回执、查看进度", receipt)]
    blocks.append(Text(_ACCEPTED_NOTES if accepted_at else _RECEIPT_NOTES, "small"))
    return Layout("受理回执" if accepted_at else "提交回执", tuple(blocks), subtitle=clean(guide))


def receipt_pdf(
    *, case: str, receipt: str, at: datetime, guide: str, sha256: str, url: str, documents: Iterable[Listed | str] = (),
    subject: str = "", stage: str = "", office: str = "", accepted_at: datetime | None = None,
) -> bytes:  # fmt: skip
    """The receipt as PDF; see `receipt_layout`."""
    return write_pdf(
        receipt_layout(
            case=case, receipt=receipt, at=at, guide=guide, sha256=sha256, url=url, documents=documents,
            subject=subject, stage=stage, office=office, accepted_at=accepted_at,
        )
    )  # fmt: skip


def correction_layout(
    *, case: str, receipt: str, at: datetime, guide: str, corrections: Sequence[Correction | tuple[str, str]], on: date,
    url: str = "", subject: str = "", office: str = "登记机关", due: date | None = None, text: str = "",
) -> Layout:  # fmt: skip
    """补正告知书: all that is to be put right, at once.

    `at` is the moment the application was handed in, `on` the day of the notice, `due` the last day to answer where
    there is one; `corrections` have the place and the note; `text` is what the office says besides.
    """
    asked = tuple(each if isinstance(each, Correction) else Correction(*each) for each in corrections)
    table = tuple((str(n), clean(each.at), clean(each.note)) for n, each in enumerate(asked, 1))
    limit = f"请在{day_text(due)}前补正。" if due else "请尽快补正。"
    opening = (
        f"{clean(subject) or '申请人'}：",
        f"您于{day_text(at.astimezone(AUTHORITY_ZONE).date())}提交的“{clean(guide)}”申请（回执编号{receipt}）收悉。"
        f"经审查，需要补正的内容一次告知如下。{limit}",
    )
    blocks: list[Block] = [
        Text(opening[:1], "plain"), Text(opening[1:]),
        Table(("序号", "补正的地方", "需要补正的内容"), (2, 8, 14), table),
        *([Text((clean(text),))] if text else []),
        Text(("补正后从原办件提交，已经填好的内容都还在，只改需要补正的地方。",)),
        Sign((SignLine(f"{clean(office)}（盖章）", line=False), SignLine("日期", day_text(on), line=False))),
        Codes(url, "扫码回到办件", case),
    ]  # fmt: skip
    return Layout("补正告知书", tuple(blocks), subtitle=f"办件编号：{case}")


def correction_pdf(
    *, case: str, receipt: str, at: datetime, guide: str, corrections: Sequence[Correction | tuple[str, str]], on: date,
    url: str = "", subject: str = "", office: str = "登记机关", due: date | None = None, text: str = "",
) -> bytes:  # fmt: skip
    """The notice as PDF; see `correction_layout`."""
    return write_pdf(
        correction_layout(
            case=case, receipt=receipt, at=at, guide=guide, corrections=corrections, on=on, url=url, subject=subject,
            office=office, due=due, text=text,
        )
    )  # fmt: skip


def card_layout(*, case: str, code: str, guide: str, url: str, at: datetime, until: date | None = None) -> Layout:
    """办件卡: case number and access code, with a QR code that leads back to the case.

    `url` should not carry the code when the card may be seen by others; `until`: how long a draft is kept.
    """
    rows = _rows(
        ("办件编号", case), ("查询码", code), ("办理事项", guide), ("开始时间", moment_text(at)),
        ("草稿保留到", day_text(until) if until else ""),
    )  # fmt: skip
    notes = (
        "凭办件编号和查询码，可以在任何一台电脑或者手机上接着办、查进度。",
        "查询码只显示这一次，请妥善保管，不要给无关的人看。丢了查询码，请带身份证件到办理窗口。",
    )
    blocks = (Grid(rows), Codes(url, "扫码回到办件", case), Text(notes, "small"))
    return Layout("办件卡", blocks, subtitle="网上办事大厅")


def card_pdf(*, case: str, code: str, guide: str, url: str, at: datetime, until: date | None = None) -> bytes:
    """The case card as PDF; see `card_layout`."""
    return write_pdf(card_layout(case=case, code=code, guide=guide, url=url, at=at, until=until))


def moment_text(moment: datetime) -> str:
    """2026年5月1日 14:03:22（北京时间）; the moment must be aware of its zone."""
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    local = moment.astimezone(AUTHORITY_ZONE)
    return f"{day_text(local.date())} {local:%H:%M:%S}（北京时间）"


def day_text(day: date) -> str:
    """2026年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def size_text(size: int) -> str:
    """A file's size as people read it: 820 字节, 12.3 KB, 4.0 MB."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.1f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def _rows(*pairs: tuple[str, str]) -> tuple[tuple[Box, ...], ...]:
    return tuple((Box(label, _LABEL, "label"), Box(clean(text), _VALUE)) for label, text in pairs if text)


def _documents(documents: Iterable[Listed | str]) -> Iterable[Block]:
    every = [Listed(each) if isinstance(each, str) else each for each in documents]
    if every:
        rows = tuple(
            (str(n), clean(each.name), "" if each.size is None else size_text(each.size), each.sha256)
            for n, each in enumerate(every, 1)
        )
        yield Heading("提交的材料")
        yield Table(("序号", "名称", "大小", "摘要（SHA-256）"), (2, 8, 3, 11), rows)


_RECEIPT_NOTES = (
    "本回执证明网站已经收到并保存以上内容，不代表已经受理或者准予办理。",
    "受理、补正、办结的消息，凭办件编号和查询码在网上办事大厅查看；扫描二维码可以核对本回执的真伪。",
)
_ACCEPTED_NOTES = (
    "本回执证明办理机关已经受理以上申请，不代表准予办理。",
    "办理进度凭办件编号和查询码在网上办事大厅查看；扫描二维码可以核对本回执的真伪。",
)
