"""Two processes for one list of work: the pack is loaded once, each proves half of it."""

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
_FEWEST = 40
"""Fewer pieces of work than this aren't worth another process."""
_OWN = (0, 2, 4, 6)
"""Of nine pieces, the own ones: somewhat less than half, since what is wrong over all comes after."""


def in_halves(work: Callable[[T], R], items: list[T]) -> list[R]:
    """The results of the work on each item, in their order; half of them from a forked process where there are forks."""
    if len(items) < _FEWEST or not hasattr(os, "fork"):
        return [work(item) for item in items]
    is_mine = [index % 9 in _OWN for index in range(len(items))]
    mine, theirs = ([item for item, own in zip(items, is_mine, strict=True) if own is which] for which in (True, False))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, theirs, reading, writing)
    os.close(writing)
    own = [work(item) for item in mine]
    with os.fdopen(reading, "rb") as pipe:
        sent = pipe.read()
    os.waitpid(child, 0)
    others = pickle.loads(sent) if sent else [work(item) for item in theirs]
    one, other = iter(own), iter(others)
    return [next(one) if own else next(other) for own in is_mine]


def _work(work: Callable[[T], R], items: list[T], reading: int, writing: int) -> None:
    """The child's part: does the work, sends the results, and ends without touching anything of the parent's."""
    try:
        os.close(reading)
        data = pickle.dumps([work(item) for item in items])
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)
