"""Receipt numbers, readable aloud and with a check character, and the signature that proves a receipt offline.

The number is HN, the day, eight letters or digits without look-alikes, and a check character (Luhn modulo 34)
that finds each wrong character and nearly every exchange of neighbours. The signature is a JSON Web Signature
(RFC 7515, EdDSA) over number, moment and digest, so that whoever has the hall's public key can check a receipt
without asking the hall. It says nothing personal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from stdnum import luhn

from hall.cases.access import random_letters
from hall.cases.errors import CaseError
from hall.clock import AUTHORITY_ZONE

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 19
_OLD_LENGTH = 18
"""Numbers of before the check character."""


@dataclass(frozen=True)
class Proven:
    """What a signed receipt proves: number, SHA-256 of what was handed in (hexadecimal), moment."""

    receipt: str
    sha256: str
    at: datetime


def new_number(now: datetime) -> str:
    """A fresh receipt number; the check character isn't 0 or 1 either."""
    while True:
        number = f"HN{now.astimezone(AUTHORITY_ZONE):%Y%m%d}{random_letters(8)}"
        check = luhn.calc_check_digit(number, alphabet=_ALPHABET)
        if check not in "01":
            return number + check


def is_mistyped(number: str) -> bool:
    """Whether this can't be a number that the hall gave out: another length, or a wrong check character."""
    given = number.strip().upper()
    if len(given) == _OLD_LENGTH and given.startswith("HN"):
        return False
    return len(given) != _LENGTH or not luhn.is_valid(given, alphabet=_ALPHABET)


def sign_receipt(receipt: str, sha256: str, at: datetime, key: Ed25519PrivateKey, key_id: str) -> str:
    """The receipt as a JSON Web Signature, to be printed as a code or kept as a file."""
    claims = {"receipt": receipt, "sha256": sha256, "iat": int(at.timestamp())}
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": key_id, "typ": "receipt"})


def verify_receipt(token: str, keys: Mapping[str, Ed25519PublicKey]) -> Proven:
    """What the signed receipt proves; CaseError when none of the keys (by key id) signed it as it stands."""
    try:
        key = keys[str(jwt.get_unverified_header(token).get("kid"))]
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=["EdDSA"], options={"verify_iat": False})
        at = datetime.fromtimestamp(int(claims["iat"]), UTC)
        return Proven(str(claims["receipt"]), str(claims["sha256"]), at)
    except KeyError as error:
        raise CaseError("签名所用的钥匙不认识：这份回执不是本大厅出具的，或者公钥文件旧了。") from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise CaseError("签名不对：这份回执被改动过，或者没有读全。") from error
