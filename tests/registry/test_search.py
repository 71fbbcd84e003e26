"""Search: what a plain scan finds is found, nothing else, best first."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.registry.demo import EXAMPLES, subjects
from hall.registry.store import Registry
from hall.registry.subject import STATUSES
from hall.registry.text import fold
from tests.registry.made import code, every, loaded, names, old_number, row

AWKWARD = (
    "郑州示范嵩麓科技有限公司", "郑州嵩麓", "嵩麓", "麓", "嵩麓嵩麓嵩麓", "河南嵩麓郑州科技", "100%果汁店", "100_果汁店", "百分百果汁店",
    "“示范”商行", 'A"B"C示范', "A*B示范", "NEAR示范店", "示范 OR 样例", "ＡＢＣ示范（河南）有限公司", "ABC示范(河南)有限公司", "示范·阿里木·买买提店",
    "示范𬭳业𫘝店", "𬭳𫘝", "示范 中 间 有 空 格", "①号示范店", "示范ﬁt健身", "Straße示范", "示范-连-字-符", "示范'店", "示范;店", "示范\\店", "示范^店",
    "石家庄银行示范支行", "重庆火锅示范店", "绿城示范女装店", "西安小吃示范店", "先示范店",
)  # fmt: skip
ROWS = [row(number, name, status=list(STATUSES)[number % 6]) for number, name in enumerate(AWKWARD)]
ROWS += [dict(each) for each in subjects(300)]


@pytest.fixture(scope="module")
def awkward(tmp_path_factory):
    """A registry of awkward names and made-up ones."""
    folder = tmp_path_factory.mktemp("awkward")
    assert loaded(folder, ROWS).rejected == 0
    return Registry(folder)


fragments = st.sampled_from([each["name"] for each in ROWS]).flatmap(
    lambda name: st.tuples(st.integers(0, len(name) - 1), st.integers(1, len(name))).map(
        lambda cut: name[cut[0] : cut[0] + cut[1]]
    )
)
texts = st.one_of(fragments, st.lists(fragments, min_size=2, max_size=2).map("".join), st.text(max_size=4))
filters = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["410000", "410100", "410300", "419001"]),
        "status": st.sampled_from(list(STATUSES)),
        "kind": st.sampled_from(["company", "individual-business", "branch"]),
        "year": st.integers(2015, 2025),
    },
)


def within(each: dict[str, str], region: str = "", status: str = "", kind: str = "", year: int = 0) -> bool:
    return (
        each["region"].startswith({"410000": "41", "419001": "419001"}.get(region, region[:4]))
        and status in ("", each["status"])
        and kind in ("", each["kind"])
        and (not year or each.get("established", "").startswith(str(year)))
    )


@settings(max_examples=600, deadline=None)
@given(texts, filters)
def test_a_plain_scan_finds_the_same(awkward, text, narrowed):
    found = sorted(names(awkward, text, **narrowed))
    words = [word for word in map(fold, text.split()) if word]
    scanned = sorted(
        each["name"]
        for each in ROWS
        if words and all(word in fold(each["name"]) for word in words) and within(each, **narrowed)
    )
    if text.isascii():  # letters are pinyin too, digits may begin a number
        assert set(scanned) <= set(found)
    else:
        assert found == scanned


@settings(max_examples=200, deadline=None)
@given(fragments)
def test_what_contains_the_text_as_it_is_written_is_found(awkward, text):
    literally = {each["name"] for each in ROWS if text.strip() and text in each["name"]}
    assert literally <= set(names(awkward, text))


@settings(max_examples=200, deadline=None)
@given(fragments)
def test_exact_then_prefix_then_contained_and_in_each_the_living_first(awkward, text):
    whole = fold(text)

    def place(subject):
        name = fold(subject.name)
        kind = 0 if name == whole else 1 if name.startswith(whole) else 2 if whole in name else 3
        return kind, not subject.live, len(name)

    found = every(awkward, text) if not text.isascii() else ()
    assert all(place(left) <= place(right) for left, right in pairwise(found))


def test_the_exact_name_comes_first_even_when_it_is_gone(tmp_path):
    gone, living = row(1, "示范嵩麓", status="revoked"), row(2, "示范嵩麓商行")
    loaded(tmp_path, [living, gone, row(3, "河南示范嵩麓")])
    assert names(Registry(tmp_path), "示范嵩麓") == ["示范嵩麓", "示范嵩麓商行", "河南示范嵩麓"]


def test_pages_join_to_the_whole(demo):
    whole = every(demo, "示范")
    pages = [demo.find("示范", limit=17, offset=start) for start in range(0, len(whole) + 17, 17)]
    assert [each for page in pages for each in page.subjects] == list(whole)
    assert [page.more for page in pages[-2:]] == [False, False]
    assert pages[0].more


@pytest.mark.parametrize("text", ["%", "_", "*", '"', "'", "科技%", "科_", "^示", "示范*", "NEAR(示范 店)", "示范 NOT 店", "{示范}", "grams:示范", "\\", ";--", "(", "-示范", "示范\x00", "\ud800", "\u202e"])  # fmt: skip
def test_signs_are_only_signs(awkward, text):
    words = [word for word in map(fold, text.split()) if word]
    for each in every(awkward, text):
        assert all(word in fold(each.name) for word in words)


@pytest.mark.parametrize("text", ["", " ", "　", "\t\n", "\u200b"])
def test_nothing_is_found_for_nothing(demo, text):
    assert demo.find(text).subjects == ()


def test_by_number(demo):
    assert demo.get("91000000MA0000001R").name == EXAMPLES[0]["name"]
    assert demo.get("9100 0000 mao oooo oIR").name == EXAMPLES[0]["name"]
    assert names(demo, EXAMPLES[1]["uscc"].lower()) == [EXAMPLES[1]["name"]]
    assert names(demo, EXAMPLES[1]["uscc"][:17])[0] == EXAMPLES[1]["name"]
    assert demo.get("91000000MA0000009X") is None
    assert demo.get("示范") is None


@pytest.mark.parametrize(
    ("filters", "within"),
    [({"region": "410300"}, True), ({"region": "410100"}, False), ({"status": "live"}, True), ({"status": "revoked"}, False),
     ({"kind": "branch"}, False), ({"year": 2016}, True), ({"year": 2017}, False)],
)  # fmt: skip
def test_numbers_are_narrowed_too(demo, filters, within):
    number = EXAMPLES[1]["uscc"]
    for typed in (number, number[:16], number[:-1] + "3"):
        assert (EXAMPLES[1]["name"] in [each.name for each in demo.find(typed, **filters).subjects]) == within


def test_one_found_by_number_and_by_name_is_given_once(tmp_path):
    loaded(tmp_path, [row(1, "91419999示范店"), row(2, "示范二店")])
    assert sorted(names(Registry(tmp_path), "91419999")) == ["91419999示范店", "示范二店"]


def test_texts_longer_than_any_name_find_nothing(demo):
    for text in ("示" * 1000, "zheng" * 1000, "甲 " * 1000, "9" * 1000):
        assert demo.find(text).subjects == ()


def test_by_registration_number(tmp_path):
    loaded(tmp_path, [row(1, "示范老店", uscc="", reg_no=old_number(7)), row(2, "示范新店")])
    registry = Registry(tmp_path)
    assert registry.get(old_number(7)).name == "示范老店"
    assert names(registry, old_number(7)) == ["示范老店"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_of_a_number_is_forgiven(demo, place, char):
    right = EXAMPLES[0]["uscc"]
    wrong = right[:place] + char + right[place + 1 :]
    found = demo.find(wrong)
    assert EXAMPLES[0]["name"] in [each.name for each in found.subjects]
    assert found.corrected == (wrong != right)


def edits(name: str) -> st.SearchStrategy[str]:
    """The name with one character replaced, too many, missing, or swapped with the next."""
    cuts = st.integers(0, len(name) - 1).map(lambda place: (name[:place], name[place], name[place + 1 :]))
    return cuts.flatmap(
        lambda cut: st.sampled_from(
            [
                f"{cut[0]}犇{cut[2]}",
                f"{cut[0]}犇{cut[1]}{cut[2]}",
                cut[0] + cut[2],
                cut[0] + cut[2][:1] + cut[1] + cut[2][1:],
            ]
        )
    )


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([each["name"] for each in ROWS if len(each["name"]) > 6 and "ß" not in each["name"]]).flatmap(lambda n: st.tuples(st.just(n), edits(n))))  # fmt: skip
def test_one_wrong_character_of_a_name_is_forgiven(awkward, pair):
    name, typed = pair
    found = awkward.find(typed, limit=500)
    assert fold(name) in [fold(each.name) for each in found.subjects]


def test_forgiving_says_so_and_only_when_nothing_is_found_as_typed(demo):
    assert not demo.find("嵩麓科技").corrected
    assert demo.find("嵩麗科技").corrected
    assert demo.find("郑州示范松麓科技有限公司").subjects[0].name == EXAMPLES[0]["name"]


def test_what_filters_exclude_is_not_replaced_by_something_alike(demo):
    found = demo.find("郑州示范嵩麓科技有限公司", region="410300")
    assert found.subjects == ()
    assert not found.corrected


def test_what_sounds_the_same_is_found(demo):
    found = demo.find("崧路")
    assert found.corrected
    assert EXAMPLES[0]["name"] in [each.name for each in found.subjects]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zzsfslkj", EXAMPLES[0]["name"]),
        ("slkj", EXAMPLES[0]["name"]),
        ("SLKJ", EXAMPLES[0]["name"]),
        ("sl", EXAMPLES[0]["name"]),
        ("zhengzhoushifansonglu", EXAMPLES[0]["name"]),
        ("zheng zhou shi fan song lu", EXAMPLES[0]["name"]),
        ("songlukej", EXAMPLES[0]["name"]),
        ("song", EXAMPLES[0]["name"]),
        ("yinhang", "石家庄银行示范支行"),
        ("sjzyh", "石家庄银行示范支行"),
        ("chongqinghuoguo", "重庆火锅示范店"),
        ("cqhg", "重庆火锅示范店"),
        ("lvcheng", "绿城示范女装店"),
        ("lüchengshifannüzhuang", "绿城示范女装店"),
        ("xi'anxiaochi", "西安小吃示范店"),
        ("xian", "西安小吃示范店"),
        ("xian", "先示范店"),
        ("abcsf", "ABC示范(河南)有限公司"),
        ("hnyxgs", "ABC示范(河南)有限公司"),
    ],
)
def test_by_pinyin_and_initials(awkward, text, name):
    assert name in names(awkward, text)


def test_names_that_begin_with_the_initials_come_before_those_that_contain_them(tmp_path):
    loaded(tmp_path, [row(1, "河南郑州示范"), row(2, "郑州示范经营部"), row(3, "郑州示范")])
    assert names(Registry(tmp_path), "zzsf") == ["郑州示范", "郑州示范经营部", "河南郑州示范"]


def test_filters_that_do_not_exist_are_refused(demo):
    for wrong in ({"status": "alive"}, {"kind": "shop"}, {"region": "郑州"}, {"region": "4101000"}):
        with pytest.raises(ValueError, match=r"没有|行政区划"):
            demo.find("示范", **wrong)


def test_without_a_registry_nothing_is_found(tmp_path):
    registry = Registry(tmp_path)
    assert not registry.loaded
    assert registry.find("示范").subjects == ()
    assert registry.get(code(1)) is None
