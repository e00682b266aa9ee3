from __future__ import annotations

import time
from pathlib import Path

from kg.graph.build import build
from kg.graph.stores.embedded import about_build
from kg.graph.stores.remote_builds import synced_folder
from tests.history.plans import write_plan
from tests.server.conftest import serving
from tests.stores.servers import oxigraph


def test_a_graph_on_a_server_is_served(tmp_path: Path) -> None:
    first, *_ = write_plan(tmp_path)
    with oxigraph(tmp_path) as url:
        build([first], url)
        with (
            serving(Path("unused"), tmp_path / "log", "--store", url) as served,
            served.client() as client,
        ):
            assert "东湖区" in client.get("/", follow_redirects=True).text


def test_a_new_build_of_the_server_is_taken_up(tmp_path: Path) -> None:
    first, second, *_ = write_plan(tmp_path)
    with oxigraph(tmp_path) as url:
        build([first], url)
        with synced_folder(url, seconds=0.1) as folder:
            build([first, second], url)
            expected = about_build(url)
            for _ in range(200):
                if about_build(folder) == expected:
                    break
                time.sleep(0.1)
            assert about_build(folder) == expected
