"""The office's three departments and what each is responsible for (B2.1): the remit within which it submits topics."""

from collections.abc import Mapping
from dataclasses import dataclass

# A subject of work, by its code.
SUBJECTS: Mapping[str, tuple[str, str]] = {
    "administration": ("日常事务", "Daily administration"),
    "meetings": ("会务组织", "Organizing meetings"),
    "supervision": ("督促检查", "Supervision"),
    "documents": ("公文和公开", "Documents and publication"),
    "plans": ("规划和年度计划", "Plans"),
    "projects": ("项目管理", "Projects"),
    "funds": ("资金安排", "Funds"),
    "standards": ("技术标准", "Technical standards"),
    "appraisal": ("方案论证", "Appraisal of schemes"),
    "security": ("运行和网络安全", "Operation and security"),
}


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    en: str
    remit: tuple[str, ...]


_ROWS = (
    Department("综合部", "General Affairs", ("administration", "meetings", "supervision", "documents")),
    Department("规划项目部", "Planning and Projects", ("plans", "projects", "funds")),
    Department("技术保障部", "Technical Support", ("standards", "appraisal", "security")),
)
DEPARTMENTS: dict[str, Department] = {row.name: row for row in _ROWS}


def shipped_remit(name: str) -> tuple[str, ...]:
    """The remit of a department of this name, where the group has set none."""
    row = DEPARTMENTS.get(name)
    return row.remit if row else ()
