from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.server.conftest import serving

PAGE = Path(__file__).parents[2] / "docs" / "server.md"


def test_the_commands_of_the_page_run(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "store")
    (tmp_path / "token.txt").write_text("a long random text\n")
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    served = [line.split()[2:] for line in lines if line.startswith("kg serve ")]
    asked = [line for line in lines if line.startswith("curl ")]
    assert len(served) + len(asked) == len(lines)
    for number, options in enumerate(served):
        updates = "--allow-update" in options
        options = [
            str(tmp_path / word) if word in ("store", "token.txt") else word for word in options
        ]
        with serving(tmp_path / "store", tmp_path / f"log{number}", *options) as server:
            for line in asked if updates else []:
                command = line.replace("http://127.0.0.1:8000", server.address)
                found = subprocess.run(
                    command.replace("curl ", "curl --silent --show-error --fail --noproxy '*' ", 1),
                    shell=True,
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                )
                assert found.returncode == 0, (line, found.stderr)
                assert found.stdout or "update=" in line
