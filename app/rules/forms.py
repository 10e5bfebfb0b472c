"""The forms of meeting as data (A1.1, B2.3): who asks, who agrees, who presides, who organizes, who is called.

A form is a row. Nothing else in the code tells one form from another; what a director adds is a row of the same shape.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.categories import Form
from app.rules.roles import DEPUTIES, HANDLERS, Role


class Body(StrEnum):
    """Whose meeting it is: the group deliberates motions, its office topics."""

    GROUP = "group"
    OFFICE = "office"


ADDED = "added"  # the code under which a meeting of a form that a director added is kept
# Who can be called by itself, by the name under which a form says so.
CALLS: Mapping[str, tuple[str, str]] = {
    "deputies": ("副组长", "the deputies"),
    "members": ("成员单位", "the member units"),
    "standing_observers": ("常设列席部门", "the standing observers"),
    "proposing_units": ("议题提请单位", "the units whose motions are heard"),
    "directors": ("办公室主任、副主任", "the director and the deputy directors"),
    "departments": ("各部", "all departments"),
    "submitting_departments": ("提出议题的部", "the departments whose topics are heard"),
    "panel_experts": ("专家小组成员", "the experts of the panels that sit"),
}
# Who can organize a meeting.
ORGANIZERS: Mapping[str, tuple[str, str]] = {
    "office": ("办公室", "the office"),
    "general_affairs": ("综合部", "General Affairs"),
    "submitting_department": ("提出议题的部", "the department that submitted a topic"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """One form.

    agreed_by    whose consent it needs; he agrees to a request, the director also without one
    presiders    who may preside: the first by office, the others when he names them
    organizers   who may organize it, the first where nobody says otherwise
    calls        who is called without being named
    minutes_by   who drafts the minutes, and which circuit they take (B2.6)
    series       the series in which its meetings are numbered
    papers_days  the setting that says when papers must have reached the leadership (A3.4); none where it need not
    """

    code: str
    zh: str
    en: str
    clause: str
    body: Body
    agreed_by: Role
    presiders: frozenset[Role]
    organizers: tuple[str, ...]
    calls: tuple[str, ...]
    minutes_by: str
    minutes_circuit: str
    series: str
    asked_by: frozenset[Role] = HANDLERS
    papers_days: str = ""
    answer_days: str = "answer_days"
    notice_days: str = "notice_days"
    minutes_days: str = "minutes_days"

    @property
    def of_office(self) -> bool:
        return self.body == Body.OFFICE

    @property
    def deliberates(self) -> str:
        """The noun that its agenda is made of."""
        return "topic" if self.of_office else "motion"


GROUP_PRESIDERS = frozenset({Role.LEADER, *DEPUTIES})
OFFICE_PRESIDERS = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR})

# The rows are a table, to be read in columns.
# fmt: off
_ROWS = (
    MeetingForm(code=Form.PLENARY.value, zh="全体成员会议", en="Plenary", clause="A1.1", body=Body.GROUP,
                agreed_by=Role.LEADER, presiders=GROUP_PRESIDERS, organizers=("office",),
                calls=("deputies", "members"), minutes_by="office", minutes_circuit="A3.5",
                series="plenary", papers_days="papers_plenary_days"),
    MeetingForm(code=Form.LEADERS.value, zh="组长会议", en="Leaders' meeting", clause="A1.1", body=Body.GROUP,
                agreed_by=Role.LEADER, presiders=GROUP_PRESIDERS, organizers=("office",),
                calls=("deputies", "standing_observers", "proposing_units"), minutes_by="office",
                minutes_circuit="A3.5", series="leaders_meeting", papers_days="papers_leaders_days"),
    MeetingForm(code="office_plenary", zh="办公室全体成员会议", en="Office plenary", clause="B2.3", body=Body.OFFICE,
                agreed_by=Role.OFFICE_DIRECTOR, presiders=OFFICE_PRESIDERS, organizers=("general_affairs",),
                calls=("directors", "departments"), minutes_by="organizer", minutes_circuit="director",
                series="office_plenary"),
    MeetingForm(code="directors_meeting", zh="主任会议", en="Director's meeting", clause="B2.3", body=Body.OFFICE,
                agreed_by=Role.OFFICE_DIRECTOR, presiders=OFFICE_PRESIDERS, organizers=("general_affairs",),
                calls=("directors", "submitting_departments"), minutes_by="organizer", minutes_circuit="director",
                series="directors_meeting"),
    MeetingForm(code="special_topic", zh="专题会议", en="Special-topic meeting", clause="B2.3", body=Body.OFFICE,
                agreed_by=Role.OFFICE_DIRECTOR, presiders=OFFICE_PRESIDERS,
                organizers=("general_affairs", "submitting_department"), calls=("submitting_departments",),
                minutes_by="organizer", minutes_circuit="director", series="special_topic"),
    MeetingForm(code="expert_joint", zh="办公室与咨询专家联合会议", en="Joint meeting with consulting experts",
                clause="B2.3", body=Body.OFFICE, agreed_by=Role.OFFICE_DIRECTOR, presiders=OFFICE_PRESIDERS,
                organizers=("general_affairs",), calls=("directors", "submitting_departments", "panel_experts"),
                minutes_by="organizer", minutes_circuit="director", series="expert_joint"),
)
# fmt: on
FORMS: dict[str, MeetingForm] = {row.code: row for row in _ROWS}
NAMES: dict[str, tuple[str, str]] = {
    **{row.code: (row.zh, row.en) for row in _ROWS},
    ADDED: ("主任增设的会议", "A form that the director added"),
}


def added_form(zh: str, en: str, calls: tuple[str, ...], organizers: tuple[str, ...], series: str) -> MeetingForm:
    """A form of office meeting that the director added (B2.3): what he does not choose is as in the shipped ones."""
    return MeetingForm(
        code=ADDED,
        zh=zh,
        en=en or zh,
        clause="B2.3",
        body=Body.OFFICE,
        agreed_by=Role.OFFICE_DIRECTOR,
        presiders=OFFICE_PRESIDERS,
        organizers=organizers,
        calls=calls,
        minutes_by="organizer",
        minutes_circuit="director",
        series=series,
    )


def form_faults(rows: Mapping[str, MeetingForm]) -> Iterator[str]:
    """What is wrong with a table of forms, in sentences."""
    for row in rows.values():
        for name in row.calls:
            if name not in CALLS:
                yield f"form {row.code}: nobody is called {name!r}"
        for name in row.organizers:
            if name not in ORGANIZERS:
                yield f"form {row.code}: {name!r} organizes no meeting"
        if not row.organizers or not row.presiders:
            yield f"form {row.code}: nobody organizes it, or nobody presides"
