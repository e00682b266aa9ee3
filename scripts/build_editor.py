"""Copy the SPARQL editor YASGUI from npm into the package: `python scripts/build_editor.py`.

YASGUI is one script that includes its dependencies; their licences are written beside it.
`make install` runs this program, so that wheels that are built afterwards contain the editor.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE, VERSION = "@zazuko/yasgui", "4.6.2"
FILES = ("yasgui.min.js", "yasgui.min.css")
TARGET = Path(__file__).parents[1] / "kg" / "server" / "static" / "yasgui"


def main() -> None:
    """Write the editor's files and their licences."""
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        command = ("npm", "install", "--prefix", folder, *options, f"{PACKAGE}@{VERSION}")
        subprocess.run(command, check=True)
        modules = Path(folder) / "node_modules"
        for name in FILES:
            text = (modules / PACKAGE / "build" / name).read_text(encoding="utf-8")
            # Source maps are not in the package, and browsers would request them.
            lines = [line for line in text.splitlines() if "sourceMappingURL=" not in line]
            (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        (TARGET / "LICENSES.txt").write_text("\n".join(licences(modules)), encoding="utf-8")


def licences(modules: Path) -> Iterator[str]:
    """Yield the name and the licence of each package, and the licence's text if there is one."""
    for path in sorted((*modules.glob("[!@.]*/package.json"), *modules.glob("@*/*/package.json"))):
        about = json.loads(path.read_text(encoding="utf-8"))
        if about["name"].startswith("@types/"):
            continue
        author = about.get("author", "")
        by = author.get("name", "") if isinstance(author, dict) else author
        licence = about.get("license", "see below")
        yield f"{'=' * 80}\n{about['name']} {about['version']}: {licence} ({by})\n"
        for text in sorted(path.parent.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*")):
            yield text.read_text(encoding="utf-8").strip() + "\n"


if __name__ == "__main__":
    main()
