"""How long the prover takes: cold, after one changed file, and with more and more questions in a guide.

    python bench/check.py [--root DIR] [--guides 130] [--forms 109]

Prints three things, each with what it is measured against in the same run: the pack of the repository (or of
--root), a made-up pack of the same size, and made-up guides of 5 to 80 questions. Seconds are this machine's
(wall, and of the processor); the ratios travel.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hall.check.checker import Checker  # noqa: E402
from hall.content.load import Loader  # noqa: E402

OPTIONS = ("a", "b", "c", "d")


def guide_text(name: str, questions: int, seed: int) -> str:
    """A made-up guide: nested conditions, several exits, twice as many materials as questions."""
    lines = [
        f"id: {name}", f"title: 指南{name}", "in_force: {from: 2026-05-01}", "for: [any]", "basis: [{law: some-law}]",
        "handled_by: office", "questions:",
    ]  # fmt: skip
    for n in range(questions):
        when = f", when: {{q.{n - 2}: [a, b, c]}}" if n % 4 == 3 else ""
        lines.append(f"  - {{ask: q.{n}, why: 为什么问{when}}}")
    lines.append("exits:")
    for n in range(2, questions, 4):
        lines.append(f"  - {{when: {{q.{n}: d, q.{n - 1}: d}}, say: 请看别的指南。}}")
    lines += ["materials:", "  - {id: base, name: 申请书}"]
    for n in range(2 * questions):
        one, two, three = n % questions, (n * 3 + seed) % questions, (n * 7 + 1) % questions
        condition = (
            f"{{q.{one}: {OPTIONS[n % 3]}}}"
            if n % 3
            else f"{{any: [{{q.{one}: a}}, {{all: [{{q.{two}: [b, c]}}, {{not: {{q.{three}: {{is_not: b}}}}}}]}}]}}"
        )
        lines.append(f"  - {{id: m{n}, name: 材料{n}, when: {condition}}}")
    lines += ["steps:", "  - {by: applicant, do: 在线填写}"]
    return "\n".join(lines) + "\n"


def form_text(name: str, seed: int) -> str:
    """A made-up form of thirty cells, a third of them conditional."""
    lines = [f"id: {name}", f"title: 表{name}", "family: made", "in_force: {from: 2026-05-01}", "sections:"]
    for section in range(5):
        lines += [f"  - title: 第{section}栏", "    rows:"]
        for row in range(3):
            number = section * 6 + row * 2
            when = f", when: {{q.{(number + seed) % 20}: a}}" if row == 1 else ""
            lines.append(f"      - [{{fact: text.{number}, span: 6}}, {{fact: text.{number + 1}, span: 6{when}}}]")
    return "\n".join([*lines, "asks: [" + ", ".join(f"q.{n}" for n in range(20)) + "]"]) + "\n"


def write_pack(root: Path, guides: dict[str, int], forms: int) -> Path:
    """A made-up pack: guides by name with their numbers of questions, and some forms."""
    most = max([20, *guides.values()])
    options = ", ".join(f"{each}: 选项{each}" for each in OPTIONS)
    facts = [f"q.{n}: {{title: 问题{n}, kind: choice, options: {{{options}}}}}" for n in range(most)]
    facts += [f"text.{n}: {{title: 文字{n}, kind: text, example: 示例}}" for n in range(40)]
    files = {
        "data/facts/all.yaml": "\n".join(facts) + "\n",
        "data/laws.yaml": "some-law: {name: 某法, in_force: {from: 2020-01-01}}\n",
        "data/authorities.yaml": "office: {title: 某局}\n",
    }
    files |= {f"guides/made/{name}.yaml": guide_text(name, size, n) for n, (name, size) in enumerate(guides.items())}
    files |= {f"forms/made/f{n}.yaml": form_text(f"f{n}", n) for n in range(forms)}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def seconds(work) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Wall and processor seconds of some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def cold(root: Path) -> None:
    """A fresh process, as an editor starts it; beside it, PyYAML reading the same files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "hall", "check"], cwd=ROOT, env={"HALL_CONTENT_DIR": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True,
    )  # fmt: skip
    wall = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    files = [path for folder in ("guides", "forms", "data") for path in root.glob(f"{folder}/**/*.yaml")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    plain, _ = seconds(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts])
    print(
        f"  hall check        {wall:6.2f} s wall, {cpu:5.2f} s of the processor   {done.stderr.strip().splitlines()[-1]}"
    )
    print(f"  PyYAML (C) alone  {plain:6.2f} s for the same {len(files)} files; the check is {wall / plain:.1f} of it")


def changed(root: Path) -> None:
    """A running process after each guide in turn got one more material; beside it, the first check."""
    checker = Checker(root)
    first, _ = seconds(checker.check)
    walls, cpus = [], []
    for path in sorted(root.glob("guides/*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        more = text.replace("\nmaterials:\n", "\nmaterials:\n  - {id: one-more, name: 又一项材料}\n", 1)
        if more != text and path.parent.name != "parts":
            checker.loader.overlay = {path.relative_to(root).as_posix(): more}
            wall, cpu = seconds(checker.check)
            walls.append(wall), cpus.append(cpu)
    for name, values in (("wall", sorted(walls)), ("processor", sorted(cpus))):
        middle, most = values[len(values) // 2], values[-1]
        ninth = values[int(len(values) * 0.9)]
        print(
            f"  one changed guide {1000 * middle:6.0f} ms {name} (of {len(values)}: nine in ten within {1000 * ninth:.0f}, "
            f"the slowest {1000 * most:.0f}); the first check takes {first / middle:.0f} times as long"
        )


def growth() -> None:
    """Made-up guides of more and more questions, each proved alone."""
    base = 0.0
    for size in (5, 10, 20, 40, 80):
        with tempfile.TemporaryDirectory() as folder:
            root = write_pack(Path(folder), {f"g{n}": size for n in range(10)}, 0)
            loading = seconds(lambda root=root: Loader(root).load())[1]
            checking = seconds(lambda root=root: Checker(root).check())[1]
        proving = (checking - loading) / 10
        base = base or proving
        print(
            f"  {size:3} questions, {2 * size:3} materials: {1000 * proving:7.1f} ms a guide, {proving / base:5.1f} times the first"
        )


def main() -> None:
    """Prints all three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--guides", type=int, default=130)
    parser.add_argument("--forms", type=int, default=109)
    given = parser.parse_args()
    print(f"{given.root.name}: the pack as it is")
    cold(given.root)
    changed(given.root)
    with tempfile.TemporaryDirectory() as folder:
        sizes = {f"g{n}": 5 + n % 16 for n in range(given.guides)}
        root = write_pack(Path(folder), sizes, given.forms)
        print(f"made up: {given.guides} guides of 5 to 20 questions, {given.forms} forms")
        cold(root)
        changed(root)
    print("growth with the questions of a guide (processor time, proof and all)")
    growth()


if __name__ == "__main__":
    main()
