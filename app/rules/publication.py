"""Publications: what the public gets to read, after a check by a second person (C10, B1.6)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
PUBLICATION = Table(
    noun="publication",
    zh="公开",
    en="Publication",
    initial="draft",
    states={
        "draft": State("拟公开", "Draft", (Ask("publication", "general_affairs", "row.due_on"),)),
        "checking": State("保密审查中", "In secrecy check", (Ask("secrecy_check", "office_director", "check_days"),)),
        "cleared": State("审查通过", "Cleared", (Ask("publication", "general_affairs", "row.due_on"),)),
        "published": State("已公开", "Published"),
        "withheld": State("不予公开", "Withheld", (Ask("reconsideration", "office_director", "row.due_on"),)),
        "taken_back": State("已撤回公开", "Taken back", final=True),
    },
    steps=(
        Step(action="submit", from_=("draft",), to="checking", zh="送保密审查", en="Submit to the secrecy check",
             clause="C10", guards=("has_public_text", "not_restricted"), signs=True, tells=("office_director",)),
        Step(action="clear", from_=("checking",), to="cleared", zh="审查通过", en="Clear", clause="C10",
             guards=("one_hand", "second_person", "same_text"), signs=True, tells=("drafter",)),
        Step(action="return", from_=("checking",), to="draft", zh="退回", en="Return", clause="C10",
             reason=True, voids=True, tells=("drafter",)),
        Step(action="publish", from_=("cleared",), to="published", zh="公开发布", en="Publish", clause="B1.6",
             guards=("same_text", "document_issued")),
        Step(action="withhold", from_=("draft", "checking", "cleared"), to="withheld", zh="不予公开", en="Withhold",
             clause="C10", guards=("lawful_ground",), reason=True),
        Step(action="keep_withheld", from_=("withheld",), to="withheld", zh="继续不予公开",
             en="Withhold for another year", clause="C10", reason=True),
        Step(action="reconsider", from_=("withheld",), to="draft", zh="重新审查", en="Look at it again", clause="C10",
             reason=True, tells=("drafter",)),
        Step(action="take_back", from_=("published",), to="taken_back", zh="撤回公开", en="Take back", clause="C10",
             reason=True),
    ),
)
