"""All removals there are."""

from tests.support.removals import code, policy, tables
from tests.support.removals.removal import Removal


def every() -> list[Removal]:
    return [*tables.removals(), *policy.removals(), *code.removals()]
