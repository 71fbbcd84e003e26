"""Subject search at size: load, latencies, recall, beside PostgreSQL with pg_trgm on the same rows and queries.

    .venv/bin/python bench/registry.py --rows 3000000 [--csv FILE] [--queries 100] [--postgres 20] [--keep DIR]

Needs some gigabytes in a temporary folder; PostgreSQL's programs (apt: postgresql) are used when they are there, in a
cluster of its own that is removed again. Times are of this machine; read the ratios.
"""

import argparse
import csv
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hall.registry import files  # noqa: E402
from hall.registry.columns import STORED  # noqa: E402
from hall.registry.demo import subjects  # noqa: E402
from hall.registry.sounds import initials, syllables  # noqa: E402
from hall.registry.store import Registry  # noqa: E402
from hall.registry.text import fold  # noqa: E402

COMMON = (
    "科技",
    "郑州",
    "有限公司",
    "公司",
    "商贸",
    "管理",
    "有限责任公司",
    "店",
    "州",
    "建筑工程",
    "市",
    "业有限公司",
)
SCANNED = 40
"""Fragments whose hits are compared with a plain scan of all names."""
Row = dict[str, str]


@dataclass
class Kind:
    """Queries of one kind and their times in milliseconds, by engine."""

    title: str
    queries: list[tuple[str, dict[str, Any]]]
    sql: Callable[[str], str] | None
    times: dict[str, list[float]] = field(default_factory=dict)


def main() -> None:
    """Runs everything and prints a table."""
    options = arguments()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="hall-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    os.chmod(folder, 0o755)
    try:
        csv_path = options.csv or made_up(folder, options.rows)
        load(folder, csv_path)
        sample = list(sampled(csv_path, 4000))
        kinds = queries_of(random.Random(1), sample, options.queries)
        registry = Registry(folder)
        print(f"recall against a plain scan: {recall(registry, csv_path, sample)}")
        increment(folder, sample)
        for kind in kinds:
            kind.times["hall"] = timed(registry, kind)
        if options.postgres and (binaries := postgres_binaries()):
            with_postgres(csv_path, binaries, kinds, options.postgres)
        table(kinds)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--csv", type=Path, help="rows of one's own, columns as in docs/registry.md, UTF-8")
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--keep", help="a folder to work in and to leave behind")
    parser.add_argument("--postgres", type=int, default=20, help="how many of each kind PostgreSQL is asked; 0: none")
    return parser.parse_args()


def made_up(folder: Path, rows: int) -> Path:
    """The generator's rows."""
    path = folder / f"made-up-{rows}.csv"
    if not path.exists():
        hall(folder, "registry", "demo", "--rows", str(rows), "--out", str(path))
    return path


def hall(folder: Path, *command: str) -> str:
    """The output of a hall command."""
    environment = os.environ | {"HALL_DATA_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "hall", *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"hall {' '.join(command)}\n{done.stderr[-3000:]}")
    return done.stdout


def load(folder: Path, csv_path: Path) -> None:
    """Loads in a process of its own, whose peak of memory is then known."""
    done = json.loads(hall(folder, "registry", "load", str(csv_path), "--json"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    serving = files.current(folder)
    size = serving.stat().st_size / 1e9 if serving else 0
    print(f"load: {done['rows']:,} rows ({done['rejected']} refused) in {done['seconds']:.0f} s, "
          f"peak {peak:.0f} MB, {size:.2f} GB on disk")  # fmt: skip


def increment(folder: Path, sample: list[Row]) -> None:
    """5,000 changed rows: another name, another state, new ones."""
    chosen = [dict(row) for row in sample[:4000]]
    for number, row in enumerate(chosen):
        row |= {"name": row["name"] + "更"} if number % 2 else {"status": "revoked"}
    fresh = [row for row in subjects(1000, seed=7) if row["uscc"]]
    write(folder / "changes.csv", chosen + fresh)
    done = json.loads(hall(folder, "registry", "load", str(folder / "changes.csv"), "--changes", "--json"))
    undone = [dict(row) for row in sample[:4000]]
    write(folder / "changes.csv", undone)
    hall(folder, "registry", "load", str(folder / "changes.csv"), "--changes", "--json")
    print(f"increment: {done['rows']:,} rows in {done['seconds']:.1f} s")


def write(path: Path, rows: list[Row]) -> None:
    """A CSV of rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, STORED, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def sampled(csv_path: Path, count: int) -> Iterator[Row]:
    """Rows spread over the file, in random order."""
    size = csv_path.stat().st_size
    chance = random.Random(2)
    with csv_path.open("rb") as file:
        head = next(csv.reader([file.readline().decode()]))
        for place in chance.sample(range(size), count * 2):
            file.seek(place)
            file.readline()
            cells = next(csv.reader([file.readline().decode()]), [])
            if len(cells) == len(head) and count:
                count -= 1
                yield dict(zip(head, cells, strict=True))


def queries_of(chance: random.Random, rows: list[Row], count: int) -> list[Kind]:
    """The kinds of queries."""

    def of(make: Callable[[Row], str], **narrowed: Callable[[Row], Any]) -> list[tuple[str, dict[str, Any]]]:
        chosen = chance.sample(rows, count)
        return [(make(row), {key: value(row) for key, value in narrowed.items()}) for row in chosen]

    def part(length: int) -> Callable[[Row], str]:
        def cut(row: Row) -> str:
            start = chance.randrange(max(1, len(row["name"]) - length + 1))
            return row["name"][start : start + length]

        return cut

    def typo(row: Row) -> str:
        place = chance.randrange(len(row["name"]))
        return row["name"][:place] + chance.choice("犇科华") + row["name"][place + 1 :]

    common = [(text, {}) for text in COMMON] * max(1, count // len(COMMON))
    region = {"region": lambda row: row["region"]}
    several = region | {"status": lambda row: row["status"], "year": lambda row: int(row["established"][:4])}
    other = {"region": lambda row: chance.choice(rows)["region"]}
    return [
        Kind("USCC", of(lambda row: row["uscc"] or "91000000MA0000001R"), lambda text: f"uscc = {quoted(text)}"),
        Kind("one character", of(part(1)), like),
        Kind("two characters", of(part(2)), like),
        Kind("three or four", of(part(3)) + of(part(4)), like),
        Kind("five to ten", of(part(5)) + of(part(7)) + of(part(10)), like),
        Kind("common fragments", common, like),
        Kind("full name", of(lambda row: row["name"]), like),
        Kind("two words", of(lambda row: f"{row['name'][:2]} {row['name'][4:6]}"), like),
        Kind("in its region", of(part(2), **region) + of(part(3), **region), like),
        Kind("region, status, year", of(part(2), **several), like),
        Kind("in another region", of(part(2), **other), like),
        Kind("initials", of(lambda row: initials(syllables(fold(row["name"])))[2 : 2 + chance.randrange(3, 6)]), None),
        Kind("pinyin", of(lambda row: "".join(syllables(fold(row["name"]))[2 : 2 + chance.randrange(2, 5)])), None),
        Kind("one typo, full name", of(typo), similar),
        Kind("one typo, part", of(lambda row: typo(row)[:8]), similar),
    ]


def like(text: str) -> str:
    """What contains every word."""
    return " AND ".join("name LIKE " + quoted("%" + re.sub(r"([\\%_])", r"\\\1", word) + "%") for word in text.split())


def similar(text: str) -> str:
    """What is like it, as pg_trgm has it."""
    return f"name % {quoted(text)}"


def quoted(text: str) -> str:
    """A literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def timed(registry: Registry, kind: Kind) -> list[float]:
    """Milliseconds of each query, its first page of twenty read; one round to warm up."""
    for text, narrowed in kind.queries:
        registry.find(text, **narrowed)
    times = []
    for text, narrowed in kind.queries:
        began, worked = time.perf_counter(), time.thread_time()
        registry.find(text, **narrowed)
        times.append((time.perf_counter() - began) * 1000)
        kind.times.setdefault("cpu", []).append((time.thread_time() - worked) * 1000)
    return times


def recall(registry: Registry, csv_path: Path, sample: list[Row]) -> str:
    """Hits of fragments compared with a scan of the whole file, one by one."""
    chance = random.Random(3)
    fragments = list(COMMON[:4])
    while len(fragments) < SCANNED:
        name, length = chance.choice(sample)["name"], chance.choice((1, 2, 2, 3, 4, 6, 9))
        start = chance.randrange(max(1, len(name) - length + 1))
        fragments.append(name[start : start + length])
    wanted: dict[str, list[str]] = {fragment: [] for fragment in fragments}
    with csv_path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for fragment in wanted:
                if fragment in row["name"]:
                    wanted[fragment].append(row["uscc"] or row["reg_no"])
    missing = extra = 0
    for fragment, numbers in wanted.items():
        found = {each.uscc or each.reg_no for each in registry.find(fragment, limit=10**9).subjects}
        missing += len(set(numbers) - found)
        extra += len(found - set(numbers))
    return f"{len(wanted)} fragments, {sum(map(len, wanted.values())):,} hits, {missing} missing, {extra} extra"


def postgres_binaries() -> Path | None:
    """Where initdb is."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return places[-1] if places else None


def with_postgres(csv_path: Path, binaries: Path, kinds: list[Kind], count: int) -> None:
    """A cluster with the same rows, a trigram index, and the first of the same queries through psql on a socket."""
    cluster = Path(tempfile.mkdtemp(prefix="hall-bench-pg-"))
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if user:
        shutil.chown(cluster, "postgres")
    control = [*user, str(binaries / "pg_ctl"), "-D", str(cluster / "data"), "-w"]
    settings = f"-c listen_addresses='' -k {cluster} -c shared_buffers=1GB -c maintenance_work_mem=1GB -c jit=off -c fsync=off"  # fmt: skip
    try:
        quiet(*user, str(binaries / "initdb"), "-D", str(cluster / "data"), "-E", "UTF8", "--locale=C.UTF-8")
        quiet(*control, "-l", str(cluster / "log"), "-o", settings, "start")
        psql = [*user, str(binaries / "psql"), "-h", str(cluster), "-d", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1"]
        build(psql, csv_path)
        for kind in kinds:
            if kind.sql:
                kind.times["pg"] = asked(psql, kind, spread(kind.queries, count))
                kind.times["beside"] = spread(kind.times["hall"], count)
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], capture_output=True, check=False)
        shutil.rmtree(cluster, ignore_errors=True)


def quiet(*command: str) -> None:
    """A command that must work; what it wrote is shown when it doesn't."""
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")


def build(psql: list[str], csv_path: Path) -> None:
    """Table and indexes."""
    began = time.perf_counter()
    columns = ", ".join(f"{column} text" for column in STORED)
    with csv_path.open(encoding="utf-8") as file:
        head = file.readline().strip()
    script = f"""CREATE EXTENSION pg_trgm; CREATE TABLE subject ({columns});
        \\copy subject ({head}) FROM '{csv_path}' WITH (FORMAT csv, HEADER)
        CREATE INDEX ON subject (uscc); CREATE INDEX ON subject USING gin (name gin_trgm_ops); VACUUM ANALYZE subject;
        SELECT pg_total_relation_size('subject');"""
    lines = "\n".join(line.strip() for line in script.splitlines())
    done = subprocess.run(psql, input=lines, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    print(f"PostgreSQL: loaded and indexed in {time.perf_counter() - began:.0f} s, {int(done.stdout) / 1e9:.2f} GB")


def spread(items: list[Any], count: int) -> list[Any]:
    """So many of them, evenly spread."""
    return items[:: max(1, len(items) // count)][:count]


def asked(psql: list[str], kind: Kind, queries: list[tuple[str, dict[str, Any]]]) -> list[float]:
    """Milliseconds of each query as psql measures them; the table is in memory, there is no round to warm up."""
    assert kind.sql is not None
    lines = ["SET statement_timeout = '20s';", "\\timing on"]
    for text, narrowed in queries:
        where = " AND ".join([kind.sql(text), *(condition(*each) for each in narrowed.items())])
        order = f"similarity(name, {quoted(text)}) DESC" if kind.sql is similar else "status NOT IN ('live', 'dormant'), length(name)"  # fmt: skip
        lines.append(f"SELECT * FROM subject WHERE {where} ORDER BY {order} LIMIT 20;")
    done = subprocess.run([*psql, "-o", "/dev/null"], input="\n".join(lines), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    times = [float(each) for each in re.findall(r"^Time: ([\d.]+) ms", done.stdout, re.MULTILINE)]
    return times[-len(queries) :]


def condition(column: str, value: Any) -> str:
    """One filter as SQL."""
    if column == "year":
        return f"established LIKE '{value}-%'"
    return f"{column} = {quoted(value)}"


def table(kinds: list[Kind]) -> None:
    """Percentiles of both, and how many times as long PostgreSQL takes for the queries that both were asked."""
    print(
        f"\n{'milliseconds':22}{'n':>5}{'p50':>9}{'p95':>9}{'p99':>9}{'worst':>9}{'cpu p95':>9}{'p99':>9} | {'n':>4}{'pg p50':>9}{'pg p95':>9} | ratio p50   p95"
    )
    typed = [kind for kind in kinds if "typo" not in kind.title]
    whole = Kind("all but typos", [], None)
    whole.times = {of: flat([kind.times.get(of, []) for kind in typed]) for of in ("hall", "cpu", "pg", "beside")}
    for kind in [*kinds, whole]:
        print(line(kind.title, *(kind.times.get(of, []) for of in ("hall", "cpu", "beside", "pg"))))


def flat(lists: list[list[float]]) -> list[float]:
    """All of them."""
    return [each for some in lists for each in some]


def line(title: str, ours: list[float], cpu: list[float], beside: list[float], theirs: list[float]) -> str:
    """One line of the table. CPU time is what a search takes when nobody else wants the processor."""
    text = f"{title:22}{len(ours):5}" + "".join(f"{percentile(ours, share):9.2f}" for share in (0.5, 0.95, 0.99, 1))
    text += "".join(f"{percentile(cpu, share):9.2f}" for share in (0.95, 0.99))
    if not theirs:
        return text
    shares = (0.5, 0.95)
    ratios = "".join(f"{percentile(theirs, share) / percentile(beside, share):9.0f}x" for share in shares)
    return (
        f"{text} | {len(theirs):4}" + "".join(f"{percentile(theirs, share):9.1f}" for share in shares) + f" | {ratios}"
    )


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them doesn't exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


if __name__ == "__main__":
    main()
