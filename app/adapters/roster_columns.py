"""The words of an office's contact list: its columns, its unit categories, its posts in the group."""

from app.core.units import UNIT_KIND_NAMES, UnitKind
from app.rules.roles import ROLE_NAMES, Role

UNIT, KIND, NAME, POST = "单位", "单位类别", "姓名", "单位职务"
ROLE, START, PHONE, MAIL, REMARK = "领导小组职务", "任职起始", "手机", "邮箱", "备注"

COLUMNS: dict[str, tuple[str, ...]] = {
    UNIT: ("单位名称", "工作单位", "所在单位"),
    KIND: ("类别", "单位类型"),
    NAME: ("人员姓名", "名字"),
    POST: ("职务", "行政职务"),
    ROLE: ("小组职务", "组内职务", "领导小组内职务"),
    START: ("任职起始日期", "任职日期", "任职时间", "任职起始时间"),
    PHONE: ("手机号", "手机号码", "联系电话", "电话", "移动电话"),
    MAIL: ("电子邮箱", "邮箱地址", "电子邮件", "邮件"),
    REMARK: ("说明", "附注"),
}
COLUMN_NAMES_EN: dict[str, str] = {
    UNIT: "unit", KIND: "kind of unit", NAME: "name", POST: "post in the unit", ROLE: "post in the leading group",
    START: "in office since", PHONE: "mobile", MAIL: "mail", REMARK: "remark",
}  # fmt: skip
HEADER_AT_LEAST = 4

KINDS: dict[str, UnitKind] = {zh: kind for kind, (zh, _) in UNIT_KIND_NAMES.items()}
ROLES: dict[str, Role] = {
    "组长": Role.LEADER,
    "副组长": Role.DEPUTY,
    "办公室主任": Role.OFFICE_DIRECTOR,
    "办公室副主任": Role.OFFICE_DEPUTY_DIRECTOR,
    "部门负责人": Role.DEPARTMENT_HEAD,
    "部门工作人员": Role.DEPARTMENT_STAFF,
    "成员": Role.UNIT_HEAD,
    "联络员": Role.LIAISON,
    "责任人": Role.RESPONSIBLE,
    **{zh: role for role, (zh, _) in ROLE_NAMES.items()},
}
KINDS_OF_ROLE: dict[Role, frozenset[UnitKind]] = {
    Role.LEADER: frozenset({UnitKind.LEADERS}),
    Role.DEPUTY: frozenset({UnitKind.LEADERS}),
    Role.DEPUTY_IN_CHARGE: frozenset({UnitKind.LEADERS}),
    Role.OFFICE_DIRECTOR: frozenset({UnitKind.OFFICE}),
    Role.OFFICE_DEPUTY_DIRECTOR: frozenset({UnitKind.OFFICE}),
    Role.DEPARTMENT_HEAD: frozenset({UnitKind.DEPARTMENT}),
    Role.DEPARTMENT_STAFF: frozenset({UnitKind.DEPARTMENT}),
    Role.UNIT_HEAD: frozenset({UnitKind.MEMBER_UNIT}),
    Role.LIAISON: frozenset({UnitKind.MEMBER_UNIT, UnitKind.DISTRICT, UnitKind.PARK, UnitKind.RELATED}),
    Role.RESPONSIBLE: frozenset({UnitKind.DISTRICT, UnitKind.PARK, UnitKind.RELATED}),
}

COMMISSION = "市经信委"
VACANT = ("暂缺", "空缺", "待定", "缺编", "出缺")
STANDING_OBSERVER = "常设列席"
IN_CHARGE = "分管"
FOOTNOTES = ("说明", "备注", "注", "填表", "制表", "附注", "联系人")


def role_zh(role: Role) -> str:
    """The post as the contact list writes it."""
    return next(word for word, known in ROLES.items() if known == role)
