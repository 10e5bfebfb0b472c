"""The production shape as real processes: several web servers and workers over one PostgreSQL and one Valkey."""

import httpx
import pytest

from tests.support.processes import Cluster

pytestmark = pytest.mark.multi


def ready(url: str) -> bool:
    return httpx.get(f"{url}/readyz", timeout=5, trust_env=False).status_code == 200


def test_two_web_processes_and_two_workers_and_one_of_each_dies(cluster: Cluster) -> None:
    cluster.start(web=2, workers=2)
    (first, second), (worker, other) = cluster.web, cluster.workers
    assert ready(first.url)
    assert ready(second.url)
    first.kill()
    worker.kill()
    assert not first.alive
    assert ready(second.url)
    assert other.alive
    first.restart()
    worker.restart()
    assert ready(first.url)
    assert all(each.alive for each in (*cluster.web, *cluster.workers))


def test_a_process_that_cannot_start_is_told_with_its_output(cluster: Cluster) -> None:
    cluster.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(AssertionError, match=r"(?s)ended:.*Connect"):
        cluster.start(web=1, workers=0)
