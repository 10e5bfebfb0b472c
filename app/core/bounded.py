"""A cache with two bounds: so many entries, and so much together. What was not used for the longest time goes first."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """The entries used last. `weight` is whatever the caller measures; one entry above the whole room is not kept."""

    def __init__(self, entries: int, room: int) -> None:
        self.entries, self.room = entries, room
        self.weight = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        self.drop(key)
        if weight > self.room:
            return
        self._kept[key] = (value, weight)
        self.weight += weight
        while len(self._kept) > self.entries or self.weight > self.room:
            self.weight -= self._kept.popitem(last=False)[1][1]

    def drop(self, key: K) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.weight -= found[1]
