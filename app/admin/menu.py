"""The menu: only the pages that the asker's offices can use."""

from dataclasses import dataclass

from app.admin.ask import Ask
from app.rules.roles import ADMINISTRATORS, HANDLERS


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    zh: str
    en: str


_MATTERS = (
    Entry("/admin/motions", "议题", "Motions"),
    Entry("/admin/panels", "专家论证", "Panels"),
    Entry("/admin/meetings", "会议", "Meetings"),
    Entry("/admin/documents", "文件", "Documents"),
    Entry("/admin/directives", "督办", "Directives"),
    Entry("/admin/search", "检索", "Search"),
)
_OFFICE = (
    Entry("/admin/ready", "待上会", "Ready"),
    Entry("/admin/topics", "办公室议题", "Topics"),
    Entry("/admin/office", "办公室", "The office"),
)
_ADMINISTRATION = (
    ("person:edit", Entry("/admin/people", "人员", "People")),
    ("unit:edit", Entry("/admin/units", "单位", "Units")),
    ("group:edit", Entry("/admin/groups", "领导小组", "Groups")),
    ("policy:read", Entry("/admin/roles", "职权", "Roles")),
    ("job_run:read", Entry("/admin/jobs", "作业", "Jobs")),
    ("outbox:read", Entry("/admin/mails", "未达消息", "Not delivered")),
    ("webhook:edit", Entry("/admin/webhooks", "消息推送", "Webhooks")),
    ("trail:read", Entry("/admin/trail", "留痕", "Trail")),
)


def is_member(ask: Ask) -> bool:
    """Somebody with an office in a group, not only an administrator."""
    return bool(ask.actor.all_roles - ADMINISTRATORS)


def is_handler(ask: Ask) -> bool:
    return bool(ask.actor.all_roles & HANDLERS)


def sees_task_list(ask: Ask) -> bool:
    """The office's handlers and the system administrator see what everybody owes."""
    return is_handler(ask) or ask.sees_all("task")


def sees_pool(ask: Ask) -> bool:
    """The office and the leadership see the expert pool; an expert only himself (A3.7)."""
    return "directory" in ask.view.scopes("expert")


def menu(ask: Ask) -> list[Entry]:
    if ask.actor.person_id is None:
        return []
    entries = [Entry("/admin/", "首页", "Home")]
    entries += _MATTERS if is_member(ask) else ()
    entries += [Entry("/admin/tasks", "待办总览", "All tasks")] if sees_task_list(ask) else []
    entries += _OFFICE if is_handler(ask) else ()
    entries += [Entry("/admin/attendance", "出席情况", "Attendance")] if is_member(ask) else []
    entries += [Entry("/admin/notices", "通知设置", "Notices")]
    entries += [Entry("/admin/delegations", "授权", "Delegations")] if is_member(ask) else []
    entries += [Entry("/admin/asking-rules", "征求规则", "Whom to ask")] if ask.view.scopes("asking_rule") else []
    entries += [Entry("/admin/experts", "专家库", "Experts")] if sees_pool(ask) else []
    entries += [entry for permission, entry in _ADMINISTRATION if ask.may(permission)]
    return entries
