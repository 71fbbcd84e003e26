"""Attachments: known by their content, refused in words, images as PDF."""

import io
import socket
import threading
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from hall.content.errors import HallError
from hall.documents.attachments import Limits, check_together, images_to_pdf, safe_name, take_in
from hall.documents.blocks import Layout, Text
from hall.documents.clamd import scan
from hall.documents.docx import write_docx
from hall.documents.pdf import write_pdf

LAYOUT = Layout("附件", (Text(("内容",)),))


def image(kind="JPEG", size=(600, 400), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **more)
    return out.getvalue()


def pdf(change=lambda writer: None, pages=2):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def run_script(writer):
    """A script that runs when the file is opened."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = action


def docx_with(**parts):
    out = io.BytesIO(write_docx(LAYOUT))
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "sizes"),
    [
        (image(), "jpg", ((297, 210),)),
        (image("PNG", (400, 600), "RGBA"), "png", ((210, 297),)),
        (pdf(), "pdf", ((210, 297), (210, 297))),
        (write_pdf(LAYOUT), "pdf", ((210, 297),)),
        (write_docx(LAYOUT), "docx", ()),
    ],
    ids=["jpg", "png", "pdf", "our-pdf", "our-docx"],
)
def test_known_by_content_whatever_the_name(content, kind, sizes):
    taken = take_in("身份证.exe", content)
    assert (taken.name, taken.kind, taken.sizes) == (f"身份证.{kind}", kind, sizes)
    assert taken.name in taken.summary


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.pdf", b"", "空的"),
        ("程序.pdf", b"MZ\x90\x00" + b"\0" * 100, "不是能收"),
        ("伪装.pdf", b"MZ\x90\x00" + b"\0" * 100 + b"%PDF-1.7", "不是能收"),
        ("脚本.jpg", b"#!/bin/sh\nrm -rf /\n", "不是能收"),
        ("网页.png", b"<html><script>alert(1)</script></html>", "不是能收"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是能收"),
        ("断.jpg", image()[:300], "打不开"),
        ("断.pdf", pdf()[:200], "打不开"),
        ("断.docx", write_docx(LAYOUT)[:3000], "打不开"),
        ("密.pdf", pdf(lambda writer: writer.encrypt("x")), "密码"),
        ("脚本.pdf", pdf(run_script), "会自动运行"),
        ("夹带.pdf", pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "会自动运行"),
        ("宏.docx", docx_with(word__vbaProject_dot_bin=b"macro"), "宏"),
        ("嵌.docx", docx_with(word__embeddings__a_dot_bin=b"x"), "宏"),
        ("包.docx", docx_with(word__a_dot_exe=b"MZ"), "宏"),
    ],
)
def test_refused_in_words(name, content, says):
    with pytest.raises(HallError, match=says):
        take_in(name, content)


def test_a_document_that_fetches_from_elsewhere_is_refused():
    relation = b'<Relationships><Relationship Id="x" Type="t/attachedTemplate" Target="http://e/x" TargetMode="External"/></Relationships>'
    with pytest.raises(HallError, match="外部内容"):
        take_in("模板.docx", docx_with(**{"word___rels__settings_dot_xml_dot_rels": relation}))
    link = relation.replace(b"attachedTemplate", b"hyperlink")
    assert take_in("链接.docx", docx_with(**{"word___rels__settings_dot_xml_dot_rels": link})).kind == "docx"


def test_archives_and_bombs_are_refused():
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.txt", b"x")
        archive.writestr("[Content_Types].xml", b"x")
    with pytest.raises(HallError, match="压缩包"):
        take_in("包.docx", out.getvalue())
    bomb = docx_with(word__media__a_dot_png=b"\0" * 120_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(HallError, match="太大"):
        take_in("弹.docx", bomb)


def test_limits_are_told_with_what_to_do():
    with pytest.raises(HallError, match=r"最大 1\.0 KB"):
        take_in("大.jpg", image(), Limits(file_size=1024))
    with pytest.raises(HallError, match="最多 1 页"):
        take_in("长.pdf", pdf(), Limits(pages=1))
    with pytest.raises(HallError, match="像素"):
        take_in("大.png", image("PNG"), Limits(pixels=1000))
    files = [take_in(f"{n}.jpg", image()) for n in range(3)]
    check_together(files)
    with pytest.raises(HallError, match="最多传 2 个"):
        check_together(files, Limits(files=2))
    with pytest.raises(HallError, match="压缩照片"):
        check_together(files, Limits(total_size=len(files[0].content)))


def test_images_become_one_pdf_in_their_order():
    upright, across = image("PNG", (400, 600)), image("JPEG", (600, 400))
    made = images_to_pdf([across, upright, across])
    sizes = [page.mediabox.width > page.mediabox.height for page in PdfReader(io.BytesIO(made)).pages]
    assert sizes == [True, False, True]
    assert made == images_to_pdf([across, upright, across])
    assert take_in("合.pdf", made).pages == 3
    with pytest.raises(HallError):
        images_to_pdf([])
    with pytest.raises(HallError, match="第 2 张"):
        images_to_pdf([upright, b"\xff\xd8\xffx"])


def test_photographs_are_turned_upright_and_lose_where_they_were_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    exif[0x010F] = "SECRET-CAMERA"
    sideways = image("JPEG", (600, 400), exif=exif)
    made = images_to_pdf([sideways])
    page = PdfReader(io.BytesIO(made)).pages[0]
    assert page.mediabox.height > page.mediabox.width
    assert b"SECRET-CAMERA" in sideways and b"SECRET-CAMERA" not in page.images[0].data


@pytest.mark.parametrize(
    ("given_name", "made"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\文件\\租赁合同.PDF", "租赁合同.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("con.pdf", "con-.pdf"),
        ("  .pdf", "附件.pdf"),
        ('a<b>:"c|d?.pdf', "a-b-c-d.pdf"),
        ("营业执照（副本）2026.5.1.pdf", "营业执照（副本）2026.5.1.pdf"),
    ],
)
def test_names_are_safe_and_still_readable(given_name, made):
    assert safe_name(given_name, "pdf") == made


@given(st.text(max_size=200))
def test_any_name_is_a_single_file(name):
    made = safe_name(name, "pdf")
    assert made.endswith(".pdf") and not set(made) & set('/\\:*?"<>|\0\n') and made not in (".pdf", "..pdf")


class Daemon:
    """A clamd that answers once."""

    def __init__(self, reply):
        self.reply, self.received = reply, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()

    def answer(self):
        line, _ = self.server.accept()
        with line:
            while not self.received.endswith(b"\0\0\0\0"):
                self.received += line.recv(65536)
            line.sendall(self.reply)

    def close(self):
        self.thread.join(5)
        self.server.close()


def asked(reply, content=b"content"):
    daemon = Daemon(reply)
    try:
        return scan(content, daemon.address, timeout=5), daemon
    finally:
        daemon.close()


def test_clamd_is_asked():
    found, daemon = asked(b"stream: OK\0")
    assert found is None and daemon.received == b"zINSTREAM\0\0\0\0\x07content\0\0\0\0"
    assert asked(b"stream: Eicar-Test-Signature FOUND\0")[0] == "Eicar-Test-Signature"
    with pytest.raises(HallError, match="过一会儿"):
        asked(b"INSTREAM size limit exceeded. ERROR\0")


def test_what_cannot_be_checked_is_not_taken():
    server = socket.create_server(("127.0.0.1", 0))
    address = f"127.0.0.1:{server.getsockname()[1]}"
    server.close()
    with pytest.raises(HallError, match="过一会儿"):
        take_in("a.jpg", image(), scan=lambda content: scan(content, address, timeout=2))
    with pytest.raises(HallError, match="Eicar"):
        take_in("a.jpg", image(), scan=lambda content: "Eicar")
