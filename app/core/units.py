"""The kinds of unit that a group knows, as the rosters of offices name them."""

from enum import StrEnum


class UnitKind(StrEnum):
    LEADERS = "party_government_leaders"
    OFFICE = "office"
    DEPARTMENT = "department"
    MEMBER_UNIT = "member_unit"
    DISTRICT = "district"
    PARK = "park"
    RELATED = "related"


UNIT_KIND_NAMES: dict[UnitKind, tuple[str, str]] = {
    UnitKind.LEADERS: ("领导", "Party and government leaders"),
    UnitKind.OFFICE: ("办公室", "Office"),
    UnitKind.DEPARTMENT: ("内设机构", "Department of the office"),
    UnitKind.MEMBER_UNIT: ("成员单位", "Member unit"),
    UnitKind.DISTRICT: ("县区", "County or district"),
    UnitKind.PARK: ("园区", "Park"),
    UnitKind.RELATED: ("相关单位", "Related unit"),
}
IMPLEMENTING = frozenset({UnitKind.DISTRICT, UnitKind.PARK, UnitKind.RELATED})
