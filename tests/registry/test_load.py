"""Loads: nothing dropped unseen, every encoding, yesterday's data whole whatever happens."""

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc as library

from hall.registry import files
from hall.registry.changes import change
from hall.registry.columns import STORED, is_uscc
from hall.registry.demo import EXAMPLES, ensure_demo, subjects
from hall.registry.load import load
from hall.registry.rows import LoadError
from hall.registry.store import Registry
from tests.registry.made import code, every, loaded, names, old_number, row, write

ROOT = Path(__file__).resolve().parents[2]
RARE = row(9, "示范𬭳𫘝㐂·﨑商行", legal_representative="示例", scope="第一行\n第二行，带“引号”")


def refused(folder: Path) -> list[dict[str, str]]:
    with files.report(folder).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_loaded_can_be_read_back(tmp_path):
    rows = list(subjects(120))
    assert loaded(tmp_path, rows).rows == 120
    registry = Registry(tmp_path)
    for each in rows:
        subject = registry.get(each["uscc"] or each["reg_no"])
        assert (subject.name, subject.status, subject.kind) == (each["name"], each["status"], each["kind"])
        assert subject.established.isoformat() == each.get("established")
        assert str(subject.capital or "") == each.get("capital", "")
        assert (subject.abnormal is None) == (not each.get("abnormal_reason"))
    assert [holder.name for holder in registry.get(EXAMPLES[0]["uscc"]).shareholders] == [
        "李文静",
        "洛阳示范恒远商贸有限公司",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_detected(tmp_path, encoding):
    path = write(tmp_path / "subjects.csv", [RARE, row(10, "示范二")], encoding)
    assert load(path, tmp_path).rows == 2
    found = Registry(tmp_path).get(code(9))
    assert (found.name, found.scope) == (RARE["name"], RARE["scope"])


def test_chinese_titles_words_and_ways_to_write_dates_and_amounts(tmp_path):
    text = "统一社会信用代码,名称,类型,状态,成立日期,注册资本,营业期限至,备注\n"
    text += f"{code(1).lower()}, 示范店 ,个体户,在营,2020年5月1日,１００万元,长期,x\n{code(2)},示范二,有限责任公司,吊销，未注销,20200501,1.50,2030/1/2,\n"
    (tmp_path / "subjects.csv").write_text(text, encoding="gb18030")
    done = load(tmp_path / "subjects.csv", tmp_path)
    first, second = (Registry(tmp_path).get(code(number)) for number in (1, 2))
    assert done.unknown == ("备注",)
    assert (first.name, first.kind, first.status, first.term_until) == ("示范店", "individual-business", "live", None)
    assert (str(first.established), first.capital) == ("2020-05-01", 100)
    assert (second.kind, second.status, str(second.established), str(second.term_until)) == ("company", "revoked", "2020-05-01", "2030-01-02")  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("有限责任公司（自然人投资或控股）", "company"),
        ("其他股份有限公司(非上市)", "company"),
        ("有限责任公司分公司（自然人独资）", "branch"),
        ("个人独资企业分支机构", "branch"),
        ("全民所有制", "non-company-enterprise"),
        ("有限合伙企业", "partnership"),
        ("个体工商户", "individual-business"),
    ],
)
def test_full_type_names_are_understood(tmp_path, words, kind):
    loaded(tmp_path, [row(1, "示范店", kind=words)])
    assert Registry(tmp_path).get(code(1)).kind == kind


BAD = {
    "校验位": row(1, "示范店") | {"uscc": code(1)[:17] + ("1" if code(1)[17] != "1" else "2")},
    "注册号": row(1, "示范店", reg_no="419999000000011"),
    "都没有": row(1, "示范店", uscc=""),
    "名称：没有填": row(1, " "),
    "看得见|可以看见": row(1, "\u200b"),
    "名称超过": row(1, "示" * 201),
    "控制字符": row(1, "示范\x07店"),
    "状态：没有填": row(1, "示范店", status=""),
    "不认识状态": row(1, "示范店", status="开着"),
    "不认识类型": row(1, "示范店", kind="铺子"),
    "行政区划": row(1, "示范店", region="4101"),
    "没有“2021-02-29”": row(1, "示范店", established="2021-02-29"),
    "不是日期": row(1, "示范店", approved="去年"),
    "不是金额": row(1, "示范店", capital="很多"),
    "负数": row(1, "示范店", capital="-1"),
    "JSON": row(1, "示范店", shareholders="李"),
    "name": row(1, "示范店", shareholders='[{"kind":"person"}]'),
    "kind 只能": row(1, "示范店", shareholders='[{"name":"示例","kind":"dog"}]'),
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_row_is_reported_with_its_line_and_reason(tmp_path, reason):
    done = loaded(tmp_path, [row(2, "示范二"), BAD[reason], row(3, "示范三")])
    assert (done.rows, done.rejected, done.report) == (2, 1, files.report(tmp_path))
    (report,) = refused(tmp_path)
    assert report["line"] == "3"
    assert any(word in report["reason"] for word in reason.split("|"))


def test_a_row_with_several_mistakes_names_them_all(tmp_path):
    loaded(tmp_path, [row(1, "示范一"), row(2, "", region="x", established="y")])
    assert refused(tmp_path)[0]["reason"].count("；") == 2


def test_a_number_that_is_there_twice_is_refused_the_second_time(tmp_path):
    rows = [
        row(1, "示范一", reg_no=old_number(1)),
        row(2, "示范二"),
        row(1, "示范三"),
        row(3, "示范四", reg_no=old_number(1)),
    ]
    assert loaded(tmp_path, rows).rows == 2
    assert [(each["line"], "第 2 行" in each["reason"]) for each in refused(tmp_path)] == [("4", True), ("5", True)]
    assert names(Registry(tmp_path), "示范") == ["示范一", "示范二"]


def test_an_open_quote_costs_one_line(tmp_path):
    lines = ["uscc,name,status"] + [f"{code(number)},示范{number}店,live" for number in range(200)]
    lines[100] = f'{code(99)},"示范99店,live'
    (tmp_path / "subjects.csv").write_text("\n".join(lines), encoding="utf-8")
    done = load(tmp_path / "subjects.csv", tmp_path)
    assert (done.rows, [each["line"] for each in refused(tmp_path)]) == (199, ["101"])


def test_bytes_of_another_encoding_cost_one_line(tmp_path):
    lines = [f"{code(number)},示范{number}店,live\r\n".encode() for number in range(50)]
    lines[20] = f"{code(20)},示范20店,live\r\n".encode("gb18030")
    (tmp_path / "subjects.csv").write_bytes(b"uscc,name,status\r\n" + b"".join(lines))
    done = load(tmp_path / "subjects.csv", tmp_path)
    assert (done.rows, [each["line"] for each in refused(tmp_path)]) == (49, ["22"])


junk = st.text(
    st.characters(codec="utf-8", exclude_characters='"\r\n\x1c\x1d\x1e\x85\u2028\u2029\x0b\x0c'), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.one_of(st.integers(1, 60), junk), max_size=40), encoding=st.sampled_from(["utf-8", "gb18030"]))
def test_every_line_is_loaded_or_reported(tmp_path_factory, lines, encoding):
    folder = tmp_path_factory.mktemp("lines")
    written = [f"{code(each)},示范{each}店,live" if isinstance(each, int) else each for each in lines]
    text = "\n".join(["uscc,name,status", f"{code(0)},示范零店,live", *written])
    (folder / "subjects.csv").write_bytes(text.encode(encoding))
    done = load(folder / "subjects.csv", folder)
    assert done.rows + done.rejected == 1 + sum(line != "" for line in written)
    assert done.rows == 1 + len({each for each in lines if isinstance(each, int)})
    assert done.rejected == (len(refused(folder)) if done.report else 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "是空的"),
        ("uscc,name\n", "缺少列：状态"),
        ("name,status\n示范,live\n", "统一社会信用代码或者注册号"),
        ("uscc,name,name,status\n", "写了两次：name"),
        ("uscc,name,status\n", "没有一行能用"),
        ("uscc,name,status\n1,示范,live\n", "没有一行能用，原因见"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(tmp_path, text, says):
    loaded(tmp_path, [row(1, "示范一")])
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match=says):
        load(tmp_path / "bad.csv", tmp_path)
    assert names(Registry(tmp_path), "示范") == ["示范一"]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LoadError, match="读写"):
        load(tmp_path / "none.csv", tmp_path)


def test_an_open_registry_takes_up_the_new_file(tmp_path):
    registry = Registry(tmp_path)
    for number in range(1, 5):
        loaded(tmp_path, [row(number, f"示范{number}")])
        assert names(registry, "示范") == [f"示范{number}"]
    assert len(list(files.folder(tmp_path).glob("subjects-*.sqlite"))) == 2


def test_readers_never_fail_while_loads_replace_each_other(tmp_path):
    rows = [row(number, f"示范{number}店") for number in range(50)]
    loaded(tmp_path, rows)
    registry, counts, over = Registry(tmp_path), [], threading.Event()

    def read() -> None:
        while not over.is_set():
            counts.append(len(every(registry, "示范")))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        loaded(tmp_path, rows)
        change(write(tmp_path / "changes.csv", rows[:10]), tmp_path)
    over.set()
    for reader in readers:
        reader.join()
    assert set(counts) == {50}


KILLED = """
import os, signal, sys
from pathlib import Path
from hall.registry import changes, files, load
left = int(sys.argv[3])
def die(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
load.BATCH_ROWS = changes.BATCH_ROWS = 10
def dying(step):
    return lambda *given: (die(), step(*given))[1]
os.replace, os.fsync = dying(os.replace), dying(os.fsync)
{"load": load.load, "change": changes.change}[sys.argv[4]](Path(sys.argv[1]), Path(sys.argv[2]), die)
"""


def killed_after(steps: int, csv_path: Path, folder: Path, what: str) -> bool:
    """Whether the load was killed before its end."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, csv_path, folder, str(steps), what], cwd=ROOT, env=dict(os.environ)
    )
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@pytest.mark.parametrize("what", ["load", "change"])
def test_killed_at_any_step_the_old_data_serves_and_the_next_load_works(tmp_path, what):
    old, new = (
        [row(number, f"旧示范{number}") for number in range(30)],
        [row(number, f"新示范{number}") for number in range(30)],
    )
    loaded(tmp_path, old)
    registry, csv_path, steps = Registry(tmp_path), write(tmp_path / "new.csv", new), 0
    while killed_after(steps, csv_path, tmp_path, what):
        found = names(registry, "示范")
        assert len(found) == 30
        assert {name[0] for name in found} in ({"旧"}, {"新"} if what == "load" else set())
        steps += 1 if steps < 3 else 2
    assert steps >= 3
    assert {name[0] for name in names(registry, "示范")} == {"新"}
    assert len(names(registry, "新示范")) == 30
    loaded(tmp_path, old)
    assert {name[0] for name in names(registry, "示范")} == {"旧"}
    assert len(list(files.folder(tmp_path).glob("subjects-*.sqlite"))) <= 2


def test_a_swap_that_fails_leaves_the_old_data(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    loaded(tmp_path, [row(1, "示范一")])
    with monkeypatch.context() as patched, pytest.raises(LoadError, match="No space"):
        patched.setattr(os, "replace", full)
        loaded(tmp_path, [row(2, "示范二")])
    assert names(Registry(tmp_path), "示范") == ["示范一"]


def test_one_load_at_a_time(tmp_path):
    path = write(tmp_path / "subjects.csv", [row(1, "示范一")])
    with files.lock(tmp_path):
        for start in (load, change):
            with pytest.raises(LoadError, match="另一个装载"):
                start(path, tmp_path)


@settings(max_examples=300)
@given(st.integers(0, 10**7 - 1), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_the_check_of_codes_is_the_librarys(number, place, char):
    changed = code(number)[:place] + char + code(number)[place + 1 :]
    assert is_uscc(changed) == library.is_valid(changed)


def test_every_column_of_the_demonstration_is_known():
    with (ROOT / "data" / "registry-demo.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == STORED


def test_a_file_of_another_version_counts_as_none_and_is_not_changed(tmp_path):
    loaded(tmp_path, [row(1, "示范一")])
    with closing(sqlite3.connect(files.current(tmp_path))) as connection:
        connection.execute("PRAGMA user_version = 1")
    registry = Registry(tmp_path)
    assert not registry.loaded
    assert registry.find("示范").subjects == ()
    with pytest.raises(LoadError, match="别的版本"):
        change(write(tmp_path / "changes.csv", [row(2, "示范二")]), tmp_path)
    ensure_demo(tmp_path)
    assert not registry.loaded
    loaded(tmp_path, [row(1, "示范一")])
    assert registry.loaded


def test_a_demonstration_of_another_version_is_loaded_anew(tmp_path):
    ensure_demo(tmp_path)
    with closing(sqlite3.connect(files.current(tmp_path))) as connection:
        connection.execute("PRAGMA user_version = 1")
    ensure_demo(tmp_path)
    assert names(Registry(tmp_path), EXAMPLES[0]["name"]) == [EXAMPLES[0]["name"]]
