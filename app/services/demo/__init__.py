"""The demonstration: a made-up city from its contact list, accounts with one password, matters in every state.

Everything is done through the services, by the people whose step it is, on a clock that runs through the last months:
so each state has the history that leads to it. It is one transaction; a start that is killed leaves nothing behind.
"""

from app.services.demo.load import accounts, load

__all__ = ["accounts", "load"]
