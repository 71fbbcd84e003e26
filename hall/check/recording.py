"""Notes what a check looks up in the pack, so that it is done again only when that changed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_MISSING = object()


class Recording(dict[str, Any]):
    """A dict that notes every key that is looked up, and whether all of it was gone through."""

    def __init__(self, things: Mapping[str, Any]) -> None:
        super().__init__(things)
        self.seen: set[str] = set()
        self.whole = False

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.seen.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.seen.add(key)  # type: ignore[arg-type]
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.whole = True
        return super().__iter__()

    def keys(self) -> Any:
        self.whole = True
        return super().keys()

    def values(self) -> Any:
        self.whole = True
        return super().values()

    def items(self) -> Any:
        self.whole = True
        return super().items()


class Changes:
    """What is another thing than it was at the last check, by kind of thing.

    `alike` says of a kind whether two things differ in words alone: that matters only where words were said.
    """

    def __init__(
        self,
        before: Mapping[str, Mapping[str, Any]],
        now: Mapping[str, Mapping[str, Any]],
        alike: Mapping[str, Callable[[Any, Any], bool]],
    ) -> None:
        self._all: dict[str, set[str]] = {}
        self._deep: dict[str, set[str]] = {}
        for kind, things in now.items():
            old = before.get(kind, {})
            differing = {key for key in old.keys() | things.keys() if old.get(key) is not things.get(key)}
            same = alike.get(kind, lambda *_: False)
            self._all[kind] = differing
            self._deep[kind] = {
                key for key in differing if key not in old or key not in things or not same(old[key], things[key])
            }

    def touch(self, seen: Mapping[str, Recording], is_silent: bool) -> bool:
        """Whether something that was looked up changed in a way that matters to what was found."""
        changed = self._deep if is_silent else self._all
        return any(
            changed[kind] and (watch.whole or not watch.seen.isdisjoint(changed[kind])) for kind, watch in seen.items()
        )
