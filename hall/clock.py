"""The one place that reads the clock. The core never does: time is passed in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hall.settings import settings

AUTHORITY_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The moment, in UTC; with `HALL_TODAY` set, that day at this hour."""
    moment = datetime.now(UTC)
    if settings().today:
        local = moment.astimezone(AUTHORITY_ZONE)
        day = date.fromisoformat(settings().today)
        moment = local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)
    return moment


def today() -> date:
    """The date at the authority (Asia/Shanghai), whatever zone the server is in."""
    return now().astimezone(AUTHORITY_ZONE).date()
