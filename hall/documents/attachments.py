"""Files that people add to a case: what they are by their content, whether they may be taken, images as PDF.

Taken are PDF, JPEG, PNG and, of office files, DOCX without macros. Nothing that runs, nothing encrypted, no archives:
an office file can't be read without unpacking, so its parts are counted before any is.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from hall.content.errors import HallError
from hall.documents.names import file_name
from hall.documents.receipt import size_text

Kind = Literal["pdf", "jpg", "png", "docx"]
TITLES: dict[Kind, str] = {"pdf": "PDF 文件", "jpg": "照片（JPG）", "png": "图片（PNG）", "docx": "Word 文件"}
MIME: dict[Kind, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WANTED = "可以传 PDF、JPG、PNG 和 Word（docx）文件"
_ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
    "/ImportData",
    "/SubmitForm",
}
_ACTIVE_PARTS = re.compile(r"vbaProject|/embeddings/|/activeX/|\.bin$|\.exe$|\.dll$|\.js$|oleObject", re.IGNORECASE)
_A4_PIXELS = (2480, 3508)
"""A4 at 300 dots per inch: more than a printed page shows."""


@dataclass(frozen=True)
class Limits:
    """How much may be sent; sizes in bytes."""

    files: int = 60
    file_size: int = 20 * 1024**2
    total_size: int = 200 * 1024**2
    pages: int = 500
    pixels: int = 120_000_000
    parts: int = 2000
    unpacked_size: int = 100 * 1024**2
    objects: int = 200_000


LIMITS = Limits()


@dataclass(frozen=True)
class Attachment:
    """A file that may be taken. `sizes`: width and height of each page in millimetres (images: as printed on A4)."""

    name: str
    kind: Kind
    content: bytes
    sizes: tuple[tuple[int, int], ...]

    @property
    def pages(self) -> int:
        """How many pages; 0 where only an office program knows."""
        return len(self.sizes)

    @property
    def sha256(self) -> str:
        """The content's digest, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def summary(self) -> str:
        """What is seen before it is sent: 身份证.pdf，PDF 文件，2 页，1.3 MB."""
        pages = f"，{self.pages} 页" if self.pages else ""
        return f"{self.name}，{TITLES[self.kind]}{pages}，{size_text(len(self.content))}"


def take_in(
    name: str, content: bytes, limits: Limits = LIMITS, scan: Callable[[bytes], str | None] | None = None
) -> Attachment:
    """The file as an attachment, its name made safe; HallError says in Chinese why it isn't taken.

    `scan` gives the name of a virus, or None (see `hall.documents.clamd`).
    """
    shown = safe_name(name, "")
    if not content:
        raise HallError(f"“{shown}”是空的，请重新选一个文件。")
    if len(content) > limits.file_size:
        raise HallError(
            f"“{shown}”有 {size_text(len(content))}，一个文件最大 {size_text(limits.file_size)}。请压缩照片或者分成几个文件。"
        )
    kind = kind_of(content)
    if kind is None:
        raise HallError(f"“{shown}”不是能收的文件。{_WANTED}。")
    sizes = _CHECKS[kind](shown, content, limits)
    found = scan(content) if scan else None
    if found:
        raise HallError(f"“{shown}”里查出了病毒（{found}），没有收下。请先用杀毒软件检查您的电脑。")
    return Attachment(safe_name(name, kind), kind, content, sizes)


def check_together(files: Sequence[Attachment], limits: Limits = LIMITS) -> None:
    """HallError when there are too many of them, or too much."""
    if len(files) > limits.files:
        raise HallError(f"一共最多传 {limits.files} 个文件，现在有 {len(files)} 个。可以把照片合成一个 PDF。")
    total = sum(len(each.content) for each in files)
    if total > limits.total_size:
        raise HallError(f"一共最多传 {size_text(limits.total_size)}，现在有 {size_text(total)}。请压缩照片后再传。")


def kind_of(content: bytes) -> Kind | None:
    """What the content is, whatever the file is called; None for what isn't taken."""
    if content[:64].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return "docx"
    return None


def safe_name(name: str, kind: str) -> str:
    """The file's own name without folders, invisible characters and what file systems refuse; it ends as its kind."""
    base = re.split(r"[\\/]", name)[-1]
    stem, dot, ending = base.rpartition(".")
    stem = file_name(stem if dot and len(ending) <= 5 else base, "附件")
    return f"{stem}.{kind}" if kind else file_name(base, "附件")


def images_to_pdf(images: Sequence[bytes], limits: Limits = LIMITS) -> bytes:
    """Images as one PDF, a page each in this order: upright as the camera held them, fitted to A4, without the place and
    time that cameras write into photographs. Equal images give equal bytes. HallError when one can't be read.
    """
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    if not images:
        raise HallError("没有图片，请先选图片。")
    out = BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1, lang="zh-CN")
    canvas.setTitle("附件")
    for number, content in enumerate(images, 1):
        picture = _upright(f"第 {number} 张", content, limits)
        page = landscape(A4) if picture.width > picture.height else A4
        wide, high = _fitted(picture.size, (page[0] - 2 * _MARGIN, page[1] - 2 * _MARGIN))
        canvas.setPageSize(page)
        jpeg = BytesIO()
        picture.save(jpeg, "JPEG", quality=85)
        jpeg.seek(0)
        canvas.drawImage(ImageReader(jpeg), (page[0] - wide) / 2, (page[1] - high) / 2, wide, high)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


_MARGIN = 28.35  # points: 10 mm


def _fitted(size: tuple[int, int], room: tuple[float, float]) -> tuple[float, float]:
    """The size in points: as large as the page lets it be, but no larger than 100 dots per inch."""
    scale = min(room[0] / size[0], room[1] / size[1], 0.72)
    return size[0] * scale, size[1] * scale


def _upright(shown: str, content: bytes, limits: Limits) -> Any:
    """The picture turned upright, on white, no finer than print needs."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            # a photograph is read at a smaller scale, a PNG only whole
            if opened.width * opened.height > limits.pixels // (1 if opened.format == "JPEG" else 3):
                raise HallError(f"“{shown}”的像素太多（{opened.width}×{opened.height}），请缩小后再传。")
            opened.draft("RGB", _A4_PIXELS)
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail(_A4_PIXELS if picture.height >= picture.width else _A4_PIXELS[::-1])
            if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                picture = picture.convert("RGBA")
                white = Image.new("RGBA", picture.size, "white")
                picture = Image.alpha_composite(white, picture)
            return picture.convert("RGB")
    except HallError:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise HallError(f"“{shown}”打不开，可能没有传完整，请重新选。") from error


def _check_image(shown: str, content: bytes, limits: Limits) -> tuple[tuple[int, int], ...]:
    picture = _upright(shown, content, limits)
    return ((297, 210) if picture.width > picture.height else (210, 297),)


def _check_pdf(shown: str, content: bytes, limits: Limits) -> tuple[tuple[int, int], ...]:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise HallError(f"“{shown}”加了密码，请去掉密码后再传。")
        if reader.get_num_pages() > limits.pages:
            raise HallError(f"“{shown}”有 {reader.get_num_pages()} 页，一个文件最多 {limits.pages} 页。")
        if reader.get_num_pages() == 0:
            raise HallError(f"“{shown}”里一页也没有。")
        if active := _active_in(reader.trailer.get("/Root"), limits.objects):
            raise HallError(f"“{shown}”里有程序、附件或者会自动运行的内容（{active}），不能收。请打印成 PDF 再传。")
        return tuple(_millimetres(page) for page in reader.pages)
    except HallError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise HallError(f"“{shown}”打不开，PDF 可能坏了，请重新导出。") from error


def _millimetres(page: Any) -> tuple[int, int]:
    box = page.mediabox
    size = (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72))
    return size[::-1] if page.rotation % 180 else size


def _active_in(root: Any, most: int) -> str | None:
    """The first key or action below the document's root that runs, opens or hides something."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    count = 0
    while waiting:
        each = waiting.pop()
        count += 1
        if count > most:
            return "内容太多"
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            named = _ACTIVE & ({str(key) for key in each} | {str(each.get(key)) for key in ("/S", "/Type", "/Subtype")})
            if named:
                return min(named).removeprefix("/")
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each
    return None


def _check_docx(shown: str, content: bytes, limits: Limits) -> tuple[tuple[int, int], ...]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked_size:
                raise HallError(f"“{shown}”解开后太大，不能收。请另存为 PDF 再传。")
            names = [part.filename for part in parts]
            kinds = archive.read("[Content_Types].xml")
            relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
    except HallError:
        raise
    except (BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise HallError(f"“{shown}”打不开，Word 文件可能坏了，请另存一次。") from error
    if "word/document.xml" not in names:
        raise HallError(f"“{shown}”是压缩包，不能收。请把里面的文件一个一个传。")
    if b"macroEnabled" in kinds or any(_ACTIVE_PARTS.search(name) for name in names) or _reaches_out(relations):
        raise HallError(f"“{shown}”里有宏、嵌入的程序或者外部内容，不能收。请另存为 PDF 再传。")
    return ()


def _reaches_out(relations: bytes) -> bool:
    """Whether opening the file fetches something from elsewhere; plain links in its text don't."""
    outside = re.findall(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>", relations)
    return any(b"/hyperlink" not in each for each in outside)


_CHECKS: dict[Kind, Callable[[str, bytes, Limits], tuple[tuple[int, int], ...]]] = {
    "pdf": _check_pdf,
    "jpg": _check_image,
    "png": _check_image,
    "docx": _check_docx,
}
