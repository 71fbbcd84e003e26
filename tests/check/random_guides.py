"""Made-up guides over a small vocabulary that has every kind of fact, and answers to them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hall.content.files import build_file
from hall.content.models import Fact, Guide, Pack
from hall.content.values import parse
from hall.journey.answers import parse_answers
from hall.journey.walk import Walk, walk

FACTS = """
a: {title: 甲, kind: choice, registry: kind, options: {one: 一, two: 二, three: 三}}
b: {title: 乙, kind: choice, options: {one: 一, two: 二, three: 三}}
yes: {title: 是否, kind: yes-no}
other: {title: 另一项, kind: yes-no}
many: {title: 多选, kind: choices, options: {x: 一, y: 二, z: 三}}
age: {title: 年龄, kind: integer, at_least: 0, at_most: 9}
limit: {title: 上限, kind: integer, at_least: 0, at_most: 9}
sum: {title: 金额, kind: money, over: 0, registry: capital}
day: {title: 日期, kind: date, at_least: 2026-01-01}
word: {title: 文字, kind: text}
free: {title: 可跳过, kind: yes-no}
rows:
  title: 各行
  kind: group
  at_most: 6
  of:
    name: {title: 名称, kind: text}
    kind: {title: 类, kind: choice, options: {p: 人, c: 企业}}
    flag: {title: 标记, kind: yes-no, when: {kind: p}}
    part: {title: 份额, kind: integer, at_least: 0, at_most: 5}
rows.count: {title: 行数, kind: integer, derived: {count: rows}}
rows.people: {title: 人数, kind: integer, derived: {count: rows, where: {kind: p}}}
rows.any: {title: 有企业, kind: yes-no, derived: {any: rows, where: {kind: c}}}
rows.flagged: {title: 有标记, kind: yes-no, derived: {any: rows, where: {flag: true}}}
rows.all: {title: 都是人, kind: yes-no, derived: {all: rows, where: {kind: p}}}
rows.sum: {title: 合计, kind: integer, derived: {sum: rows.part}}
rows.first: {title: 第一个企业的份额, kind: integer, derived: {first: rows.part, where: {kind: c}}}
older: {title: 比较, kind: choice, options: {less: 小, same: 同, more: 大}, derived: {compare: [age, limit]}}
alike: {title: 相同, kind: yes-no, derived: {same: [a, b]}}
either: {title: 先有的, kind: choice, options: {one: 一, two: 二, three: 三}, derived: {either: [b, registered.a]}}
both: {title: 都成立, kind: yes-no, derived: {when: {yes: true, not: {a: one}}}}
"""
FACTS_BY_ID: dict[str, Fact] = build_file("data/facts/all.yaml", FACTS.encode()).sound
PACK = Pack(facts=FACTS_BY_ID)
ASKED = ["a", "b", "yes", "other", "many", "age", "limit", "sum", "day", "word", "free", "rows"]

_options = st.sampled_from(["one", "two", "three"])
_number = st.integers(0, 10)
_several = st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True)


def _compared(values: st.SearchStrategy[Any], *operators: str) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(operators), values, min_size=1, max_size=2)


def _tests() -> st.SearchStrategy[dict[str, Any]]:
    ordered = ("at_least", "at_most", "over", "under")
    choice = st.one_of(
        _options, st.lists(_options, min_size=1, max_size=2), st.builds(lambda v: {"is_not": v}, _options)
    )
    by_fact = {
        "a": choice, "b": choice, "registered.a": choice, "either": choice, "older": st.sampled_from(["less", "same", "more"]),
        "word": st.sampled_from(["红", "蓝", ["红", "蓝"]]),
        "many": st.builds(lambda o, v: {o: v}, st.sampled_from(["has_any", "has_all", "has_none"]), _several),
        "age": st.one_of(_number, _compared(_number, *ordered)), "limit": _compared(_number, *ordered),
        "sum": _compared(st.sampled_from([1, 2, Decimal("2.5")]), *ordered),
        "registered.sum": _compared(st.sampled_from([1, 2]), *ordered),
        "day": _compared(st.dates(date(2026, 1, 1), date(2026, 1, 4)), "before", "after"),
        "rows.count": st.one_of(st.integers(0, 7), _compared(st.integers(0, 4), *ordered)),
        "rows.people": _compared(st.integers(0, 3), *ordered), "rows.sum": _compared(st.integers(0, 40), *ordered),
        "rows.first": _compared(st.integers(0, 5), *ordered), "rows.kind": st.just({"has": "c"}),
    }  # fmt: skip
    for name in ("yes", "other", "free", "rows.any", "rows.flagged", "rows.all", "alike", "both"):
        by_fact[name] = st.booleans()
    single = [st.builds(lambda v, n=name: {n: v}, values) for name, values in by_fact.items()]
    answered = st.builds(lambda n, v: {n: {"answered": v}}, st.sampled_from([*ASKED, "older"]), st.booleans())
    return st.one_of(*single, answered)


conditions = st.recursive(
    _tests(),
    lambda inner: st.one_of(
        st.builds(lambda p: {"any": p}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: {"all": p}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: {"not": p}, inner),
    ),
    max_leaves=4,
)


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """A guide of a few questions, exits and materials."""
    asked = draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=7))
    questions = []
    for fact in asked:
        question: dict[str, Any] = {"ask": fact, "required": fact != "free"}
        if draw(st.booleans()):
            question["when"] = draw(conditions)
        if fact in ("a", "b") and draw(st.booleans()):
            question["options"] = draw(st.lists(_options, min_size=1, max_size=2, unique=True))
        questions.append(question)
    exits = [{"when": each, "say": "出口"} for each in draw(st.lists(conditions, max_size=3))]
    materials: list[dict[str, Any]] = [
        {"id": f"m{index}", "name": "材料", "when": each}
        for index, each in enumerate(draw(st.lists(conditions, min_size=1, max_size=5)))
    ]
    materials[0]["per"] = draw(st.sampled_from([None, "rows", {"each": "rows", "where": {"kind": "c"}}]))
    raw = {"id": "made", "title": "试", "in_force": {}, "for": [], "basis": [], "subject": "registered"}
    return Guide.model_validate({**raw, "questions": questions, "exits": exits, "materials": materials})


_ROW = st.fixed_dictionaries(
    {
        "name": st.just("甲"),
        "kind": st.sampled_from("pc"),
        "flag": st.booleans(),
        "part": st.integers(0, 5),
    }
)
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "a": _options, "b": _options, "yes": st.booleans(), "other": st.booleans(), "free": st.none() | st.booleans(),
    "many": st.lists(st.sampled_from("xyz"), max_size=3, unique=True), "age": st.integers(0, 9),
    "limit": st.integers(0, 9), "sum": st.sampled_from([Decimal("0.000001"), 1, 2, Decimal("2.5"), 3]),
    "day": st.dates(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=5)), "word": st.sampled_from(["红", "蓝", "绿"]),
    "rows": st.lists(_ROW, max_size=6),
}  # fmt: skip


def walked(guide: Guide, raw: dict[str, Any], known: dict[str, Any]) -> Walk:
    """The engine's walk of raw answers."""
    return walk(PACK.facts, guide, parse_answers(PACK.facts, raw), parse_answers(PACK.facts, known))


def walk_at_random(guide: Guide, data: st.DataObject) -> Walk:
    """The engine's walk, each question that comes up answered as drawn, until it ends."""
    known = {"registered.a": data.draw(_options), "registered.sum": data.draw(ANSWERS["sum"])}
    answers: dict[str, Any] = {}
    done = walked(guide, answers, known)
    while done.question is not None:
        question = done.question
        if question.ask in answers:
            return done  # asked again with fewer options: no way on
        drawn = data.draw(ANSWERS[question.ask] if not question.options else st.sampled_from(question.options))
        answers[question.ask] = drawn
        done = walked(guide, answers, known)
    return done


def accepted(values: dict[str, Any]) -> dict[str, Any]:
    """The values, each read by its own fact."""
    return {key: None if value is None else parse(PACK.facts[key], value) for key, value in values.items()}
