"""Decision documents: the circuit of signatures from draft to number (A3.5)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
_SIGNING = ("submitted", "vetted", "signed_off", "signed", "countersigned")

DOCUMENT = Table(
    noun="document",
    zh="文件",
    en="Document",
    initial="draft",
    states={
        "draft": State("拟稿", "Draft"),
        "submitted": State("待分管副主任审签", "Awaiting deputy directors",
                           (Ask("signature", "answering_deputy_directors", "signature_days"),)),
        "vetted": State("待主任审签", "Awaiting the director",
                        (Ask("signature", "office_director", "signature_days"),)),
        "signed_off": State("待分管副组长签署", "Awaiting the deputy in charge",
                            (Ask("signature", "deputy_in_charge", "signature_days"),)),
        "signed": State("待会签", "Awaiting countersignatures",
                        (Ask("signature", "other_deputies", "signature_days"),)),
        "countersigned": State("待签发", "Awaiting issue", (Ask("signature", "leader", "signature_days"),)),
        "issued": State("待登记", "Awaiting registration", (Ask("registration", "general_affairs", "register_days"),)),
        "registered": State("已印发", "Registered"),
        "voided": State("编号作废", "Number voided", final=True),
        "cancelled": State("已作废", "Cancelled", final=True),
    },
    steps=(
        Step(action="submit", from_=("draft",), to="submitted", zh="送审", en="Submit", clause="A3.5",
             guards=("is_drafter", "kind_allowed", "carries_decisions"), signs=True),
        Step(action="vet", from_=("submitted",), to="vetted", zh="副主任审签", en="Sign off (deputy director)",
             clause="A3.5", guards=("one_hand", "same_text"), signs=True, all_of="answering_deputy_directors"),
        Step(action="sign_off", from_=("vetted",), to="signed_off", zh="主任审签", en="Sign off", clause="A3.5",
             guards=("one_hand", "same_text"), signs=True, tells=("deputy_in_charge",)),
        Step(action="sign", from_=("signed_off",), to="signed", zh="签署", en="Sign", clause="A3.5",
             guards=("one_hand", "same_text"), signs=True),
        Step(action="countersign", from_=("signed",), to="countersigned", zh="会签", en="Countersign", clause="A3.5",
             guards=("one_hand", "same_text", "not_issuing_for_leader"), signs=True, all_of="other_deputies"),
        Step(action="issue", from_=("countersigned",), to="issued", zh="签发", en="Issue", clause="A3.5",
             guards=("one_hand", "same_text"), signs=True, tells=("office", "drafter")),
        Step(action="register", from_=("issued",), to="registered", zh="登记编号", en="Register", clause="A3.5",
             guards=("same_text", "no_correction_pending"), tells=("drafter", "leader", "deputies")),
        Step(action="void", from_=("registered",), to="voided", zh="编号作废", en="Void the number", clause="A3.5",
             guards=("not_public",), reason=True, tells=("office", "drafter", "leader", "deputies")),
        Step(action="correct", from_=(*_SIGNING, "issued"), to="", zh="文字更正",
             en="Correct editorially", clause="A3.5", guards=("no_correction_pending",), reason=True,
             tells=("office",)),
        Step(action="confirm_correction", from_=(*_SIGNING, "issued"), to="", zh="复核更正",
             en="Confirm the correction", clause="A3.5", guards=("correction_pending", "second_reader"),
             tells=("drafter",)),
        Step(action="drop_correction", from_=(*_SIGNING, "issued"), to="", zh="不予更正", en="Drop the correction",
             clause="A3.5", guards=("correction_pending",), reason=True, tells=("drafter",)),
        Step(action="return", from_=_SIGNING, to="draft", zh="退回修改", en="Return", clause="A3.5",
             guards=("your_turn",), reason=True, voids=True, tells=("drafter",)),
        Step(action="revise", from_=("draft", *_SIGNING, "issued"), to="draft", zh="修改内容",
             en="Change the substance", clause="A3.5", guards=("is_drafter",), voids=True, reason=True),
        Step(action="cancel", from_=("draft", *_SIGNING), to="cancelled", zh="作废", en="Cancel", clause="A3.5",
             guards=("is_drafter",), reason=True),
    ),
)
