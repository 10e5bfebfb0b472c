"""Documents as sent to one addressee, minutes among them (B2.6, C1, C18)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
EXTRACT = Table(
    noun="extract",
    zh="送达的文件",
    en="Document as sent",
    initial="sent",
    states={
        "sent": State("待签收", "Awaiting receipt", (Ask("receipt", "recipient", "receipt_days"),)),
        "received": State("已签收", "Received"),
        "taken_back": State("已收回", "Taken back", final=True),
    },
    steps=(
        Step(action="receive", from_=("sent",), to="received", zh="签收", en="Receive", clause="C1",
             guards=("is_recipient",)),
        Step(action="undo_entry", from_=("received",), to="sent", zh="作废代录的签收",
             en="Undo a receipt entered from paper", clause="C20", by_service=True),
        Step(action="take_back", from_=("sent", "received"), to="taken_back", zh="收回", en="Take back",
             clause="A3.5", by_service=True, tells=("recipient",)),
    ),
)
