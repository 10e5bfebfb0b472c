"""iCalendar (RFC 5545): entries as a file for a mail or a feed, times in Asia/Shanghai with the zone's definition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from app.core.clock import SHANGHAI, local

PRODUCT = "-//Yishi//Yishi//ZH"
ZONE = str(SHANGHAI)
_OFFSET = timedelta(hours=8)
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: with instants a meeting, with a day alone something due on that day. `sequence` rises with changes."""

    uid: str
    summary: str
    begins: datetime | date
    stamped: datetime
    ends: datetime | None = None
    sequence: int = 0
    status: str = "CONFIRMED"
    place: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited, and by which address the invitation comes. Answers go through the app, so none is asked for."""

    organizer: str
    mail: str
    name: str


def _zone() -> Timezone:
    """China has had no summer time since 1991."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1991, 9, 15))  # noqa: DTZ001 (local time by definition)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(entry: Entry, guest: Guest | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped)
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("summary", entry.summary)
    if isinstance(entry.begins, datetime):
        event.add("dtstart", local(entry.begins))
        event.add("dtend", local(entry.ends or entry.begins))
    else:  # a day that fills nobody's time
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    for name, value in (("location", entry.place), ("url", entry.url)):
        if value:
            event.add(name, value)
    if guest:
        event.add("organizer", _address(guest.organizer, "议事"))
        attendee = _address(guest.mail, guest.name)
        attendee.params.update(
            {"ROLE": vText("REQ-PARTICIPANT"), "PARTSTAT": vText("NEEDS-ACTION"), "RSVP": vText("FALSE")}
        )
        event.add("attendee", attendee, encode=False)
    return event


def _address(mail: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{mail}")
    address.params["CN"] = vText(name)
    return address


def calendar_file(entries: Iterable[Entry], method: str = "PUBLISH", guest: Guest | None = None) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if method == "PUBLISH":
        calendar.add("x-wr-calname", "议事")
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry, guest))
    return bytes(calendar.to_ical())
