"""Where am I: the four parts of a case, and how far in this one."""

from hall.journey.course import Stop
from hall.ui.apply.desk import Desk
from hall.ui.text import hint, to_top

PARTS = {"question": "回答问题", "outcome": "看结果", "form": "填表", "review": "核对提交"}


def steps(desk: Desk, here: Stop | str) -> None:
    """The parts, the present one in bold; inside it, how many pages there are on this path."""
    to_top(here if isinstance(here, str) else here.key)
    part = here if isinstance(here, str) else here.kind
    names = [f"**{title}**" if key == part else title for key, title in PARTS.items() if _has(desk, key)]
    hint(" → ".join(names))
    if isinstance(here, Stop):
        same = [stop for stop in desk.course.stops if stop.kind == here.kind]
        total = f"，共 {len(same)} 页" if here.kind == "form" or desk.course.walk.state != "question" else ""
        hint(f"第 {same.index(here) + 1} 页{total}")


def _has(desk: Desk, part: str) -> bool:
    """A form without a guide has no questions; a correction has only what was named."""
    if desk.guide is None or desk.corrections:
        return part in ("form", "review")
    return True
