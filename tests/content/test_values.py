"""Values are read without guessing, and come back the same."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import from_json, parse, reading, show, to_json

USCC = "91350100M000100Y43"  # the sample of GB 32100-2015
RESIDENT = "11010519491231002X"  # the sample of GB 11643


def fact(kind: str, **more) -> Fact:
    return Fact(id="x.y", title="某项", kind=kind, **more)


@given(st.decimals(min_value=0, max_value=10**11, places=6))
def test_an_amount_survives_json_and_paper(amount: Decimal):
    money = fact("money")
    value = parse(money, str(amount))
    assert from_json(money, to_json(value)) == value == amount
    assert parse(money, show(money, value)) == value


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_a_date_survives_json_and_paper(day: date):
    when = fact("date")
    assert from_json(when, to_json(day)) == day
    if day.year >= 1000:
        assert parse(when, show(when, day)) == day


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip))
def test_text_is_kept_exactly(text: str):
    assert parse(fact("text"), text) == text


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "a\nb", "\ud800"])
def test_text_that_cannot_be_printed_is_refused(text: str):
    with pytest.raises(AnswerError):
        parse(fact("text"), text)


def test_letters_that_a_uscc_lacks_are_read_as_digits_and_said():
    typed = USCC.replace("1", "I").replace("0", "o").lower()
    value = parse(fact("uscc"), typed)
    assert value == USCC
    assert "数字 1 和 0" in (reading(fact("uscc"), typed, value) or "")
    assert reading(fact("uscc"), USCC, value) is None


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_resident_id_is_noticed(place: int, digit: str):
    wrong = RESIDENT[:place] + digit + RESIDENT[place + 1 :]
    if wrong == RESIDENT:
        assert parse(fact("person-id"), wrong) == RESIDENT
    else:
        with pytest.raises(AnswerError):
            parse(fact("person-id"), wrong)


@pytest.mark.parametrize(
    "number",
    ["440524188001010014", "830000199201300022", "H60152515", "00123456", "E12345678"],
    ids=["the county is younger than the person", "residence permit", "Hong Kong", "Taiwan", "passport"],
)
def test_every_kind_of_paper_is_accepted(number: str):
    assert parse(fact("person-id"), number) == number


@pytest.mark.parametrize(
    ("number", "why"),
    [("440524188013010011", "出生日期"), ("990105194912310021", "最后一位"), ("470105194912310021", "地区")],
)
def test_a_number_that_nobody_can_have_is_refused(number: str, why: str):
    with pytest.raises(AnswerError, match=why):
        parse(fact("person-id"), number)


def test_old_resident_ids_are_refused_with_the_reason():
    with pytest.raises(AnswerError, match="15 位的老身份证已经停用"):
        parse(fact("person-id"), "110105491231002")


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        ("money", "1.1234567", "6 位小数"),
        ("money", "一百", "数字"),
        ("money", "NaN", "数字"),
        ("integer", "1.5", "整数"),
        ("yes-no", "no", "是或否"),
        ("date", "2026-02-30", "没有"),
        ("postcode", "45000", "6 位"),
        ("email", "a@", "邮箱"),
        ("phone", "12", "电话"),
    ],
)
def test_a_refusal_says_what_to_do(kind: str, raw: str, says: str):
    with pytest.raises(AnswerError, match=says):
        parse(fact(kind), raw)


def test_a_group_names_the_row_and_field_of_every_mistake():
    fields = {
        "name": fact("text").model_copy(update={"title": "姓名"}),
        "share": fact("money").model_copy(update={"title": "出资额"}),
    }
    with pytest.raises(AnswerError) as caught:
        parse(fact("group", of=fields), [{"name": "甲", "share": 1}, {"share": "x"}])
    assert [place for place, _ in caught.value.errors] == ["x.y.2.name", "x.y.2.share"]


def test_a_field_whose_condition_is_false_in_the_row_is_dropped():
    fields = {
        "kind": fact("choice", options={"a": "甲", "b": "乙"}),
        "note": fact("text", when={"kind": "a"}),
    }
    assert parse(fact("group", of=fields), [{"kind": "b", "note": "不该留下"}]) == ({"kind": "b"},)
