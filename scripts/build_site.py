"""Build the documentation as a site: `python scripts/build_site.py`, which `make docs` runs.

Pages are copied to build/site-source, together with two references that are made here: that of the
library, from its docstrings, and that of the ontology. Zensical makes the site in `site`, by
mkdocs.yml. It opens from a folder or a web server, and loads nothing from elsewhere.
"""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, get_args, get_type_hints

import kg
from kg.publishing.pages.diagram import write_diagram
from kg.publishing.pages.ontology import write_documentation

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "build" / "site-source"
SITE = ROOT / "site"
# Pages outside docs, and what they are called in the site.
PAGES = {
    "README.md": "index.md",
    "README.zh.md": "index.zh.md",
    "CONTRIBUTING.md": "contributing.md",
    "data/gazetteer/README.md": "data-gazetteer.md",
    "data/jianghan-2019/README.md": "data-jianghan-2019.md",
    "data/training/README.md": "training.md",
    "ontology/README.md": "ontology.md",
    "visualizations/README.md": "visualizations.md",
}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"(```.*?```)", re.DOTALL)
# What Zensical loads from elsewhere, for the search in pages that are opened from a folder.
_WORKER = "https://unpkg.com/iframe-worker/shim"
_LIBRARY = """# Library reference

Each command of `kg` is a function of the package of the same name:

```python
import kg

report = kg.read("report.csv")          # a table to tasks
facts = list(kg.extract(report))        # tasks to facts, each with its words
kg.build(["report.csv"], "store")       # the same and on to RDF, in a store
answer = kg.query("store", "behind")    # a question of the catalogue
```

"""
_ONTOLOGY = (
    "\n[All classes and properties, with a diagram](ontology-reference/index.html){target=_blank}\n"
)


def site_names() -> dict[str, str]:
    """Return for each page of the repository its name in the site."""
    names = {f"docs/{path.name}": path.name for path in (ROOT / "docs").glob("*.md")}
    return names | PAGES


def site_page(name: str) -> str:
    """Return a page of the repository with its links as they are in the site."""
    text = (ROOT / name).read_text(encoding="utf-8")
    parts = _BLOCK.split(text)
    parts[::2] = [
        _LINK.sub(lambda link: _site_link(PurePosixPath(name).parent, *link.groups()), part)
        for part in parts[::2]
    ]
    return "".join(parts)


def _site_link(folder: PurePosixPath, mark: str, text: str, target: str) -> str:
    """Return a link as it is in the site; what the site does not have is text."""
    text = _LINK.sub(lambda link: _site_link(folder, *link.groups()), text)
    if "://" in target or target.startswith("#"):
        return f"{mark}[{text}]({target})"
    file, _, anchor = target.partition("#")
    path = PurePosixPath(normpath(folder / file))
    if mark or path.suffix == ".svg":
        return f"{mark}[{text}](pictures/{path.name})"
    page = site_names().get(str(path)) or site_names().get(f"{path}/README.md")
    if not page:
        return text if "`" in text else f"`{text}`"
    return f"[{text}]({page}{f'#{anchor}' if anchor else ''})"


def library_reference() -> str:
    """Return the page of the library: its functions, and the classes that they return."""
    functions = [getattr(kg, name) for name in kg.__all__]
    classes = {found for function in functions for found in _returned_classes(function)}
    ordered = sorted(classes, key=lambda found: found.__name__)
    return (
        _LIBRARY
        + "## Functions\n\n"
        + "".join(_directive(f"kg.{found.__name__}", found) for found in functions)
        + "## What they return\n\n"
        + "".join(_directive(found.__name__, found) for found in ordered)
    )


def _directive(title: str, found: Any) -> str:  # noqa: ANN401  (a function or a class)
    return (
        f"::: {found.__module__}.{found.__qualname__}\n"
        f"    options:\n      heading: {title}\n      toc_label: {title}\n\n"
    )


def _returned_classes(function: Any) -> Iterator[type]:  # noqa: ANN401  (any callable)
    waiting = [get_type_hints(function).get("return")]
    while waiting:
        found = waiting.pop()
        waiting.extend(get_args(found))
        if inspect.isclass(found) and found.__module__.startswith("kg."):
            yield found


def write_source() -> None:
    """Write all pages and pictures of the site to its source folder."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    (SOURCE / "pictures").mkdir(parents=True)
    for name, site_name in site_names().items():
        (SOURCE / site_name).write_text(site_page(name), encoding="utf-8")
    for folder, pattern in (("docs", "*.svg"), ("visualizations", "*.png")):
        for picture in (ROOT / folder).glob(pattern):
            shutil.copy(picture, SOURCE / "pictures")
    (SOURCE / "reference.md").write_text(library_reference(), encoding="utf-8")
    ontology = SOURCE / "ontology-reference"
    ontology.mkdir()
    write_documentation(ontology / "index.html")
    write_diagram(ontology / "diagram.svg")
    with (SOURCE / "ontology.md").open("a", encoding="utf-8") as page:
        page.write(_ONTOLOGY)


def finish_site() -> None:
    """Let the search work without network, and name the language of pages in Chinese."""
    shutil.copy(Path(__file__).with_name("site") / "worker.js", SITE / "assets" / "javascripts")
    for path in SITE.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        text = text.replace(_WORKER, "assets/javascripts/worker.js")
        if path.name.endswith(".zh.html"):
            text = text.replace('<html lang="en"', '<html lang="zh-CN"', 1)
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Build the site and return the exit code of Zensical."""
    write_source()
    shutil.rmtree(SITE, ignore_errors=True)
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == 0:
        finish_site()
    return code


if __name__ == "__main__":
    sys.exit(main())
