"""How names sound: pinyin syllables and their initials, as index tokens.

The reading of a character comes from pypinyin; where a word of two characters reads otherwise than its
characters do (银行, 重庆), the word's reading counts.
"""

from functools import lru_cache
from itertools import pairwise

SOUND = "\U0010f002"
"""Before a token of two syllables, which keeps it apart from other tokens."""
FIRST, LAST = "\U0010f003", "\U0010f004"
"""Before the first and after the last initial."""


@lru_cache
def readings() -> dict[str, str]:
    """Character to syllable without tone (ü as v), for every character that pypinyin knows."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    return {chr(code): to_normal(sounds.split(",")[0], v_to_u=False) for code, sounds in pinyin_dict.items()}


@lru_cache
def word_readings() -> dict[str, tuple[str, str]]:
    """Words of two characters that read otherwise than their characters."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict

    single, words = readings(), {}
    for word, sounds in phrases_dict.items():
        if len(word) == 2:
            read = (to_normal(sounds[0][0], v_to_u=False), to_normal(sounds[1][0], v_to_u=False))
            if read != (single.get(word[0]), single.get(word[1])):
                words[word] = read
    return words


@lru_cache
def _changing() -> frozenset[str]:
    return frozenset(word[0] for word in word_readings())


def syllables(folded: str) -> list[str]:
    """A syllable for each character of a folded name; signs are silent, letters and digits stand for themselves."""
    spoken = folded if folded.isalnum() else "".join([char for char in folded if char.isalnum()])
    single = readings()
    found = [single.get(char, char) for char in spoken]
    if not _changing().isdisjoint(spoken):
        words = word_readings()
        for index in range(len(spoken) - 1):
            if read := words.get(spoken[index : index + 2]):
                found[index : index + 2] = read
    return found


def sound_tokens(read: list[str]) -> list[str]:
    """Each two neighbouring syllables as a token."""
    return [SOUND + left + right for left, right in pairwise(read)]


def initials(read: list[str]) -> str:
    """The first letter of each syllable."""
    return "".join([each[0] for each in read])


def letter_tokens(read: list[str]) -> list[str]:
    """Each three neighbouring initials, begin and end marked: 郑州科技 is ^zz, zzk, zkj, kj$."""
    letters = FIRST + initials(read) + LAST
    return [letters[index : index + 3] for index in range(len(letters) - 2)]
