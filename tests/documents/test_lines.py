"""Lines broken as Chinese is."""

from hypothesis import given
from hypothesis import strategies as st

from hall.documents.lines import break_lines


def measure(text):
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def test_marks_stay_with_their_words():
    lines = break_lines("企业在存续期间没有产生债务，或者（已经）清偿。", 26, measure)
    assert lines == ["企业在存续期间没有产生债", "务，或者（已经）清偿。"]


def test_words_and_numbers_stay_whole():
    assert break_lines("代码91000000MA0000001R号", 20, measure) == ["代码", "91000000MA0000001R号"]


def test_a_word_wider_than_the_line_is_taken_apart():
    assert break_lines("abcdefgh", 3, measure) == ["abc", "def", "gh"]


@given(st.text(alphabet="甲乙，。（）《》ab12 　\n☑·", max_size=60), st.integers(4, 30))
def test_nothing_is_lost_and_nothing_too_wide(text, width):
    lines = break_lines(text, width, measure)
    assert "".join(lines).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
    assert all(measure(line.rstrip()) <= width for line in lines)
