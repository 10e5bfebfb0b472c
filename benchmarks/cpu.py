"""CPU that processes have used, from /proc: they themselves, their children, and children that have ended."""

import os
from pathlib import Path
from typing import NamedTuple

TICK = os.sysconf("SC_CLK_TCK")
HALF = 0.5 / TICK  # what used less than a tick used half of one


class Stat(NamedTuple):
    parent: int
    used: int  # by the process, in ticks
    children: int  # by children that have ended


def _stat(pid: str) -> Stat | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return Stat(int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14]))


def seconds(root: int) -> float:
    """Used so far by this process and everything below it."""
    found = {int(pid): _stat(pid) for pid in os.listdir("/proc") if pid.isdigit()}
    stats = {pid: stat for pid, stat in found.items() if stat is not None}
    below = {root}
    while more := {pid for pid, stat in stats.items() if stat.parent in below} - below:
        below |= more
    return sum(stats[pid].used + stats[pid].children for pid in below if pid in stats) / TICK
