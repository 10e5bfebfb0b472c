"""One readable page per table of procedure, with its diagram.

`python -m app rules --write` puts the pages under policies/, `--check` finds one that is no longer true.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.rules.clauses import clause
from app.rules.workflow import Ask, State, Step, Table

Texts = Mapping[str, str]
START = "[*]"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page tells beside its table: the guards' sentences, and who may do what by the policy."""

    guards: Texts = field(default_factory=dict)
    may: Mapping[str, Sequence[str]] = field(default_factory=dict)


def page(table: Table, around: Surroundings) -> str:
    """The whole page as Markdown."""
    parts = (
        f"# {table.zh} / {table.en}",
        "Generated from the table of procedure by `python -m app rules --write`; change the table, not this page.",
        "\n".join(["```mermaid", *diagram(table), "```"]),
        "## 步骤 / Steps",
        "\n".join(_steps(table, around.may)),
        "## 条件与后果 / Conditions and consequences",
        "\n".join(_conditions(table, around.guards)),
        "## 待办 / Awaited replies",
        "\n".join(_awaited(table)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def diagram(table: Table) -> Iterator[str]:
    """The table as a Mermaid state diagram, states in the table's order."""
    yield "stateDiagram-v2"
    for name, state in table.states.items():
        yield f'    state "{state.zh} {state.en}" as {name}'
    yield f"    {START} --> {table.initial}"
    for step in table.steps:
        for origin in step.from_:
            yield f"    {origin} --> {_target(step, origin)}: {step.zh} {step.en}"
    for name, state in table.states.items():
        if state.final:
            yield f"    {name} --> {START}"


def _target(step: Step, origin: str) -> str:
    return step.to or origin


def _steps(table: Table, may: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "| 办理 / Button | action | 由 / from | 至 / to | 条款 / Clause | 谁可以办 / Who may |"
    yield "|---|---|---|---|---|---|"
    for step in table.steps:
        roles = "<br>".join(may.get(f"{table.noun}:{step.action}", ())) or "-"
        origins = "<br>".join(_state(table, name) for name in step.from_) or "-"
        target = _state(table, step.to) if step.to else "不变 / unchanged"
        yield _row(f"{step.zh} / {step.en}", f"`{step.action}`", origins, target, _clause(step.clause), roles)


def _state(table: Table, name: str) -> str:
    state = table.states[name]
    return f"{state.zh} `{name}`"


def _clause(id: str) -> str:
    return f"{id} {clause(id).zh}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _conditions(table: Table, guards: Texts) -> Iterator[str]:
    for step in table.steps:
        said = list(_consequences(step, guards))
        if said:
            yield f"- **{step.zh} / {step.en}** (`{step.action}` {_clause(step.clause)})"
            yield from (f"  - {sentence}" for sentence in said)


def _consequences(step: Step, guards: Texts) -> Iterator[str]:
    for name in step.guards:
        yield f"否则拒绝 / else refused (`{name}`): {guards.get(name, 'no sentence is known')}"
    if step.reason:
        yield "须写明理由 / a reason must be given"
    if step.signs:
        yield "留存签名、日期与文本摘要 / kept as a signature with name, date, opinion and the hash of the text"
    if step.all_of:
        yield f"并行办理 / taken in parallel: the state is left when each of `{step.all_of}` has taken it"
    if step.voids:
        yield "此前签名失效 / all signatures given so far are void and a new round begins"
    if step.parts:
        yield f"开始参与 / have part from here on (A4.4): {_names(step.parts)}"
    if step.tells:
        yield f"通知 / are told: {_names(step.tells)}"
    if step.answers:
        yield f"待办完成 / is the awaited reply: {_names(step.answers)}"
    if step.by_service:
        yield "随另一行为发生 / follows from another act, no button of its own"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _awaited(table: Table) -> Iterator[str]:
    asks: list[tuple[State | Step, Ask]] = [(state, ask) for state in table.states.values() for ask in state.awaits]
    asks += [(step, ask) for step in table.steps for ask in step.asks]
    if not asks:
        yield "无 / None."
        return
    yield "| 状态或步骤 / State or step | 事由 / Kind | 由谁 / From whom | 期限 / Within |"
    yield "|---|---|---|---|"
    for place, ask in asks:
        yield _row(f"{place.zh} / {place.en}", f"`{ask.kind}`", f"`{ask.audience}`", _within(ask.days))
    for state in table.states.values():
        if state.next_by[0]:
            yield _row(f"{state.zh} / {state.en}", "下一步 / next step (C15)", " / ".join(state.next_by), "-")


def _within(days: str) -> str:
    if days.startswith("row."):
        return f"该事项所定日期 / the date set on the matter (`{days.removeprefix('row.')}`)"
    return f"本组设置 / working days by the group's setting `{days}`"
