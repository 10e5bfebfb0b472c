from tests.admin.conftest import Pages


async def test_smoke(pages: Pages) -> None:
    city = pages.city
    await city.motion("endorsed")
    ready = await city.motion("under_review")
    _, meeting, decision = await city.decided()
    doc = await city.document(decision, "countersigned")
    for who in ("staff", "director", "leader", "civil", "sysadmin", "secadmin", "auditor"):
        b = await pages.sign_in(who)
        paths = ["/admin/", "/admin/tasks", "/admin/tasks?late=1", "/admin/people", "/admin/units", "/admin/roles",
            "/admin/jobs", "/admin/mails", "/admin/trail", "/admin/trail?verify=1", "/admin/delegations",
            "/admin/motions", "/admin/meetings", "/admin/documents", "/admin/directives",
            f"/admin/motions/{ready.id}", f"/admin/motions/{decision.motion_id}", f"/admin/meetings/{meeting.id}", f"/admin/documents/{doc.id}",
            f"/admin/people/{city.people['staff']}", "/public", "/public/feed.atom", "/admin/nowhere"]
        for p in paths:
            for lang in ("zh", "en"):
                r = await b.get(p + ("&" if "?" in p else "?") + f"lang={lang}")
                assert r.status_code < 500
            print(who, p, r.status_code, len(r.text))
