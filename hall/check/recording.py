"""Notes what a check looks up in the pack, so that it is done again only when that changed."""

from collections.abc import Iterator
from typing import Any

_MISSING = object()


class Recording(dict[str, Any]):
    """A dict that notes every key that is looked up, and whether all of it was gone through."""

    def __init__(self, things: dict[str, Any]) -> None:
        super().__init__(things)
        self.seen: dict[str, Any] = {}
        self.whole = False

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, _MISSING)
        self.seen[key] = found
        return default if found is _MISSING else found

    def __getitem__(self, key: str) -> Any:
        found = super().get(key, _MISSING)
        self.seen[key] = found
        if found is _MISSING:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        found = super().get(str(key), _MISSING)
        self.seen[str(key)] = found
        return found is not _MISSING

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

    def still_holds(self, things: dict[str, Any]) -> bool:
        """Whether everything that was looked up is what it was."""
        if self.whole and (len(self) != len(things) or any(things.get(k) is not v for k, v in dict.items(self))):
            return False
        return all(things.get(key, _MISSING) is found for key, found in self.seen.items())
