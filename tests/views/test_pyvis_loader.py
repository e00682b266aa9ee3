from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.small import table


def run(code: str, *values: str | Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}", *map(str, values)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_what_only_notebooks_need_is_not_loaded(tmp_path: Path) -> None:
    rows = (
        "一、城建|改造新华路。|新华路已完工。|建设局、园林局",
        "一、城建|新华路种树。|种树未启动。|园林局",
    )
    shown = run(
        """
import kg
from kg.views.page import render_page

kg.build([sys.argv[1]], sys.argv[2], jurisdiction="330106")
page = render_page(kg.view(kg.open_graph(sys.argv[2]), "departments"))
assert "vis-network" in page and "园林局" in page
print("pyvis" in sys.modules, {"IPython", "jedi"} & set(sys.modules))
""",
        table(tmp_path / "small.csv", *rows),
        tmp_path / "store",
    )
    assert shown.splitlines()[-1] == "True set()"


def test_notebooks_still_show_networks_of_pyvis(tmp_path: Path) -> None:
    shown = run(
        """
from kg.views.pyvis_loader import Network
import pyvis.network

assert pyvis.network.Network is Network
network = Network(notebook=True, cdn_resources="in_line")
network.add_node(1)
import os; os.chdir(sys.argv[1])
print(type(network.show("page.html")).__module__)
""",
        tmp_path,
    )
    assert shown.splitlines()[-1] == "IPython.lib.display"
