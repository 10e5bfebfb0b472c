"""An empty installation as an operator meets it: real processes, three links, the first sign-in over HTTP."""

from pathlib import Path

import pytest

from tests.multi.stage import Caller, post
from tests.support.processes import Cluster

pytestmark = pytest.mark.multi
PASSWORD = "Erste-Anmeldung-1"
INIT = ("init", "--system", "管平 13900000001", "--security", "安守 13900000002", "--auditor", "申鉴 13900000003")


@pytest.mark.clause("C13")
def test_three_links_lead_into_an_empty_installation(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    done = cluster.run(*INIT)
    assert done.returncode == 0, done.stderr
    tokens = [line.rpartition("/")[2] for line in done.stdout.splitlines() if "/admin/invite/" in line]
    assert len(tokens) == 3
    try:
        (web,) = cluster.start(web=1, workers=0).web
        accept = "mutation A($input: AcceptInviteInput!) { acceptInvite(input: $input) { __typename } }"
        enter = (
            "mutation S($input: SignInInput!) "
            "{ signIn(input: $input) { __typename ... on Session { token } ... on Refusal { code } } }"
        )
        login = {"login": "13900000001", "password": PASSWORD}
        assert post(web, enter, {"input": login})["signIn"]["code"] == "sign_in_failed"
        for token in tokens:
            answer = post(web, accept, {"input": {"token": token, "password": PASSWORD}})["acceptInvite"]
            assert answer["__typename"] != "RuleRefusal"
        again = post(web, accept, {"input": {"token": tokens[0], "password": "Noch-einmal-2"}})["acceptInvite"]
        assert again["__typename"] == "RuleRefusal"
        system = Caller(post(web, enter, {"input": login})["signIn"]["token"])
        query = "{ viewer { person { name } roles { role } } groups { totalCount } motions { totalCount } }"
        answer = system.ask(web, query)
        assert answer["viewer"] == {"person": {"name": "管平"}, "roles": [{"role": "SYSTEM_ADMIN"}]}
        assert answer["groups"]["totalCount"] == answer["motions"]["totalCount"] == 0
    finally:
        cluster.stop()


@pytest.mark.clause("C13")
def test_a_real_installation_starts_no_process_with_a_movable_clock(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    assert cluster.run(*INIT).returncode == 0
    (tmp_path / "clock").write_text("2026-03-02T09:00:00+08:00", "utf-8")
    cluster.settings["CLOCK_FILE"] = str(tmp_path / "clock")
    for command in (("serve", "--port", "1"), ("worker",)):
        done = cluster.run(*command)
        assert done.returncode == 2, (command, done.stdout, done.stderr)
        assert "The movable clock is for demonstrations only" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.clause("C13")
def test_a_demonstration_is_served_on_loopback_only(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, DEMO="1")
    done = cluster.run("serve", "--host", "0.0.0.0", "--port", "1")  # noqa: S104 - it must be refused
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "loopback only" in done.stderr
    assert not (tmp_path / "var").exists(), "a refused start leaves nothing behind"
