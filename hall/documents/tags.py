"""What makes a PDF readable by machines: structure tags, metadata, colour intent.

ReportLab writes no tags of its own; these objects are added to its document before it is saved. They are those that
PDF/A-2 and PDF/UA-1 ask for; conformance isn't claimed in the file, because no validator has confirmed it.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


@dataclass
class Element:
    """A structure element: its kind (Table, TR, TD, P, H1 …), where it hangs, what it holds."""

    kind: str
    parent: "Element | None"
    number: int
    scope: str = ""
    """Of a header cell: Row or Column."""
    kids: list["Element | tuple[int, int]"] = field(default_factory=list)
    """Elements inside, and marked content as (page from 1, id on the page)."""


class Tags:
    """The structure of one document, built while it is drawn."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.pages: list[list[Element]] = []
        self.root = self.add("Document", None)

    def add(self, kind: str, parent: Element | None, scope: str = "") -> Element:
        """A new element at the end of its parent."""
        element = Element(kind, parent, len(self.elements), scope)
        self.elements.append(element)
        if parent is not None:
            parent.kids.append(element)
        return element

    def new_page(self) -> None:
        """What is marked from here on is on the next page."""
        self.pages.append([])

    def opening(self, element: Element) -> str:
        """The operator that begins the element's content on this page; `EMC` ends it."""
        page = self.pages[-1]
        element.kids.append((len(self.pages), len(page)))
        page.append(element)
        return f"/{element.kind} <</MCID {len(page) - 1}>> BDC"

    def write(self, canvas: Canvas, title: str, author: str) -> None:
        """Adds everything to the canvas's document; all pages have been shown."""
        document = canvas._doc
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.__Refs__ = catalog.__NoDefault__
        for number in range(len(self.pages)):
            page = document.idToObject[f"Page{number + 1}"]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
        pages = [_reference(document, f"Page{number + 1}") for number in range(len(self.pages))]
        root, *raw = (_Raw() for _ in range(len(self.elements) + 1))
        for each in (root, *raw):  # all have their numbers before one refers to another
            document.Reference(each)
        refs = [_reference(document, each.__InternalName__) for each in raw]
        for element, each in zip(self.elements, raw, strict=True):
            each.text = _element(element, refs, pages, _reference(document, root.__InternalName__))
        root.text = self._tree(refs)
        catalog.StructTreeRoot = document.Reference(root)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": pdfdoc.PDFtrue})
        catalog.Metadata = pdfdoc.XMP(creator=lambda doc: _metadata(doc, title, author).encode())
        catalog.OutputIntents = pdfdoc.PDFArray([_intent(document)])

    def _tree(self, refs: list[str]) -> str:
        """The root, with the elements of each page's marked content in its order."""
        parents = " ".join(
            f"{number} [{' '.join(refs[each.number] for each in page)}]" for number, page in enumerate(self.pages)
        )
        count = len(self.pages)
        return f"<</Type /StructTreeRoot /K [{refs[0]}] /ParentTree <</Nums [{parents}]>> /ParentTreeNextKey {count}>>"


def _element(element: Element, refs: list[str], pages: list[str], root: str) -> str:
    """A structure element as a PDF dictionary; `refs` and `pages` are references by number."""
    own = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), 0)
    kids = [
        refs[kid.number] if isinstance(kid, Element)
        else str(kid[1]) if kid[0] == own
        else f"<</Type /MCR /Pg {pages[kid[0] - 1]} /MCID {kid[1]}>>"
        for kid in element.kids
    ]  # fmt: skip
    parent = refs[element.parent.number] if element.parent else root
    where = f"/Pg {pages[own - 1]} " if own else ""
    scope = f"/A <</O /Table /Scope /{element.scope}>> " if element.scope else ""
    return f"<</Type /StructElem /S /{element.kind} /P {parent} {where}{scope}/K [{' '.join(kids)}]>>"


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose text is ready."""

    __RefOnly__ = 1
    text = ""

    def format(self, document: Any) -> bytes:
        return self.text.encode("ascii")


def _reference(document: Any, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _metadata(document: Any, title: str, author: str) -> str:
    """XMP that says the same as the document's information dictionary."""
    moment = document._timeStamp
    made = f"{moment.YMDhms[0]:04d}-{moment.YMDhms[1]:02d}-{moment.YMDhms[2]:02d}T00:00:00Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{escape(author)}</xmp:CreatorTool><xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate><pdf:Producer>{escape(str(document.info.producer))}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _intent(document: Any) -> Any:
    """The output intent: everything is black and grey, meant as in the embedded grey profile."""
    stream = pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary({"N": 1}), content=grey_profile())
    profile = document.Reference(stream, "hall-profile")
    return pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("OutputIntent"), "S": pdfdoc.PDFName("GTS_PDFA1"), "DestOutputProfile": profile,
        "OutputConditionIdentifier": pdfdoc.PDFString("Gray gamma 2.2"),
        "Info": pdfdoc.PDFString("Gray gamma 2.2"),
    })  # fmt: skip


@lru_cache
def grey_profile() -> bytes:
    """An ICC version 2 profile of grey with gamma 2.2 and the white D50 (ICC.1:2001-04)."""
    import struct

    def text(words: bytes) -> bytes:
        return b"desc" + struct.pack(">II", 0, len(words) + 1) + words + b"\0" + bytes(4 + 4 + 2 + 1 + 67)

    white = b"XYZ " + struct.pack(">Iiii", 0, round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    curve = b"curv" + struct.pack(">IIH", 0, 1, round(2.2 * 256))
    copyright = b"text" + bytes(4) + b"No copyright, use freely\0"
    parts = [(b"desc", text(b"Gray gamma 2.2")), (b"cprt", copyright), (b"wtpt", white), (b"kTRC", curve)]
    table, body, at = b"", b"", 128 + 4 + 12 * len(parts)
    for name, data in parts:
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = at + len(body)
    header = struct.pack(
        ">I4sI4s4s4s6H4s", size, bytes(4), 0x02100000, b"mntr", b"GRAY", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp"
    )
    header += bytes(128 - len(header) - 60) + struct.pack(">iii", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    header = header.ljust(128, b"\0")
    return header + struct.pack(">I", len(parts)) + table + body
