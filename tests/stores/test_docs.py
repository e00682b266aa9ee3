from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from tests.stores.servers import oxigraph
from tests.test_docs import commands


def test_the_commands_of_the_page_run(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "report.csv").symlink_to(dataset)
    (tmp_path / "server").mkdir()
    found = commands("docs/stores.md")
    assert found
    with oxigraph(tmp_path / "server") as url:
        for command in found:
            said = shlex.split(command.replace("http://127.0.0.1:7878/query", url))
            arguments = [sys.executable, "-m", "kg.cli", *said[1:]]
            result = subprocess.run(
                arguments, cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert result.returncode == 0, (command, result.stderr)
