"""The ten categories of matters and the form of meeting that decides each (A1.2, A1.3)."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    PLENARY = "plenary"
    LEADERS = "leaders_meeting"


FORM_NAMES = {Form.PLENARY: ("全体成员会议", "Plenary"), Form.LEADERS: ("组长会议", "Leaders' meeting")}


@dataclass(frozen=True, slots=True)
class Category:
    """`money` wants project, year and amount; `finance` always asks the finance bureau; `technical` starts flagged."""

    code: str
    form: Form
    zh: str
    en: str
    money: bool = False
    finance: bool = False
    technical: bool = False


_ROWS = (
    Category("A1.2(1)", Form.PLENARY, "传达上级指示精神", "Convey instructions from above"),
    Category("A1.2(2)", Form.PLENARY, "中长期规划和年度建设计划", "Plans of construction projects", money=True),
    Category("A1.2(3)", Form.PLENARY, "重要事项和拟报政策法规", "Important matters, policies and regulations"),
    Category("A1.2(4)", Form.PLENARY, "协调解决重大问题", "Coordinate major problems"),
    Category("A1.2(5)", Form.PLENARY, "其他须经全体会议审议事项", "Other matters for the plenary"),
    Category("A1.3(1)", Form.LEADERS, "年度资金安排计划", "Annual plan of funds", money=True, finance=True),
    Category("A1.3(2)", Form.LEADERS, "重大项目建设方案", "Schemes of major projects", money=True, technical=True),
    Category(
        "A1.3(3)", Form.LEADERS, "部门重点信息化项目方案", "Departments' key projects", money=True, technical=True
    ),
    Category("A1.3(4)", Form.LEADERS, "建设和重点项目资金安排意见", "Opinions on funds", money=True, finance=True),
    Category("A1.3(5)", Form.LEADERS, "其他须经组长会议决定事项", "Other matters for the leaders' meeting"),
)
CATEGORIES: dict[str, Category] = {row.code: row for row in _ROWS}
