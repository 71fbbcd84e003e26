"""Identity numbers: the unified social credit code and the numbers that persons have."""

import re
import unicodedata

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

_PASSPORT = re.compile(r"(?=.*[A-Z])[A-Z0-9]{5,17}")
_RESIDENCE_PERMIT = re.compile(r"8[123]0000\d{11}[\dX]")
_PERMANENT_RESIDENT = re.compile(r"9\d{16}[\dX]")
_TAIWAN_PERMIT = re.compile(r"\d{8}")
_REGIONS = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_PROVINCES = frozenset(str(code) for first, last in _REGIONS for code in range(first, last + 1))


def read_uscc(text: str) -> str:
    """The USCC (GB 32100-2015) that is meant: I read as 1 and O as 0 where that makes it valid.

    Raises ValueError with the reason in Chinese.
    """
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if len(code) != 18:
        raise ValueError(f"统一社会信用代码是 18 位，您填了 {len(code)} 位。")
    if uscc.is_valid(code):
        return code
    meant = code.replace("I", "1").replace("O", "0")
    if uscc.is_valid(meant):
        return meant
    bad = sorted(set(re.findall(r"[^0-9A-HJ-NPQRTUWXY]", meant)))
    if bad:
        raise ValueError(f"统一社会信用代码里没有“{'、'.join(bad)}”这样的字符，请对照营业执照核对。")
    raise ValueError("统一社会信用代码的校验位不对，多半有一位填错了，请对照营业执照核对。")


def read_person_number(text: str) -> str:
    """A resident id (GB 11643), a foreigner's permanent residence card, a permit of Hong Kong, Macao or Taiwan
    residents, or a passport number.

    Raises ValueError with the reason in Chinese.
    """
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"\d{15}", number):
        raise ValueError("15 位的老身份证已经停用，请填 18 位的号码。")
    if _RESIDENCE_PERMIT.fullmatch(number) or _PERMANENT_RESIDENT.fullmatch(number):
        if _check_character(number[:17]) != number[17]:
            raise ValueError("居住证、居留身份证号码的最后一位不对，请核对。")
        return number
    if _TAIWAN_PERMIT.fullmatch(number) or _PASSPORT.fullmatch(number):
        return number
    if re.fullmatch(r"\d{17}[\dX]", number):
        return _resident(number)
    raise ValueError("证件号码不对：居民身份证是 18 位；护照、通行证照证件上的字母和数字填写。")


def _resident(number: str) -> str:
    """A resident id: check character, date of birth, province.

    The county isn't checked: it is the one at the time of numbering, which may be younger than the person.
    """
    if _check_character(number[:17]) != number[17]:
        raise ValueError("身份证号码的最后一位（校验位）对不上，请逐位核对。")
    try:
        ric.get_birth_date(number)
    except ValidationError as error:
        raise ValueError("身份证号码里的出生日期不对，请核对。") from error
    if number[:2] not in _PROVINCES:
        raise ValueError("身份证号码开头的地区代码不对，请核对。")
    return number


def _check_character(first: str) -> str:
    """ISO 7064 MOD 11-2, as GB 11643 has it."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _weights(), strict=True))
    return "10X98765432"[total % 11]


def _weights() -> list[int]:
    return [2 ** (17 - index) % 11 for index in range(17)]
