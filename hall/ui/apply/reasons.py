"""因为您回答了 …: which answers brought something here."""

from hall.content.conditions import Condition
from hall.documents.printed import lookup_fact
from hall.journey.answers import REGISTERED
from hall.journey.why import because
from hall.ui.apply.desk import Desk
from hall.ui.text import plain
from hall.ui.words import answer


def because_text(desk: Desk, condition: Condition | None) -> str | None:
    """A sentence with the answers that the condition rests on; None when it has no condition."""
    reasons = because(condition, desk.course.known)
    parts = []
    for each in reasons:
        fact = lookup_fact(desk.pack.facts, each.fact)
        if fact is None:
            continue
        where = "登记信息里" if each.fact.startswith(REGISTERED) else ""
        parts.append(f"{where}“{fact.title}”是“{plain(answer(desk.pack, fact, each.value))}”")
    return f":gray[因为{'，'.join(parts)}。]" if parts else None
