"""Facts, comparisons and walks in an editor's words."""

from collections.abc import Iterable, Mapping
from typing import Any

from hall.check.cases import Case, case_of
from hall.check.encode import Encoder
from hall.check.solve import Model
from hall.content.conditions import All, Any_, Condition, Not, Test, tests_in
from hall.content.models import Element, Exit, Fact, Form, Material, Notice, Question, Step
from hall.content.values import plain_number, show
from hall.journey.answers import REGISTERED

_LONGEST = 30
_OPERATORS = {
    "at_least": "不小于", "at_most": "不大于", "over": "大于", "under": "小于", "before": "早于", "after": "晚于",
}  # fmt: skip


def title_of(facts: Mapping[str, Fact], fact_id: str) -> str:
    """What a fact is called, also the registry's and a group's field."""
    if fact_id.startswith(REGISTERED):
        return "登记的" + title_of(facts, fact_id.removeprefix(REGISTERED))
    if fact := facts.get(fact_id):
        return fact.title
    group, _, name = fact_id.rpartition(".")
    parent = facts.get(group)
    return f"{parent.title}的{parent.of[name].title}" if parent and name in parent.of else fact_id


def fact_of(facts: Mapping[str, Fact], fact_id: str) -> Fact | None:
    """The fact of an id, also of the registry's and of a group's field."""
    bare = fact_id.removeprefix(REGISTERED)
    if bare in facts:
        return facts[bare]
    group, _, name = bare.rpartition(".")
    return facts[group].of.get(name) if group in facts else None


def value_words(fact: Fact | None, value: Any) -> str:
    """A value as an editor sees it: an option's title, 是 or 否, a number with its unit."""
    if fact is None or value is None:
        return "没有回答" if value is None else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if fact.options and isinstance(value, str):
        return fact.options[value].title if value in fact.options else value
    if fact.kind == "choices" and isinstance(value, tuple):
        return "、".join(value_words(fact, each) for each in value) or "都没有"
    try:
        return show(fact, value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return str(value)


def test_words(facts: Mapping[str, Fact], test: Test) -> str:
    """A comparison as a clause: “您是”是“业主”."""
    name, fact = f"“{title_of(facts, test.fact)}”", fact_of(facts, test.fact)
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    quoted = "、".join(f"“{value_words(fact, each)}”" for each in values)
    match test.operator:
        case "answered":
            return f"{name}{'答过' if test.value else '没有答过'}"
        case "is" | "one_of":
            return f"{name}是{quoted}" + ("之一" if len(values) > 1 else "")
        case "is_not":
            return f"{name}不是{quoted}"
        case "has" | "has_any":
            return f"{name}里有{quoted}" + ("之一" if len(values) > 1 else "")
        case "has_all":
            return f"{name}里有{quoted}"
        case "has_none":
            return f"{name}里没有{quoted}"
    return f"{name}{_OPERATORS[test.operator]} {value_words(fact, test.value)}"


def condition_words(facts: Mapping[str, Fact], condition: Condition | None) -> str:
    """A condition as a clause."""
    match condition:
        case Test():
            return test_words(facts, condition)
        case All(parts):
            return "，并且".join(condition_words(facts, part) for part in parts)
        case Any_(parts):
            return "，或者".join(condition_words(facts, part) for part in parts)
        case Not(part):
            return f"不是（{condition_words(facts, part)}）"
    return "没有条件"


def name_of(facts: Mapping[str, Fact], element: Element, forms: Mapping[str, Form] | None = None) -> str:
    """An element of a guide in messages: 问题“董事会”; a form by its title when the forms are given."""
    match element:
        case Question():
            return f"问题“{title_of(facts, element.ask)}”"
        case Exit():
            return f"出口“{short(element.say)}”"
        case Material():
            form = forms.get(element.form or "") if forms else None
            return f"材料“{short(element.name or (form.title if form else element.form) or element.id)}”"
        case Step():
            return f"步骤“{short(element.do)}”"
        case Notice():
            return f"提醒“{short(element.say)}”"
    return "这一项"


def short(text: str) -> str:
    """A text cut to what fits into a message."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def path_words(encoder: Encoder, model: Model, until: int | None = None, about: Iterable[Condition | None] = ()) -> str:
    """The answers of a walk, in their order; of what is known before, what the conditions read."""
    case = case_of(encoder, model, until)
    conditions = [*about, *(question.when for question in encoder.questions if question.ask in case.answers)]
    return case_words(encoder, case, conditions)


def case_words(encoder: Encoder, case: Case, conditions: Iterable[Condition | None]) -> str:
    """Answers joined by arrows; of what is known before, what these conditions read."""
    facts = encoder.roles.facts
    read = {
        source
        for condition in conditions
        for test in tests_in(condition)
        for source in encoder.values.sources(test.fact)
    }
    known = [known_words(facts, key, value) for key, value in case.known.items() if key in read]  # fmt: skip
    answers = [answer_words(facts[key], value) for key, value in case.answers.items()]
    return " → ".join([*known, *answers]) or "一开始"


def known_words(facts: Mapping[str, Fact], fact_id: str, value: Any) -> str:
    """What is known before the first question: “登记的经营主体类型”是“公司”."""
    fact, title = fact_of(facts, fact_id), f"“{title_of(facts, fact_id)}”"
    if fact is not None and fact.kind == "group":
        return f"{title}有 {len(value)} 行" + _rows_words(fact, value)
    return f"{title}是“{value_words(fact, value)}”"


def answer_words(fact: Fact, value: Any) -> str:
    """One answer: “您是”选“业主”."""
    name = f"“{fact.title}”"
    if value is None:
        return f"{name}跳过"
    if fact.kind == "group":
        return f"{name}填 {len(value)} 行" + _rows_words(fact, value)
    if fact.kind in ("choice", "choices", "yes-no"):
        return f"{name}选“{value_words(fact, value)}”"
    number = plain_number(value) if fact.kind == "money" else None
    return f"{name}填“{number + (fact.unit or '万元') if number else value_words(fact, value)}”"


def _rows_words(fact: Fact, rows: Iterable[Mapping[str, Any]]) -> str:
    """What tells the rows apart: their choices."""
    telling = [name for name, field in fact.of.items() if field.kind in ("choice", "yes-no")]
    words = ["，".join(f"{fact.of[name].title}：{value_words(fact.of[name], row[name])}" for name in telling if name in row) for row in rows]  # fmt: skip
    return (
        f"（{'；'.join(word or '一行' for word in words[:4])}{'……' if len(words) > 4 else ''}）" if any(words) else ""
    )
