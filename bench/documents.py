"""How long documents take: ours beside docxtpl on the same form, and LibreOffice's DOCX→PDF, in one run.

    python bench/documents.py [--rounds 60]

Three loads: a form of two pages, fifty shareholders, and a package of twelve forms. Times are medians in milliseconds
of interleaved rounds; what travels between machines is the ratios. docxtpl fills a template made from our own layout,
so that both write the same document. LibreOffice, which isn't part of the product, is left out where it isn't installed.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docxtpl import DocxTemplate  # noqa: E402

from hall.content.load import load_pack  # noqa: E402
from hall.content.models import Form, Pack  # noqa: E402
from hall.documents.blocks import Grid, Layout, Table  # noqa: E402
from hall.documents.docx import write_docx  # noqa: E402
from hall.documents.layout import layout_of  # noqa: E402
from hall.documents.pdf import write_pdf  # noqa: E402
from hall.documents.reading import read_form  # noqa: E402
from hall.journey.answers import parse_answers  # noqa: E402
from hall.journey.samples import sample_data  # noqa: E402

TWO_PAGES, SHAREHOLDERS = "individual-business-registration-application", "shareholders-contribution"
PACKAGE_FORMS = 12
BUDGET_DOCX_TO_DOCXTPL, BUDGET_PDF_MS = 0.7, 25.0
BUDGET_FIFTY = 2.0
"""Times the budgets of two pages."""


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rounds", type=int, default=60)
    rounds = options.parse_args().rounds
    pack = load_pack(ROOT)[0]
    two, fifty = pack.forms[TWO_PAGES], pack.forms[SHAREHOLDERS]
    loads = {"two pages": (two, values_of(pack, two)), "50 shareholders": (fifty, values_of(pack, fifty, fifty=True))}
    result: dict[str, dict[str, float]] = {}
    for name, (form, values) in loads.items():
        result[name] = measured(pack, form, values, rounds)
        print_load(name, write_pdf(layout_of(form, pack.facts, values)), result[name])
    result["12 forms"] = packaged(pack, rounds)
    print_load("12 forms", None, result["12 forms"])
    print_ratios(result)


def values_of(pack: Pack, form: Form, fifty: bool = False) -> dict[str, Any]:
    """The form's example values; `fifty`: as many shareholders as there may be."""
    values = parse_answers(pack.facts, sample_data(pack.facts, form))
    if fifty:
        row = dict(values["shareholders"][0])
        values["shareholders"] = tuple({**row, "name": f"示范股东第{n}号"} for n in range(1, 51))
    return values


def measured(pack: Pack, form: Form, values: dict[str, Any], rounds: int) -> dict[str, float]:
    """Medians for one form."""
    layout = layout_of(form, pack.facts, values)
    template, context = template_of(layout)
    docx = write_docx(layout)
    times = medians(rounds, {
        "DOCX, ours": lambda: write_docx(layout_of(form, pack.facts, values)),
        "DOCX, docxtpl": lambda: fill_template(template, context),
        "PDF, ours": lambda: write_pdf(layout_of(form, pack.facts, values)),
        "read DOCX back": lambda: read_form(docx, pack.forms, pack.facts),
    })  # fmt: skip
    return times | by_libreoffice([docx])


def packaged(pack: Pack, rounds: int) -> dict[str, float]:
    """Medians for twelve forms, each as DOCX and PDF."""
    forms = [(form, values_of(pack, form)) for form in list(pack.forms.values())[:PACKAGE_FORMS]]
    layouts = [layout_of(form, pack.facts, values) for form, values in forms]
    templates = [template_of(layout) for layout in layouts]
    times = medians(max(3, rounds // 10), {
        "DOCX, ours": lambda: [write_docx(layout_of(form, pack.facts, values)) for form, values in forms],
        "DOCX, docxtpl": lambda: [fill_template(template, context) for template, context in templates],
        "PDF, ours": lambda: [write_pdf(layout_of(form, pack.facts, values)) for form, values in forms],
    })  # fmt: skip
    return times | by_libreoffice([write_docx(layout) for layout in layouts])


def medians(rounds: int, ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of each way; the ways take turns, so that a busy moment meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for each in range(rounds + 2):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if each >= 2:  # the first fills caches
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def template_of(layout: Layout) -> tuple[bytes, dict[str, Any]]:
    """A docxtpl template that gives this layout, and what fills it."""
    context: dict[str, Any] = {}
    blocks = [_templated(block, context) if isinstance(block, Grid | Table) else block for block in layout.blocks]
    return write_docx(replace(layout, blocks=tuple(blocks))), context


def _templated(block: Grid | Table, context: dict[str, Any]) -> Grid | Table:
    if isinstance(block, Grid):
        rows = []
        for row in block.rows:
            boxes = []
            for box in row:
                if box.kind == "value" and box.text:
                    context[f"v{len(context)}"] = box.text
                    box = replace(box, text=f"{{{{ v{len(context) - 1} }}}}", digits=False)
                boxes.append(box)
            rows.append(tuple(boxes))
        return replace(block, rows=tuple(rows))
    name = f"rows{len(context)}"
    context[name] = block.rows
    blank = ("",) * (len(block.header) - 1)
    begin, end = (f"{{%tr for row in {name} %}}", *blank), ("{%tr endfor %}", *blank)
    cells = tuple(f"{{{{ row[{n}] }}}}" for n in range(len(block.header)))
    return replace(block, rows=(begin, cells, end))


def fill_template(template: bytes, context: dict[str, Any]) -> bytes:
    """What docxtpl makes of it."""
    document = DocxTemplate(BytesIO(template))
    document.render(context, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def by_libreoffice(documents: list[bytes]) -> dict[str, float]:
    """One conversion of all of them, its start included."""
    if shutil.which("soffice") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{number}.docx" for number in range(len(documents))]
        for name, content in zip(names, documents, strict=True):
            (Path(folder) / name).write_bytes(content)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            *names,
        ]
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return {"PDF, LibreOffice": (time.perf_counter() - start) * 1000}


def print_load(name: str, pdf: bytes | None, times: dict[str, float]) -> None:
    """One load's lines."""
    pages = f" ({pdf.count(b'/Type /Page') - pdf.count(b'/Type /Pages')} pages)" if pdf else ""
    print(f"{name}{pages}")
    for way, milliseconds in times.items():
        print(f"  {way:<18} {milliseconds:>9.1f} ms")


def print_ratios(result: dict[str, dict[str, float]]) -> None:
    """What the budgets speak of (fifty shareholders against two pages by docxtpl), last as JSON."""
    two, fifty = result["two pages"], result["50 shareholders"]
    template = two["DOCX, docxtpl"]
    ratios = {
        "docx_two_pages_to_docxtpl": two["DOCX, ours"] / template,
        "docx_fifty_to_docxtpl": fifty["DOCX, ours"] / template,
        "docx_package_to_docxtpl": result["12 forms"]["DOCX, ours"] / result["12 forms"]["DOCX, docxtpl"],
        "pdf_two_pages_ms": two["PDF, ours"],
        "pdf_fifty_ms": fifty["PDF, ours"],
    }
    budgets = (BUDGET_DOCX_TO_DOCXTPL, BUDGET_FIFTY * BUDGET_DOCX_TO_DOCXTPL, BUDGET_DOCX_TO_DOCXTPL, BUDGET_PDF_MS,
               BUDGET_FIFTY * BUDGET_PDF_MS)  # fmt: skip
    for (name, value), budget in zip(ratios.items(), budgets, strict=True):
        print(f"{name:<28} {value:>6.2f}  (budget {budget:g})")
    print(json.dumps({"documents": result, "ratios": ratios}, ensure_ascii=False))


if __name__ == "__main__":
    main()
