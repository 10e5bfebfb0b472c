"""Removals that no rule can guess: the file, its text, the text without the enforcement, the clauses it served."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    clauses: tuple[str, ...]
    file: str
    said: str
    old: str
    new: str


def _change(clauses: str, file: str, said: str, old: str, new: str) -> Change:
    return Change(tuple(clauses.split()), file, said, old, new)


# One removal a line, to be read in columns.
# fmt: off
# ruff: noqa: E501
_MOTIONS = (
    _change("A1.3", "app/services/asking_rules.py", "funds do not ask the finance bureau", "if finance and CATEGORIES[motion.category].finance and", "if False and"),
    _change("A1.3 A3.3", "app/services/asking_rules.py", "no rule names a unit", "for rule in reversed(rules) if applies(rule, motion)}", "for rule in ()}"),
    _change("A3.3", "app/services/asking_rules.py", "an ended rule still holds", "or_(col(AskingRule.ends_on).is_(None), col(AskingRule.ends_on) >= day),", ""),
    _change("A3.3", "app/services/review_clock.py", "a return lets the clock run", '    if action == "recall":\n', "    if False:\n"),
    _change("A3.3", "app/services/review_clock.py", "admission prepares no request", '    if action == "admit":\n', "    if False:\n"),
    _change("A3.3", "app/queries/standings.py", "a request is never overdue", "if due_on < day:", "if False:"),
    _change("A3.3", "app/services/opinions.py", "silence counts without a setting", 'bool(subject.group.settings.get("silence_is_no_remark", False))', "True"),
    _change("A1.3 A3.7", "app/services/motions.py", "no category starts as technical", "technical=CATEGORIES[draft.category].technical,", "technical=False,"),
    _change("A1.3", "app/services/motions.py", "another category brings no flag of its own", "return motion.technical if same else beyond or CATEGORIES[category].technical", "return motion.technical"),
    _change("A1.2 A1.3", "app/services/motions.py", "a draft needs no known category", "if draft.category not in CATEGORIES:", "if False:"),
    _change("A1.3", "app/services/motions.py", "any amount is money", "return amount.is_finite() and 0 <= amount < Decimal(\"1e14\")", "return True"),
    _change("A3.2", "app/services/motions.py", "another than the drafter corrects it", " or subject.row.drafter_id != actor.person_id:", ":"),
    _change("A3.2", "app/services/motions.py", "a motion is corrected in any state", 'if subject.row.state not in ("draft", "returned") or', "if"),
    _change("A4.3", "app/services/motions.py", "an undecided motion is referred to", 'if earlier.state not in ("decided", "closed"):', "if False:"),
    _change("A3.2", "app/services/transitions.py", "a return voids no signature", "        signature.voided_at = work.now\n    subject.signatures = []\n", "        pass\n"),
    _change("A3.3", "app/services/opinions.py", "silence is not closed", 'silent = [row for row in subject.related["opinion"] if row.state == "asked"]', "silent: list[Opinion] = []"),
    _change("A3.3", "app/services/opinions.py", "a late reply is not kept as late", 'action = "answer_late" if late else "answer"', 'action = "answer"'),
    _change("A3.3 C2", "app/services/opinions.py", "more time does not move the task", "    await tasks.move_due(work, subject, subject.row.due_on)\n", ""),
    _change("C16", "app/services/texts.py", "an earlier text leaves nothing stale", "else_=true()", "else_=false()"),
    _change("C16", "app/services/texts.py", "no difference is kept", "earlier.changes = difference(earlier.cells, version.cells)", "earlier.changes = []"),
    _change("C16", "app/services/texts.py", "a text that changes is not kept", "if row.__tablename__ not in KEPT:", "if True:"),
    _change("C16", "app/services/opinions.py", "an opinion is bound to no text", '"text_version_id": version.id,', '"text_version_id": None,'),
    _change("C16", "app/services/transitions.py", "a signature is bound to no text", "text_version_id=version.id if version else None,", "text_version_id=None,"),
    _change("C16", "app/services/freshness.py", "what was said before is lost", "    work.session.add(earlier)\n", ""),
)
_MEETINGS = (
    _change("A1.1 A1.2 A1.3", "app/services/meetings.py", "any form takes any category", "if category.form.value != meeting.form.code:", "if False:"),
    _change("A2.1", "app/queries/ready.py", "a ready motion may wait for ever", "return self.heard_by < today()", "return False"),
    _change("A2.1", "app/queries/ready.py", "what is not ready is in the store", '.where(col(Motion.state) == "ready")', ""),
    _change("A2.4", "app/services/meetings.py", "observers are not called", "if row.standing_observer]", "if False]"),
    _change("A4.1", "app/services/meetings.py", "members are not called", "if row.kind == UnitKind.MEMBER_UNIT.value]", "if False]"),
    _change("A3.1", "app/services/agenda.py", "an item joins an agenda that was asked about", '    if meeting.row.state != "draft":', "    if False:"),
    _change("A3.1", "app/services/meetings.py", "motions stay with a meeting that is not held", 'if row.state == "listed"]\n    for item in await load_subjects(work.session, "item", listed)', 'if False]\n    for item in await load_subjects(work.session, "item", listed)'),
    _change("A3.1 C2", "app/services/meetings.py", "invitations stay owed after a cancelled meeting", '        await tasks.close_all(work, attendance, "cancel", None)\n', "        pass\n"),
    _change("A3.1 A4.1", "app/services/meetings.py", "nobody is called", "for call in await whom_to_call(work, subject):", "for call in ():"),
    _change("A3.4", "app/services/meetings.py", "papers count as delivered at no time", "item.papers_delivered_at = item.papers_delivered_at or work.now", "pass"),
    _change("A4.4", "app/services/meetings.py", "delivery gives members no part", '    await _share(work, items, resolve(subject, "called"))\n', ""),
    _change("A4.1", "app/services/meetings.py", "nobody is late", "late = work.now > subject.one(\"meeting\").starts_at", "late = False"),
    _change("A4.1", "app/services/meetings.py", "nobody is absent", 'await transitions.advance(work, attendance, "mark_absent", actor)', "pass"),
    _change("A4.3 A4.1", "app/services/decisions.py", "who was not called speaks", "if unit_id not in await _called_units(work, subject.row.meeting_id):", "if False:"),
    _change("A4.3", "app/services/decisions.py", "a decision leaves its motion undecided", "    await _settle(work, actor, subject, draft)\n", ""),
    _change("C17", "app/services/decisions.py", "a deferred motion counts as decided", '"defer" if draft.kind == "deferred" else "decide"', '"decide"'),
    _change("C17", "app/services/decisions.py", "any word is a kind of decision", "if draft.kind not in KINDS:", "if False:"),
    _change("A4.4", "app/services/decisions.py", "those called do not learn the decision", '    await parts.grant(work, "decision", decision.id, called, "A4.4", lists)\n', ""),
)
_DOCUMENTS = (
    _change("A3.5", "app/services/documents.py", "any department drafts for any other", "if (own and given not in own) or place is None", "if place is None"),
    _change("A3.5", "app/services/documents.py", "the number has a gap", "(await work.session.scalar(query) or 0) + 1", "(await work.session.scalar(query) or 0) + 2"),
    _change("A3.5", "app/services/documents.py", "one series for all years", " == series, col(RegisterEntry.year) == year", " == series"),
    _change("A3.5", "app/services/documents.py", "dated on the day of registration", "    return local_day(issued.signed_at)", "    return work.day"),
    _change("A3.5", "app/services/documents.py", "minutes are dated like any other", "if subject.row.kind in ADOPTED_BY_MEETING and", "if False and"),
    _change("A3.5", "app/services/documents.py", "the units get no document", 'await parts.grant(work, "document", row.id, await _recipients(work, row), "A3.5", lists)', "pass"),
    _change("A3.5", "app/services/audiences.py", "every deputy director signs off", 'Role.OFFICE_DEPUTY_DIRECTOR) if row.person_id != subject.row.drafter_id]\n    if subject.group.settings.get("all_deputy_directors_sign"):', 'Role.OFFICE_DEPUTY_DIRECTOR) if row.person_id != subject.row.drafter_id]\n    if True:'),
    _change("A3.5", "app/services/audiences.py", "no group lets all deputy directors sign", 'if subject.group.settings.get("all_deputy_directors_sign"):', "if False:"),
    _change("A3.5", "app/services/audiences.py", "one signs off his own draft", " if row.person_id != subject.row.drafter_id]\n    if subject", "]\n    if subject"),
    _change("A3.5", "app/services/transitions.py", "one countersignature is enough", "return set(resolve(subject, step.all_of)) <= _have_signed(subject, step)", "return True"),
    _change("A3.5", "app/services/corrections.py", "a confirmed correction changes nothing", "    row.title, row.body = correction.title, correction.body\n", ""),
    _change("A3.5", "app/services/corrections.py", "a correction keeps no trace of its second reader", "correction.confirmed_by, correction.confirmed_at = actor.me, work.now", "correction.confirmed_at = work.now"),
    _change("A3.5", "app/services/transitions.py", "a signature is bound to no text", "        content_hash=text_hash.of(subject.row),\n        text_version_id", '        content_hash="",\n        text_version_id'),
    _change("C18", "app/services/guards/motions.py", "documents need not be registered", 'all(row.state in ("registered", "cancelled", "voided") for row in documents)', "True"),
    _change("C18", "app/services/guards/motions.py", "directives need not be closed", 'row.state in ("closed", "withdrawn") for row in directives', "True for row in directives"),
)
_DIRECTIVES = (
    _change("C17 B2.7", "app/services/directives.py", "anyone assigns without a decision", "if actor.roles_in(group_id) & ASSIGNERS:", "if True:"),
    _change("C17", "app/services/directives.py", "a directive follows from what was not passed", "if decision.kind in DECIDED and", "if"),
    _change("A3.6 A4.4", "app/services/directives.py", "the decision stays hidden from its units", "    if row.decision_id:\n        await parts.grant", "    if False:\n        await parts.grant"),
    _change("A3.6", "app/services/directives.py", "a unit of another group is charged", "if set(unit_ids) - set(found):", "if False:"),
    _change("C3", "app/services/directives.py", "granted time moves no date", "row.due_on, row.extension_to = new, None", "row.extension_to = None"),
    _change("C2 C3", "app/services/directives.py", "granted time starts no new ladder", "    await tasks.move_due(work, subject, new, \"completion\")\n", ""),
    _change("B1.7", "app/services/audiences.py", "General Affairs verifies what the office leads", "    if subject.row.lead_is_office:\n        return [of_office(subject.row.group_id, Role", "    if False:\n        return [of_office(subject.row.group_id, Role"),
    _change("B2.2", "app/services/audiences.py", "daily business is the whole office's", "if unit_id else of_office(group_id, \"office\")]", "if False else of_office(group_id, \"office\")]"),
    _change("C3", "app/queries/lights.py", "no light turns red", "    if due_on < day:\n", "    if False:\n"),
    _change("C3", "app/queries/lights.py", "no light turns yellow", 'return "yellow" if calendar.before(due_on, yellow_days) <= day else "green"', 'return "green"'),
    _change("C3", "app/queries/lights.py", "what is closed is not grey", 'if TABLES["directive"].states[state].final or state in _RESTING or due_on is None:', "if due_on is None:"),
    _change("C19", "app/services/directives.py", "the due date may lie in the past", "elif draft.due_on < work.day and not draft.past_confirmed:", "elif False:"),
    _change("C19", "app/services/directives.py", "a directive may lack its result", "if not draft.result.strip():", "if False:"),
)
_PUBLICATIONS = (
    _change("C10", "app/services/publications.py", "a document not registered is made public", 'if document.state != "registered":', "if False:"),
    _change("C10", "app/services/publications.py", "what is taken back is still read", 'subject.row.title, subject.row.text = "已撤回公开", ""', "pass"),
    _change("C10 B1.6", "app/services/publications.py", "the default period is another", 'DEFAULT_DAYS["publication_days"])', '60)'),
    _change("C10", "app/services/publications.py", "the public text changes during the check", '    if row.state != "draft":', "    if False:"),
    _change("C10 A4.4", "app/queries/visibility.py", "the public reads drafts of publications", 'return table.c.state.in_(("published", "taken_back"))', "return true()"),
)
_TASKS = (
    _change("C1", "app/services/tasks.py", "no task is opened", "for ask in subject.state.awaits for task in", "for ask in () for task in"),
    _change("C1", "app/services/tasks.py", "a finished task stays open", "task.closed_at, task.outcome, task.closed_by = work.now, outcome, by", "task.outcome, task.closed_by = outcome, by"),
    _change("C1", "app/queries/visibility.py", "one's own task list is everybody's", "        return own_tasks(view, table)\n", "        return true()\n"),
    _change("C2", "app/core/ladder.py", "chased on days off", "return calendar.is_working(local.date()) and hours", "return hours"),
    _change("C2", "app/core/ladder.py", "chased at night", " and hours[0] <= local.time() < hours[1]", ""),
    _change("C2", "app/core/ladder.py", "a rung fires again", "if rung.offset_working_days not in already and day >= opened:", "if day >= opened:"),
    _change("C2", "app/core/ladder.py", "rungs before the task was opened fire", "if rung.offset_working_days not in already and day >= opened:", "if rung.offset_working_days not in already:"),
    _change("C2", "app/core/ladder.py", "leaders are chased like anyone", "    if leads:\n        return LEADERS\n", ""),
    _change("C2", "app/core/ladder.py", "papers are chased like signatures", "return LIGHT if light else DEFAULT", "return DEFAULT"),
    _change("C2", "app/core/ladder.py", "a subordinate is told on his superior", 'return "below" if own is not None and his is not None and his > own else "named"', 'return "named"'),
    _change("C2", "app/core/ladder.py", "the assignee is told on himself", '    if holder == chain.assignee:\n        return "self"\n', ""),
    _change("C2", "app/core/ladder.py", "a rung waits on", "return clock.at(min(days), hours[0].hour, hours[0].minute) if days else None", "return None"),
    _change("C2", "app/services/chains.py", "a unit's head is chased before its liaison officer", 'return [row for row in rows if row.role == Role.LIAISON] or rows', "return rows"),
    _change("C2", "app/services/chains.py", "only the first who owes is reminded", '        found += [Recipient(person, reason) for person in owed.with_him if person not in known]\n', "        pass\n"),
    _change("C2", "app/services/chains.py", "the leader is chased like anyone", "return Owed(_chain(task, seats, assignee), tuple(people[1:]), rank in _LEADS)", "return Owed(_chain(task, seats, assignee), tuple(people[1:]), False)"),
    _change("C2", "app/services/chains.py", "a group's own ladder is ignored", "own = None if leads else self.ladders.get(kind)", "own = None"),
    _change("C2", "app/services/chasing.py", "the sweep runs on days off", "if not calendar.is_working(local_day(instant)):", "if False:"),
    _change("C2", "app/services/chasing.py", "a group is chased outside its hours", "if may_chase(calendar, instant, each.hours)}", "if True}"),
    _change("C2", "app/services/chasing.py", "a finished task is chased", "    firings = await _still_owed(session, firings)\n", ""),
    _change("C2", "app/services/chasing.py", "each rung missed is a message of its own", "for each in _last_of_each(mine) for channel", "for each in mine for channel"),
    _change("C2", "app/services/chasing.py", "a reminder already written is told again", "mine = [each for each in firings if each.key in new]", "mine = list(firings)"),
    _change("A4.4", "app/services/chasing.py", "a reminder names a matter one has no part in", "bool(parts.get(each.task.object_id, set()) & seats[each.task.group_id].holders_of(each.recipient.id)),", "True,"),
    _change("C15", "app/queries/waiting.py", "nothing is late", "            tasks[0].due_on < today(),\n", "            False,\n"),
    _change("C15", "app/queries/waiting.py", "only the first of several is named", '"、".join(dict.fromkeys(names[task.holder][0] for task in tasks))', "names[tasks[0].holder][0]"),
    _change("C15", "app/queries/waiting.py", "since when is forgotten", "min(task.opened_at for task in tasks),", "max(task.opened_at for task in tasks),"),
    _change("C15", "app/queries/waiting.py", "what grew from a matter keeps it waiting unseen", "        found[parents[task.object_id]].append(task)\n", "        pass\n"),
)
_PEOPLE = (
    _change("C4", "app/services/hands.py", "a lent power opens every act", 'mandate.permission == f"{subject.noun}:{action}"\n            and ', ""),
    _change("C4", "app/services/hands.py", "a power for one matter opens all", "            and mandate.matter_id in (None, subject.row.id)\n", ""),
    _change("C4", "app/services/hands.py", "a power of one group opens another", "            and mandate.group_id == subject.row.group_id\n", ""),
    _change("C4", "app/services/hands.py", "one lends what his role may not", "            and mandate.role.value in allowed\n", ""),
    _change("C4", "app/services/hands.py", "what is done for another shows as one's own", "units, units, mandate.principal_id))", "units, units, None))"),
    _change("C4", "app/queries/actors.py", "a withdrawn power stays", "            col(Delegation.withdrawn_at).is_(None),\n", ""),
    _change("C4", "app/queries/actors.py", "a power begins before its time", "            col(Delegation.starts_at) <= instant,\n", ""),
    _change("C4", "app/queries/actors.py", "a power does not end by itself", "            col(Delegation.ends_at) > instant,\n", ""),
    _change("C4", "app/queries/actors.py", "a power outlives its lender's office", "            & in_force(day),\n        )", "        )"),
    _change("C4", "app/services/delegations.py", "a lent power is passed on", "if draft.role not in own or", "if"),
    _change("C4", "app/services/delegations.py", "one lends what the policy gives another role", " or draft.role not in work.policy.allowed_roles(noun, action):", ":"),
    _change("C4", "app/services/delegations.py", "a delegate does not see the matter", '    await parts.grant(work, noun, matter_id, [of_person(row.delegate_id)], "C4", lists)\n', ""),
    _change("C4", "app/services/delegations.py", "another withdraws it", "if row is None or row.principal_id != actor.person_id:\n        raise NotFound()\n    row.withdrawn_at = row.withdrawn_at or work.now\n    await _on_trail", "if row is None:\n        raise NotFound()\n    row.withdrawn_at = row.withdrawn_at or work.now\n    await _on_trail"),
    _change("C4 A3.5", "app/services/audiences.py", "who issues for the leader countersigns too", " if row.person_id not in issuing]", "]"),
    _change("C4 A3.2", "app/services/hands.py", "a delegate takes a second step for another", "return frozenset({self.person_id, self.for_id} - {None})", "return frozenset({self.person_id})"),
    _change("C5", "app/queries/actors.py", "an appointment does not end", "    return (col(Appointment.starts_on) <= day) & ends\n", "    return col(Appointment.starts_on) <= day\n"),
    _change("C5", "app/queries/actors.py", "an appointment begins before its day", "    return (col(Appointment.starts_on) <= day) & ends\n", "    return ends\n"),
    _change("C5", "app/services/people.py", "two leaders at once", "if role in SINGLE_HOLDER and", "if False and"),
    _change("C5", "app/services/people.py", "open tasks stay with the one who left", "        await _pass_tasks(work, row, successor_id)\n", ""),
    _change("C5", "app/services/people.py", "drafts stay with the one who left", "            draft.drafter_id = successor_id\n", "            pass\n"),
    _change("C5", "app/services/people.py", "a successor takes over the same day", "ends_on + timedelta(days=1),", "ends_on,"),
    _change("C13 C5", "app/queries/actors.py", "who was deactivated still acts", "if person is None or not person.active:", "if person is None:"),
    _change("C13", "app/queries/actors.py", "administrators have no power", "    if administrator:\n", "    if False:\n"),
    _change("C13", "app/services/installation.py", "a demonstration's clock in a real installation", "if not demo and settings.clock_file is not None:", "if False:"),
    _change("C13", "app/services/installation.py", "a demonstration beyond this machine", "if (demo or settings.demo or settings.clock_file is not None) and not settings.on_loopback:", "if False:"),
    _change("C13", "app/services/installation.py", "one person is two administrators", "if seen & (candidate.contacts | {candidate.name}):", "if False:"),
    _change("C13", "app/services/policy_admin.py", "a changed policy is not told to the processes", "    await bump_version(work.session)\n", ""),
    _change("C12", "app/services/importing/plan.py", "a plan with faults is carried out", "if plan.faults:", "if False:"),
)
_PAPER = (
    _change("C20", "app/services/acts.py", "any clerk enters for any signer", "if await work.session.scalar(query) is None:", "if False:"),
    _change("C20", "app/services/acts.py", "a withdrawn authority still serves", "        col(PaperAuthority.withdrawn_at).is_(None),\n", ""),
    _change("C20", "app/services/acts.py", "an authority of one signer serves another", "        col(PaperAuthority.principal_id) == paper.principal_id,\n", ""),
    _change("C20", "app/services/acts.py", "the entry keeps the day it was typed", "at(paper.signed_on, 12)", "work.now"),
    _change("C20", "app/services/acts.py", "any date is believed", "if paper.signed_on > work.day or paper.signed_on < local_day(subject.row.created_at):", "if False:"),
    _change("C20", "app/services/acts.py", "no paper needs to lie anywhere", "if not paper.note.strip():", "if False:"),
    _change("C20", "app/services/acts.py", "the signer is not told", "        await _tell_signer(work, subject, action, signer, paper)\n", ""),
    _change("C20", "app/services/transitions.py", "who entered it is forgotten", "entered_by=entry.clerk_id if entry else None,\n        opinion", "entered_by=None,\n        opinion"),
    _change("C20", "app/services/transitions.py", "an objection suspends nothing", "if any(row.objected_at for row in subject.signatures):", "if False:"),
    _change("C20", "app/services/delegations.py", "anybody objects", "actor.person_id is None or row.person_id != actor.person_id or row.entered_by is None", "row.entered_by is None"),
)
_SIGHT = (
    _change("A4.4", "app/queries/visibility.py", "a part not in force counts", "return exists().where(part.object_id == column, part.in_force,", "return exists().where(part.object_id == column,"),
    _change("A4.4", "app/queries/visibility.py", "a part of anybody counts", "return exists().where(part.object_id == column, part.in_force, view.held(part.holder))", "return exists().where(part.object_id == column, part.in_force)"),
    _change("A4.4", "app/services/parts.py", "restricted matters have no list", 'return await roots(work.session, subject) if subject.row.disclosure == "restricted" else None', "return None"),
    _change("A4.4", "app/services/parts.py", "nobody is put on a list", "        update(Part).where(col(Part.object_id).in_(family), col(Part.holder).in_(wanted)).values(in_force=True)\n", "        update(Part).where(col(Part.holder) == '').values(in_force=True)\n"),
    _change("A4.4", "app/services/parts.py", "who is not on the list is charged", "if lists is not None and set(holders) - await on_lists(work, lists):", "if False:"),
    _change("A4.4", "app/services/secrets.py", "state secrets are stored", "if any(_MARK.search(text) for text in texts):", "if False:"),
    _change("A4.4", "app/services/readings.py", "reading a restricted matter leaves no trace", "    if not found:\n", "    if True:\n"),
    _change("A4.4 C9", "app/services/letters.py", "a mail tells of a restricted matter", 'if matter is None or matter.disclosure == "restricted":', "if matter is None:"),
    _change("C9 A4.4", "app/services/letters.py", "titles go out by mail", 'if hasattr(matter, "title") and await _titles_go_out(session, row):', 'if hasattr(matter, "title"):'),
    _change("C9", "app/services/tells.py", "whoever acts is told of his own act", "    people.pop(except_for, None) if except_for else None\n", ""),
    _change("C9", "app/services/outbox.py", "two workers claim one line", "col(Outbox.leased_until) < instant)", "col(Outbox.id).is_not(None))"),
    _change("C9", "app/services/outbox.py", "a line is delivered for ever", "return await _change(session, rows, done_at=now(), leased_until=None, error=error)", "return {row.id for row in rows}"),
    _change("C9", "app/services/letters.py", "without a server mails fail", "    if mailer is None:\n        await _say_that_they_wait(db)\n", "    if mailer is None:\n"),
    _change("C9 C2", "app/services/letters.py", "each message is a mail of its own", "            by_person[row.person_id].append(row)\n        for person_id, his in by_person.items():\n            sent += await _send(db, mailer, link, person_id, his)\n", "            sent += await _send(db, mailer, link, row.person_id, [row])\n"),
    _change("A4.4 C6", "app/queries/story.py", "a story tells what one may not see", "visible_to(view, model).where(condition)", "select(model).where(condition)"),
    _change("A4.4 C6", "app/queries/story.py", "anybody opens any story", "visible_to(view, Motion).where(", "select(Motion).where("),
)
_TRAIL = (
    _change("C6", "app/services/trail.py", "an entry is not chained", "row.previous = last or GENESIS", "row.previous = GENESIS"),
    _change("C6", "app/services/trail.py", "a changed entry is not found", "row.previous != previous or row.hash != entry_hash(row)", "row.previous != previous"),
    _change("C6", "app/services/trail.py", "a gap is not found", "row.previous != previous or row.hash != entry_hash(row)", "row.hash != entry_hash(row)"),
    _change("C6", "app/services/transitions.py", "an act leaves no trace", "    await _record(work, subject, step, before, hand, actor)\n    payload", "    payload"),
    _change("C6 C4", "app/services/transitions.py", "the trail forgets for whom", "for_id=hand.for_id if hand else None,\n            entered_by", "for_id=None,\n            entered_by"),
    _change("C6 C20", "app/services/transitions.py", "the trail forgets who entered it", "entered_by=actor.entry.clerk_id if actor and actor.entry else None,\n            version", "entered_by=None,\n            version"),
    _change("C6", "app/services/transitions.py", "the trail forgets the state", "            from_state=before,\n            to_state=row.state,\n            origin=actor.origin if actor", "            origin=actor.origin if actor"),
    _change("C7", "app/services/transitions.py", "an act does not ask whether it may", "    if isinstance(answer, Refusal):\n        raise Refused(answer)\n    step = subject", "    step = subject"),
    _change("C7", "app/services/transitions.py", "buttons know no obstacle", "blocker = why_not(policy, subject, action, actor, now)", "blocker = None"),
    _change("A3.2", "app/policy.py", "the policy lets everybody act", "return self.acts.get((noun, action), frozenset())", "return frozenset(role for roles in self.acts.values() for role in roles)"),
    _change("A4.4", "app/policy.py", "every role reads everything", "        return frozenset(found)\n", '        return frozenset(found | {"installation"})\n'),
)
_SEARCH = (
    _change("C11", "app/models/search.py", "a changed text is not indexed anew", "    if any(inspect(row).attrs[name].history.has_changes() for name in SEARCHED[type(row)]):\n", "    if False:\n"),
    _change("C11", "app/models/search.py", "the old text stays in the index", "    connection.execute(delete(SearchEntry).where(col(SearchEntry.object_id) == object_id))\n", ""),
    _change("C11 A4.4", "app/queries/search.py", "what one may not see is found", "parts = [row_filter(view, model)]", "parts = [model.id.is_not(None)]"),
    _change("C11", "app/queries/search.py", "any text is found", "    for phrase in phrases(wanted.text):\n", "    for phrase in ():\n"),
    _change("C11", "app/queries/search.py", "kinds are not heeded", "if kind in (wanted.kinds or KINDS)", "if True"),
    _change("C11", "app/queries/search.py", "states are not heeded", "    if wanted.states:\n", "    if False:\n"),
    _change("C11", "app/queries/search.py", "the group is not heeded", "    if wanted.group_id:\n", "    if False:\n"),
    _change("C11", "app/queries/search.py", "days are not heeded", "    if wanted.since:\n", "    if False:\n"),
    _change("C11", "app/core/bigrams.py", "a phrase reaches across a full stop", 'f" {_GAP} ".join(', '" ".join('),
)
_CALENDAR = (
    _change("C14", "app/core/workdays.py", "make-up days are days off", "return self.exceptions.get(day, _is_weekday(day))", "return _is_weekday(day)"),
    _change("C14", "app/core/workdays.py", "the day of the event counts", "end = self._nth(start, n, DAY) if n else", "end = self._nth(start - DAY, n, DAY) if n else"),
    _change("C14", "app/core/workdays.py", "a period ends on a day off", "end = self.next_working(nominal)", "end = nominal"),
    _change("C14", "app/core/workdays.py", "nothing is provisional", "        if not unknown:\n", "        if True:\n"),
    _change("C14", "app/core/workdays.py", "the missing year is not told", "return next((year for year in needed if year not in self.years), None)", "return None"),
    _change("C14", "app/core/workdays.py", "late on the day itself", "return clock.local_day(now) > due", "return clock.local_day(now) >= due"),
    _change("C14", "app/services/tasks.py", "a date set by a person is moved", "else work.calendar.fixed(day)", "else work.calendar.add(day, 1)"),
    _change("C14", "app/services/importing/calendar.py", "an imported year is not stored in full", "    if beside:\n", "    if False:\n"),
)

BY_HAND: tuple[Change, ...] = (
    *_MOTIONS, *_MEETINGS, *_DOCUMENTS, *_DIRECTIVES, *_PUBLICATIONS, *_TASKS, *_PEOPLE, *_PAPER, *_SIGHT, *_TRAIL,
    *_SEARCH, *_CALENDAR,
)
