"""When to try again: pure arithmetic over moments; the chance is passed in."""

import random
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_RETRY_AFTER = timedelta(hours=24)
GIVE_UP = timedelta(hours=48)
"""From the moment a message was written: after that a person must look."""


def interval(attempts: int) -> timedelta:
    """The middle of the wait after so many failed attempts (1, 2, …): doubling, up to the longest."""
    return min(LONGEST_WAIT, FIRST_WAIT * int(2 ** min(max(attempts, 1) - 1, 20)))


def wait(attempts: int, chance: random.Random, least: timedelta | None = None) -> timedelta:
    """How long to wait: half to one and a half of the interval, so that the spread grows with it.

    `least` is what the back office asked for (Retry-After): never sooner, and spread by the interval as well.
    """
    spread = interval(attempts) * chance.uniform(0.5, 1.5)
    return spread if least is None else min(least, LONGEST_RETRY_AFTER) + spread / 2


def retry_after(field: str | None, date: str | None, now: datetime) -> timedelta | None:
    """A Retry-After field (RFC 9110: seconds or a date) as a duration; None when there is none or it is nonsense.

    A date is measured from the answer's own Date, so that clocks that differ don't matter.
    """
    text = (field or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**7))
    until = moment(text)
    if until is None:
        return None
    return max(until - (moment(date or "") or now), timedelta())


def moment(text: str) -> datetime | None:
    """An HTTP date, else None."""
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return read if read.tzinfo else None
