"""Major administrative decisions on the pages (A3.3)."""

import pytest

from tests.admin.conftest import Pages


@pytest.mark.clause("A3.3")
async def test_the_profile_is_switched_on_and_its_requirements_are_kept_on_the_page(pages: Pages) -> None:
    motion = await pages.city.motion("ready", "A1.3(5)")
    director, staff = await pages.sign_in("director"), await pages.sign_in("staff")
    page, act = f"/admin/motions/{motion.id}", f"/admin/act/motion/{motion.id}"
    assert f"{act}/mark_major" not in (await staff.get(page)).text
    assert (await director.post(f"{act}/mark_major", {"reason": "涉及公共利益"})).status_code == 303
    text = (await staff.get(page)).text
    for word in ("重大行政决策程序", "公众参与", "风险评估", "合法性审查", "尚未全部完成"):
        assert word in text
    form = {"kind": "public_comments", "starts_on": "2026-03-02", "ends_on": "2026-03-09", "reason": "汛期将至",
            "published_in": "政府门户网站"}  # fmt: skip
    assert (await staff.post(f"{act}/begin_requirement", {**form, "reason": ""})).status_code == 422
    assert (await staff.post(f"{act}/begin_requirement", form)).status_code == 303
    assert "缩短理由:汛期将至 (公布于 政府门户网站)" in (await staff.get(page)).text
    form = {"kind": "risk_assessment", "starts_on": "2026-03-02"}
    assert (await staff.post(f"{act}/begin_requirement", form)).status_code == 303
    form = {"kind": "risk_assessment", "result": "低风险。"}
    assert (await staff.post(f"{act}/meet_requirement", form)).status_code == 303
    assert "低风险。" in (await staff.get(page)).text
    assert (await director.post(f"{act}/unmark_major", {"reason": "经研判不属重大决策"})).status_code == 303
    assert (await director.get(page)).text.count("已取消") == 4
