"""Links between guides: successors end, roadmaps have an order, names lead to one guide."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from hall.check.places import Places
from hall.content.findings import Finding
from hall.content.models import Guide, Pack, Scenario
from hall.content.source import Path


def check_successors(pack: Pack, places: Places) -> Iterator[Finding]:
    """Successors that lead back to a guide that they succeed."""
    graph = {g.id: [g.successor] if g.successor in pack.guides and g.successor else [] for g in pack.guides.values()}
    for circle in circles(graph):
        for name in circle if len(circle) > 1 else ():
            message = f"接替来接替去又回到自己：{' → '.join([*circle, circle[0]])}"
            yield places.finding(
                (pack.guides[name].file, "successor"), "successor", message, "最后一个指南不写 successor。"
            )


def circles(graph: Mapping[str, list[str]]) -> list[list[str]]:
    """Each circle of a small graph once, from its first name in order."""
    found: list[list[str]] = []

    def follow(path: list[str]) -> None:
        for name in graph.get(path[-1], ()):
            if name == path[0]:
                found.append(list(path))
            elif name > path[0] and name not in path:
                follow([*path, name])

    for start in sorted(graph):
        follow([start])
    return found


def check_roadmap(file: str, scenario: Scenario, places: Places) -> Iterator[Finding]:
    """Steps of a roadmap that wait for each other."""
    waits = {item.guide: list(item.after) for item in scenario.roadmap}
    for circle in circles({key: [each for each in value if each in waits] for key, value in waits.items()}):
        for name in circle:
            index = next(n for n, item in enumerate(scenario.roadmap) if item.guide == name)
            message = f"互相等待，谁也开始不了：{' → '.join([*circle, circle[0]])}"
            yield places.finding((file, "roadmap", index, "after"), "roadmap-cycle", message, "去掉其中一个 after。")


# Names


def check_aliases(pack: Pack, places: Places) -> Iterator[Finding]:
    """One phrase that leads to two guides."""
    homes: dict[str, list[tuple[Guide, Path, str]]] = {}
    for guide in pack.guides.values():
        phrases: list[tuple[Path, str]] = [((guide.file, "title"), guide.title)]
        phrases += [((guide.file, "aliases", index), alias) for index, alias in enumerate(guide.aliases)]
        seen: set[str] = set()
        for at, phrase in phrases:
            key = _plain(phrase)
            if key in seen:
                message = f"“{phrase}”写了两次，或者就是名称"
                yield places.finding(at, "alias-collides", message, "删去一处。")
            else:
                seen.add(key)
                homes.setdefault(key, []).append((guide, at, phrase))
    for same in homes.values():
        for guide, at, phrase in same:
            others = [other for other, _, _ in same if other is not guide and _compete(guide, other)]
            if others:
                names = "、".join(f"“{other.title}”（{other.id}）" for other in others)
                message = f"“{phrase}”也是{names}的叫法，搜这个词的人不知道该去哪一个"
                yield places.finding(
                    at, "alias-collides", message, "只留在最该去的那个指南里，别的换一个更具体的说法。"
                )


@lru_cache(maxsize=8192)
def _plain(phrase: str) -> str:
    return "".join(unicodedata.normalize("NFKC", phrase).casefold().split())


def _compete(one: Guide, other: Guide) -> bool:
    """Whether two guides are in force at the same time and neither gives way to the other."""
    if one.id == other.successor or other.id == one.successor:
        return False
    a, b = one.in_force, other.in_force
    apart = (a.until and b.from_ and a.until < b.from_) or (b.until and a.from_ and b.until < a.from_)
    return not apart
