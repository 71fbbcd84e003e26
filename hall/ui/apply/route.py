"""Where a case stands, and where one comes after a page."""

from hall.journey.course import missing
from hall.ui.apply.desk import Desk

SUBJECT, OUTCOME, REVIEW, STATUS, EXIT = "subject", "outcome", "review", "status", "exit"


def place_of(desk: Desk) -> str:
    """Where the case stands: what was handed in, the first open question, the outcome, an open form, the review."""
    if desk.handed_in and not desk.reopened:
        return STATUS
    open_stop = desk.course.first_open(desk.standing.unread)
    if desk.course.walk.state != "outcome" or open_stop is None:
        return open_stop.key if open_stop else REVIEW
    if open_stop.kind == "question" or desk.guide is None or desk.corrections or desk.forms_begun:
        return open_stop.key
    return OUTCOME


def place_after(desk: Desk, key: str) -> str:
    """The place after a stop: the next stop; between questions and forms, the outcome; at last the review."""
    found = desk.course.stop(key)
    following = desk.course.next_to(found) if found else None
    if found is None or desk.course.walk.state == "exit":
        return place_of(desk) if found is None else EXIT
    if list(missing(found, desk.course, desk.standing.unread)):
        return found.key  # an answer on this page brought up another question of it
    if following is None:
        return OUTCOME if found.kind == "question" and desk.guide and not desk.corrections else REVIEW
    crossing = following.kind != found.kind and not desk.corrections
    return OUTCOME if crossing else following.key
