"""Audiences: the names that tables use for who owes, who is told and who has part, resolved for one subject."""

from collections.abc import Callable
from uuid import UUID

from app.core.enforces import enforces
from app.models.matters import Attendance, Opinion
from app.models.minutes import Extract
from app.models.people import Appointment
from app.queries.subjects import Subject
from app.rules.minutes import CIRCUITS
from app.rules.panel import IN_FORCE
from app.rules.roles import Role, of_department, of_office, of_person, of_unit

Resolver = Callable[[Subject], list[str]]
# Who keeps part in a restricted matter without standing on its list (A4.4).
CORE = frozenset(
    {
        "drafter",
        "office",
        "general_affairs",
        "office_director",
        "leader",
        "deputy_in_charge",
        "deputies",
        "other_deputies",
        "answering_deputy_directors",
        "presider",
        "consenter",
        "item_consenter",
        "leadership",
        "organizer",
        "deputy_director_in_charge",
        "issuer",
        "minutes_drafters",
        "readers",
        "recipient",
    }
)


def seated(subject: Subject, role: Role) -> list[Appointment]:
    return [row for row in subject.appointments if row.role == role.value]


def _office(name: str) -> Resolver:
    return lambda subject: [of_office(subject.row.group_id, name)]


@enforces("B2.2")
def general_affairs(subject: Subject) -> list[str]:
    """The department that runs daily business (B2.2); the whole office where the group has none."""
    unit_id = subject.group.settings.get("general_affairs")
    group_id = subject.row.group_id
    return [of_department(group_id, UUID(unit_id)) if unit_id else of_office(group_id, "office")]


def _person(column: str) -> Resolver:
    def resolve(subject: Subject) -> list[str]:
        person_id = getattr(subject.row, column)
        return [of_person(person_id)] if person_id else []

    return resolve


@enforces("C3", "C5")
def issuer(subject: Subject) -> list[str]:
    """Who issued a directive, in his office: his successor as director too; else the director."""
    mine = {row.role for row in subject.appointments if row.person_id == subject.row.issuer_id}
    if Role.OFFICE_DEPUTY_DIRECTOR.value in mine and Role.OFFICE_DIRECTOR.value not in mine:
        return [of_person(subject.row.issuer_id)]
    return [of_office(subject.row.group_id, Role.OFFICE_DIRECTOR.value)]


def presider(subject: Subject) -> list[str]:
    meeting = subject.row if subject.noun == "meeting" else subject.one("meeting")
    return [of_person(meeting.presider_id)] if meeting else []


def consenter(subject: Subject) -> list[str]:
    """Who agrees to a meeting of this form: the leader, of an office meeting the director (A3.1, B2.3)."""
    return [of_office(subject.row.group_id, subject.form.agreed_by.value)]


def item_consenter(subject: Subject) -> list[str]:
    """Who says yes to a late item: the leader to a motion, the director to a topic (A3.1)."""
    role = Role.LEADER if subject.row.motion_id else Role.OFFICE_DIRECTOR
    return [of_office(subject.row.group_id, role.value)]


def leadership(subject: Subject) -> list[str]:
    """Leader and deputies, in meetings of the group: the office's own meetings are not theirs (A4.4)."""
    if subject.form.of_office:
        return []
    return [of_office(subject.row.group_id, name) for name in (Role.LEADER.value, "deputies")]


@enforces("B2.5")
def organizer(subject: Subject) -> list[str]:
    """The department that organizes the meeting; General Affairs where none is named."""
    if subject.row.organizer_id is None:
        return general_affairs(subject)
    return [of_department(subject.row.group_id, subject.row.organizer_id)]


@enforces("B2.4")
def deputy_director_in_charge(subject: Subject) -> list[str]:
    """The deputy directors who are in charge of the topic's department."""
    department = str(subject.row.department_id)
    rows = seated(subject, Role.OFFICE_DEPUTY_DIRECTOR)
    return [of_person(row.person_id) for row in rows if department in row.in_charge_of]


def called_one(row: Attendance | Extract) -> str:
    """The holder whom an attendance calls, or to whom minutes go: a person, a department of the office, or a unit."""
    if row.person_id:
        return of_person(row.person_id)
    assert row.unit_id  # the database holds that one of the two is given
    of = of_department if row.capacity == "department" else of_unit
    return of(row.group_id, row.unit_id)


@enforces("B2.6")
def minutes_drafters(subject: Subject) -> list[str]:
    """Who drafts minutes: of office meetings the department that organized it, of the group's the office."""
    if subject.form.minutes_by == "organizer":
        return organizer(subject)
    return [of_office(subject.row.group_id, subject.form.minutes_by)]


@enforces("A4.4")
def readers(subject: Subject) -> list[str]:
    """The leader and the deputies; not of the minutes of the office's own meetings."""
    circuit = CIRCUITS.get(subject.row.circuit)
    names = (Role.LEADER.value, "deputies") if circuit is None else circuit.readers
    return [of_office(subject.row.group_id, name) for name in names if name in (Role.LEADER.value, "deputies")]


def lead_unit(subject: Subject) -> list[str]:
    """The lead unit; where the office itself leads (B1.7), the department that does."""
    group_id, unit_id = subject.row.group_id, subject.row.lead_unit_id
    return [of_department(group_id, unit_id) if subject.row.lead_is_office else of_unit(group_id, unit_id)]


def cooperating_units(subject: Subject) -> list[str]:
    group_id = subject.row.group_id
    return [
        of_department(group_id, row.unit_id) if row.is_office else of_unit(group_id, row.unit_id)
        for row in subject.related["cooperating"]
    ]


@enforces("A3.3")
def asked_one(row: Opinion) -> str:
    """The holder whose opinion is asked: a unit, or a department of the office."""
    return (of_department if row.of_office else of_unit)(row.group_id, row.unit_id)


def asked_units(subject: Subject) -> list[str]:
    """Those whose opinion on this motion was asked (A3.3)."""
    return [asked_one(row) for row in subject.related["opinion"]]


def called(subject: Subject) -> list[str]:
    return [called_one(row) for row in subject.related["attendance"]]


def panel_members(subject: Subject) -> list[str]:
    """The experts on the panel, whoever was kept out or released left out."""
    return [of_person(row.person_id) for row in subject.related["panel_member"] if row.state in IN_FORCE]


def panel_chair(subject: Subject) -> list[str]:
    panel = subject.row if subject.noun == "panel" else subject.one("panel")
    return [of_person(panel.chair_id)] if panel and panel.chair_id else []


@enforces("B1.7")
def verifier(subject: Subject) -> list[str]:
    """General Affairs; of what the office itself leads, the deputy in charge (C3)."""
    if subject.row.lead_is_office:
        return [of_office(subject.row.group_id, Role.DEPUTY_IN_CHARGE.value)]
    return general_affairs(subject)


def other_deputies(subject: Subject) -> list[str]:
    """The deputies who countersign: without the one in charge, and without one who issues for the leader (C4)."""
    issuing = {row.delegate_id for row in subject.related["delegation"]}
    return [of_person(row.person_id) for row in seated(subject, Role.DEPUTY) if row.person_id not in issuing]


def answering_deputy_directors(subject: Subject) -> list[str]:
    """The deputy directors to whom the drafter's department answers; all of them where the group set it so (A3.5).
    One who drafted the document himself does not sign off his own draft."""
    rows = [row for row in seated(subject, Role.OFFICE_DEPUTY_DIRECTOR) if row.person_id != subject.row.drafter_id]
    if subject.group.settings.get("all_deputy_directors_sign"):
        return [of_person(row.person_id) for row in rows]
    department = str(subject.row.department_id)
    return [of_person(row.person_id) for row in rows if department in row.in_charge_of]


AUDIENCES: dict[str, Resolver] = {
    "drafter": _person("drafter_id"),
    "issuer": issuer,
    "presider": presider,
    "office": _office("office"),
    "general_affairs": general_affairs,
    "office_director": _office(Role.OFFICE_DIRECTOR.value),
    "deputy_in_charge": _office(Role.DEPUTY_IN_CHARGE.value),
    "leader": _office(Role.LEADER.value),
    "deputies": _office("deputies"),
    "other_deputies": other_deputies,
    "answering_deputy_directors": answering_deputy_directors,
    "asked_unit": lambda subject: [asked_one(subject.row)],
    "asked_units": asked_units,
    "called_unit": lambda subject: [called_one(subject.row)],
    "consenter": consenter,
    "leadership": leadership,
    "item_consenter": item_consenter,
    "organizer": organizer,
    "deputy_director_in_charge": deputy_director_in_charge,
    "minutes_drafters": minutes_drafters,
    "readers": readers,
    "recipient": lambda subject: [called_one(subject.row)],
    "panelist": _person("person_id"),
    "panel_members": panel_members,
    "panel_chair": panel_chair,
    "called": called,
    "lead_unit": lead_unit,
    "cooperating_units": cooperating_units,
    "verifier": verifier,
}


def resolve(subject: Subject, audience: str) -> list[str]:
    """The holders of an audience; none twice."""
    return list(dict.fromkeys(AUDIENCES[audience](subject)))
