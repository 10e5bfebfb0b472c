"""Keys as the application makes them, UUIDv7 that grow with time, but from a seed."""

from datetime import datetime
from random import Random
from uuid import UUID


class Keys:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def at(self, instant: datetime) -> UUID:
        """A key that says it was made at this instant."""
        milliseconds = int(instant.timestamp() * 1000)
        bits = self.random.getrandbits(74)
        return UUID(int=milliseconds << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (1 << 62) - 1)
