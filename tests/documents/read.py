"""Reads documents back as people and programs do."""

import io
import re
import subprocess
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pdf_text(pdf: bytes) -> str:
    """What copying the whole PDF gives, without white space."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page, without white space."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [squeezed(page) for page in done.stdout.decode().split("\f")[:-1]]


def docx_text(docx: bytes) -> str:
    """The text of the document's body, without white space."""
    root = ElementTree.fromstring(ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    return squeezed("".join(element.text or "" for element in root.iter(f"{W}t")))


def squeezed(text: str) -> str:
    """Without any white space: where lines break is not what is compared."""
    return re.sub(r"\s", "", text)
