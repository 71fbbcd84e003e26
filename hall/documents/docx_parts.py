"""The parts of a DOCX that every document shares (ECMA-376): styles, settings, relations, properties."""

from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from hall.documents.blocks import Source

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
AUTHOR = "网上办事大厅"
DATA_NAMESPACE = "urn:hall:form-data"
"""Of the custom XML part that carries a filled form's data."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE = "2000-01-01T00:00:00Z"
_ITEM = "{6B1F3C52-5C0E-4C57-9A43-0A6F1D2E7B10}"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_STYLES = (  # id, name, font, half-points, alignment, line (240 = single), before, after, more of pPr, more of rPr
    ("Title", "Title", HEI, 38, "center", 240, 0, 120, '<w:keepNext/>', "<w:b/>"),
    ("Heading1", "heading 1", HEI, 24, "left", 240, 180, 60, '<w:keepNext/>', "<w:b/>"),
    ("HallBand", "表内标题", HEI, 21, "center", 240, 0, 0, '<w:keepNext/>', "<w:b/>"),
    ("HallSubtitle", "副标题", HEI, 22, "center", 240, 0, 80, "", ""),
    ("HallLabel", "栏目", HEI, 18, "center", 240, 0, 0, "", ""),
    ("HallHeading", "表头", HEI, 20, "center", 240, 0, 0, "", "<w:b/>"),
    ("HallValue", "填写内容", SONG, 21, "left", 240, 0, 0, "", ""),
    ("HallText", "表内文字", SONG, 19, "left", 240, 0, 0, "", ""),
    ("HallCell", "列表内容", SONG, 19, "center", 240, 0, 0, "", ""),
    ("HallCaption", "小注", SONG, 18, "left", 240, 0, 0, "", ""),
    ("HallNote", "表内说明", HEI, 17, "center", 240, 0, 0, "", ""),
    ("HallSmall", "说明", SONG, 18, "left", 288, 20, 40, "", ""),
    ("HallBody", "正文段落", SONG, 21, "left", 360, 0, 40, '<w:ind w:firstLine="420"/>', ""),
    ("HallPlain", "条目", SONG, 21, "left", 340, 0, 40, "", ""),
    ("HallSign", "签章", SONG, 21, "left", 240, 160, 80, "", ""),
    ("HallFoot", "页脚文字", SONG, 17, "left", 240, 0, 0, '<w:tabs><w:tab w:val="right" w:pos="{wide}"/></w:tabs>', ""),
)  # fmt: skip
_OUTLINE = {"Title": 0, "Heading1": 1, "HallBand": 1}


@lru_cache
def styles(wide: int) -> str:
    """styles.xml; `wide` is the text's width in twips."""
    every = "".join(_style(*each).replace("{wide}", str(wide)) for each in _STYLES)
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SONG)}<w:kern w:val="2"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        f"{every}</w:styles>"
    )


def _style(
    id: str, name: str, font: str, size: int, side: str, line: int, before: int, after: int, p: str, r: str
) -> str:
    level = f'<w:outlineLvl w:val="{_OUTLINE[id]}"/>' if id in _OUTLINE else ""
    keep, other = (p, "") if p.startswith("<w:keepNext") else ("", p)
    tabs, indent = (other, "") if other.startswith("<w:tabs") else ("", other)
    return (
        f'<w:style w:type="paragraph" w:customStyle="{int(id.startswith("Hall"))}" w:styleId="{id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}{tabs}<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
        f'{indent}<w:jc w:val="{side}"/>{level}</w:pPr>'
        f'<w:rPr>{_fonts(font)}{r}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}"/>'


def document(body: str, *, landscape: bool, margin: int, header: bool) -> str:
    """document.xml around the body's blocks; `margin` in twips."""
    wide, high = (16838, 11906) if landscape else (11906, 16838)
    orient = ' w:orient="landscape"' if landscape else ""
    reference = '<w:headerReference w:type="default" r:id="rIdHeader"/>' if header else ""
    return (
        f"{_HEAD}<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{reference}"
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{orient}/><w:pgMar w:top="1021" w:right="{margin}" w:bottom="1134" '
        f'w:left="{margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def footer(title: str) -> str:
    """footer1.xml: the title, and the page's number as fields."""
    words = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    field = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line = (
        words.format(escape(title)) + "<w:r><w:tab/></w:r>" + words.format("第 ") + field.format("PAGE")
        + words.format(" 页，共 ") + field.format("NUMPAGES") + words.format(" 页")
    )  # fmt: skip
    return f'{_HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="HallFoot"/></w:pPr>{line}</w:p></w:ftr>'


def watermark(words: str) -> str:
    """header1.xml with the words across the page in grey, as Word itself makes watermarks (VML)."""
    size = min(160, 480 // max(len(words), 1))
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{size * len(words)}pt;height:{size}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return (
        f"{_HEAD}<w:hdr {NAMESPACES}><w:p><w:r><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="hallWatermark" o:spid="_x0000_s2049" type="#_x0000_t136" style="{place}" fillcolor="#e0e0e0" '
        f'stroked="f"><v:textpath style="font-family:&quot;{HEI}&quot;;font-size:1pt" string={quoteattr(words)}/>'
        "</v:shape></w:pict></w:r></w:p></w:hdr>"
    )


def settings() -> str:
    """settings.xml: Word's own mode of today, Chinese as the language."""
    return (
        f'{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def carried(source: Source) -> str:
    """The custom XML part that carries the data (JSON as text)."""
    blank = ' blank="true"' if source.blank else ""
    publish = f" publish={quoteattr(' '.join(source.publish))}" if source.publish else ""
    attributes = f"form={quoteattr(source.form)} digest={quoteattr(source.digest)}{blank}{publish}"
    return f'{_HEAD}<data xmlns="{DATA_NAMESPACE}" {attributes}>{escape(source.data)}</data>'


def package_parts(title: str, images: int, *, header: bool, data: bool) -> dict[str, str]:
    """Content types, relations and properties of a document with so many images."""
    types = {
        "/word/document.xml": "wordprocessingml.document.main", "/word/styles.xml": "wordprocessingml.styles",
        "/word/settings.xml": "wordprocessingml.settings", "/word/footer1.xml": "wordprocessingml.footer",
        **({"/word/header1.xml": "wordprocessingml.header"} if header else {}),
        **({"/customXml/itemProps1.xml": "customXmlProperties"} if data else {}),
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in types.items()
    )
    relations = [("rIdStyles", "styles", "styles.xml"), ("rIdSettings", "settings", "settings.xml")]
    relations += [("rIdFooter", "footer", "footer1.xml")]
    relations += [("rIdHeader", "header", "header1.xml")] if header else []
    relations += [("rIdData", "customXml", "../customXml/item1.xml")] if data else []
    relations += [(f"rIdImage{n}", "image", f"media/image{n}.png") for n in range(1, images + 1)]
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": _core(title),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/settings.xml": settings(),
    }
    if data:
        parts["customXml/_rels/item1.xml.rels"] = _relations([("rId1", "customXmlProps", "itemProps1.xml")])
        parts["customXml/itemProps1.xml"] = (
            f'{_HEAD}<ds:datastoreItem ds:itemID="{_ITEM}" '
            'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{DATA_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        )
    return parts


def _relations(every: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{id}" Type="{_R}/{kind}" Target="{target}"/>' for id, kind, target in every)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:language>zh-CN</dc:language>"
        f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:modified></cp:coreProperties>'
    )
