"""Dates to take along, as iCalendar (RFC 5545) files."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from hall.journey.roadmap import Recurring

_REMIND_BEFORE = timedelta(days=14)


def roadmap_calendar(title: str, later: Iterable[Recurring], now: datetime) -> bytes:
    """What comes back every year: an event on its last day, with a reminder two weeks before."""
    calendar = _new()
    for each in later:
        event = _event(f"{each.guide}@hall", f"{each.title}截止", each.last, now)
        event.add("rrule", {"freq": "yearly"})
        event.add("description", f"{title}：{each.first.month} 月 {each.first.day} 日起可以办理。{each.note or ''}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def day_calendar(identity: str, title: str, day: date, now: datetime) -> bytes:
    """One day, e.g. from when a stage can be submitted."""
    calendar = _new()
    calendar.add_component(_event(f"{identity}@hall", title, day, now))
    return bytes(calendar.to_ical())


def _new() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//hall//网上办事大厅//ZH")
    calendar.add("version", "2.0")
    return calendar


def _event(identity: str, title: str, day: date, now: datetime) -> Event:
    event, alarm = Event(), Alarm()
    event.add("uid", identity)
    event.add("dtstamp", now)
    event.add("summary", title)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -_REMIND_BEFORE)
    event.add_component(alarm)
    return event
