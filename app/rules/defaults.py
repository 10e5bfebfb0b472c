"""Default times, all of them settings of the group (rulebook, "Default times"): working days unless said otherwise."""

from types import MappingProxyType

DEFAULT_DAYS = MappingProxyType(
    {
        "signature_days": 3,
        "revision_days": 5,
        "opinion_days": 5,
        "opinion_soon_days": 2,
        "more_time_days": 1,
        "consolidate_days": 3,
        "panel_days": 5,
        "expert_read_days": 2,
        "conclude_days": 2,
        "advice_days": 5,
        "papers_plenary_days": 3,
        "papers_leaders_days": 2,
        "notice_days": 2,
        "read_days": 1,
        "answer_days": 1,
        "leave_days": 1,
        "minutes_days": 3,
        "minutes_signature_days": 1,
        "minutes_issue_days": 7,
        "receipt_days": 2,
        "question_days": 3,
        "acknowledge_days": 1,
        "verify_days": 3,
        "close_days": 3,
        "register_days": 1,
        "second_reading_days": 1,
        "publication_days": 20,
        "check_days": 3,
        "yellow_days": 3,
        "ready_wait_days": 30,
    }
)
