"""The words of a task breakdown (任务分解表): columns, periods, and names that stand for many units or for none."""

import re

from app.core.units import UnitKind

TITLE, REQUIREMENT, LEAD, COOPERATING, DUE, PERIOD = (
    "工作任务", "具体要求", "牵头单位", "配合单位", "完成时限", "反馈周期",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    TITLE: ("任务名称", "重点任务", "任务", "督办事项", "工作事项"),
    REQUIREMENT: ("工作要求", "目标要求", "工作目标", "成果要求", "任务要求", "目标任务"),
    LEAD: ("牵头部门", "责任单位", "主办单位", "牵头责任单位"),
    COOPERATING: ("配合部门", "协办单位", "配合责任单位", "参与单位"),
    DUE: ("完成时间", "时限", "办结时限", "时间要求", "完成期限"),
    PERIOD: ("报送周期", "反馈频次", "报告周期", "反馈时间"),
}
COLUMN_NAMES_EN: dict[str, str] = {
    TITLE: "task", REQUIREMENT: "requirement", LEAD: "lead unit", COOPERATING: "cooperating units", DUE: "due",
    PERIOD: "period of reports",
}  # fmt: skip
HEADER_AT_LEAST = 4
FOOTNOTES = ("说明", "备注", "注", "填表", "制表", "附注", "联系人")

PERIODS: dict[str, str] = {
    **dict.fromkeys(("", "-", "—", "/", "无", "不定期", "按需"), ""),
    **dict.fromkeys(("按周", "每周", "周", "周报", "一周", "每周一次"), "weekly"),
    **dict.fromkeys(("双周", "按双周", "每双周", "每两周", "两周", "双周报"), "fortnightly"),
    **dict.fromkeys(("按月", "每月", "月", "月报", "月度", "每月一次"), "monthly"),
    **dict.fromkeys(("按季", "按季度", "每季", "每季度", "季", "季度", "季报", "每季度一次"), "quarterly"),
}
PERIOD_CHOICES = "按周、双周、按月、按季"

BETWEEN_UNITS = re.compile(r"[、,;/\n]+")
AND_OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位)?$")
# Which of the group's units a collective name stands for.
ALL_OF: dict[str, UnitKind] = {
    **dict.fromkeys(
        (
            "各县区",
            "各县(区)",
            "各区县",
            "各县、区",
            "各县区政府",
            "各县区人民政府",
            "各县(区)政府",
            "各县(区)人民政府",
        ),
        UnitKind.DISTRICT,
    ),
    **dict.fromkeys(("各园区", "各开发区", "各园区管委会", "各开发区管委会"), UnitKind.PARK),
    **dict.fromkeys(("各成员单位", "领导小组各成员单位", "领导小组成员单位", "全体成员单位"), UnitKind.MEMBER_UNIT),
}
_NOBODY = re.compile(r"有关|相关|^各(?:级|部门|单位|地)|^市直(?:各)?(?:部门|单位)$|^其他")


def names_nobody(words: str) -> bool:
    """Whether the words point at units without saying which: 市直有关部门, 各部门."""
    return bool(_NOBODY.search(words))
