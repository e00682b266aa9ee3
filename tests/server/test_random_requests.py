from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.fuzz.requests import Request, find_faults, make_requests
from tests.server.conftest import Served, serving

STAR = {"If-None-Match": "*"}


def test_no_request_is_a_fault_of_the_server(store: Path, tmp_path: Path) -> None:
    """`python -m benchmarks.fuzz.requests` sends more requests."""
    counts: Counter[int] = Counter()
    with serving(store, tmp_path / "log", "--rate", "100000") as server:
        assert list(find_faults(server.address, make_requests(7, 800), counts)) == []
    assert counts[200] > 100
    assert counts[400] > 20


def test_faults_are_found(server: Served) -> None:
    """A server that cannot be reached counts as a finding."""
    requests = [Request("GET", "/targets.%E3%80%81", STAR, b"")]
    assert list(find_faults(server.address, iter(requests), Counter())) == []
    (told,) = find_faults("http://127.0.0.1:9", iter(requests), Counter())
    assert told.startswith("ConnectionRefusedError: Request(method='GET'")
