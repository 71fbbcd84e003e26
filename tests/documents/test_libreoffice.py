"""LibreOffice, which isn't part of the product, opens what we write: the same pages, the same words."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from hall.content.load import load_pack
from hall.documents.blocks import Grid, Table
from hall.documents.docx import write_docx
from hall.documents.layout import layout_of
from hall.documents.pdf import write_pdf
from hall.journey.answers import parse_answers
from hall.journey.samples import sample_data
from tests.documents.read import pdf_text, squeezed

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
PACK = load_pack(Path(__file__).resolve().parents[2])[0]


def layouts():
    for form_id, form in sorted(PACK.forms.items()):
        yield form_id, layout_of(form, PACK.facts, parse_answers(PACK.facts, sample_data(PACK.facts, form)))
        yield f"{form_id}-blank", layout_of(form, PACK.facts, {}, blank=True)


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Every form as LibreOffice's PDF, made in one run."""
    folder = tmp_path_factory.mktemp("office")
    made = dict(layouts())
    for name, layout in made.items():
        (folder / f"{name}.docx").write_bytes(write_docx(layout))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         *(f"{name}.docx" for name in made)],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return {name: (layout, (folder / f"{name}.pdf").read_bytes()) for name, layout in made.items()}


def test_page_counts_agree_within_one(converted):
    counts = {
        name: (len(PdfReader(io.BytesIO(write_pdf(layout))).pages), len(PdfReader(io.BytesIO(theirs)).pages))
        for name, (layout, theirs) in converted.items()
    }
    assert counts and not {name: pair for name, pair in counts.items() if abs(pair[0] - pair[1]) > 1}


def test_values_are_there(converted):
    """Those of one line; longer ones are read in pieces, and boxes to tick out of order, being of another font."""
    for name, (layout, theirs) in converted.items():
        text = pdf_text(theirs)
        assert squeezed(layout.title) in text, name
        for block in layout.blocks:
            for box in [box for row in block.rows for box in row] if isinstance(block, Grid) else []:
                if (
                    box.kind == "value"
                    and not box.digits
                    and box.units >= 8
                    and len(box.text) <= 10
                    and "☐" not in box.text
                ):
                    assert squeezed(box.text) in text, (name, box.text)
            for cells in block.rows if isinstance(block, Table) else []:
                assert all(char in text for cell in cells for char in squeezed(cell)), (name, cells)
