"""A year's notice as text (C14): it says, day for day, what the shipped table of that year says."""

import pytest

from app.core.calendar_notice import parse_calendar_notice
from app.core.workdays import shipped

pytestmark = pytest.mark.clause("C14")

OF_2026 = """关于2026年部分节假日安排的通知
各部门:
  2026年各节日的放假、调休日期如下。
一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。
三、清明节:4月4日(周六)至6日(周一)放假,共3天。
四、劳动节:5月1日(周五)至5日(周二)放假调休,共5天。5月9日(周六)上班。
五、端午节:6月19日(周五)至21日(周日)放假,共3天。
六、中秋节:9月25日(周五)至27日(周日)放假,共3天。
七、国庆节:10月1日(周四)至7日(周三)放假调休,共7天。9月20日(周日)、10月10日(周六)上班。
节日期间请妥善安排值班和安全工作。
"""
OF_2025 = """2025年放假安排
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""
OF_2024 = """2024年放假安排
一、元旦:1月1日放假,与周末连休。
二、春节:2月10日至17日放假调休,共8天。2月4日(星期日)、2月18日(星期日)上班。请安排职工在除夕(2月9日)休息。
三、清明节:4月4日至6日放假调休,共3天。4月7日(星期日)上班。
四、劳动节:5月1日至5日放假调休,共5天。4月28日(星期日)、5月11日(星期六)上班。
五、端午节:6月10日放假,与周末连休。
六、中秋节:9月15日至17日放假调休,共3天。9月14日(星期六)上班。
七、国庆节:10月1日至7日放假调休,共7天。9月29日(星期日)、10月12日(星期六)上班。
"""


@pytest.mark.parametrize(("year", "text"), [(2024, OF_2024), (2025, OF_2025), (2026, OF_2026)])
def test_the_text_says_what_the_table_says(year: int, text: str) -> None:
    read = parse_calendar_notice(text)
    assert read.faults == () and read.years == {year}
    known = {day: works for day, works in shipped().exceptions.items() if day.year == year}
    assert {day.date: day.is_working for day in read.days} == known


@pytest.mark.parametrize(
    ("old", "new", "row", "says"),
    [
        ("4日(周日)上班", "4日(周六)上班", 4, "Sunday"),
        ("共9天", "共8天", 5, "8 days and lists 9"),
        ("2月28日(周六)上班", "2月30日(周六)上班", 5, "no such day"),
        ("5月9日(周六)上班", "5月8日上班", 7, "no weekend day"),
        ("10月10日(周六)上班", "9月20日(周日)上班", 10, "listed already"),
        ("15日(农历", "25日(农历", 5, "not plausible"),
    ],
)
def test_what_does_not_fit_the_calendar_is_a_fault_of_its_line(old: str, new: str, row: int, says: str) -> None:
    faults = parse_calendar_notice(OF_2026.replace(old, new)).faults
    assert any(fault.row == row and says in fault.en for fault in faults), faults
    assert all(fault.zh and fault.mend_zh and fault.mend_en for fault in faults)


def test_a_text_without_year_or_without_all_of_it_is_a_fault() -> None:
    (fault,) = parse_calendar_notice("一、元旦:1月1日放假。").faults
    assert fault.row is None and "no year" in fault.en
    (fault,) = parse_calendar_notice("\n".join(OF_2026.splitlines()[:6])).faults
    assert "No year is complete" in fault.en
