"""Draw docs/architecture.svg from the imports of kg: `python scripts/draw_architecture.py`.

Each package of kg is a box below all packages that it imports. An arrow leads from a package to one
that uses it; arrows that follow from others are left out. A box names functions of the public API
that the package defines, and its main module.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

import kg

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "architecture.svg"

# For each package its column in the picture, and what it does.
PACKAGES = {
    "gazetteer": (3, "地名 places, codes"),
    "tagger": (1, "模型 neural networks"),
    "reading": (1, "读取 file to report"),
    "extraction": (3, "抽取 report to facts"),
    "curation": (1, "核对 doubts, decisions"),
    "evaluation": (0, "评价 precision, recall"),
    "history": (3, "沿革 same task, changes"),
    "graph": (2, "图谱 facts to RDF, store"),
    "pinyin": (3, "拼音 typed names"),
    "questions": (2, "问题 catalogue of SPARQL"),
    "answers": (1, "问答 plain words"),
    "network": (2, "网络 departments, ties"),
    "publishing": (4, "发布 bundle, export"),
    "spark": (5, "大规模 on a cluster"),
    "planning": (2, "规划 behind, due, changed"),
    "charts": (2, "图表 SVG and PNG"),
    "views": (2, "网络图 network pages"),
    "briefing": (3, "简报 Word, slides, PDF"),
    "server": (2, "门户 portal, SPARQL"),
    "commands": (2, "命令 command line"),
}
_WIDTH, _HEIGHT, _ACROSS, _DOWN, _MARGIN = 152, 64, 164, 98, 14
_FUNCTIONS = 2
_GAP = _DOWN - _HEIGHT


class Import(NamedTuple):
    """An import of a module of another package."""

    package: str
    other: str
    module: str


def imports() -> Iterator[Import]:
    """Yield the imports between packages of kg."""
    for path in sorted((ROOT / "kg").rglob("*.py")):
        package = path.relative_to(ROOT / "kg").parts[0]
        for module in _imported_modules(ast.parse(path.read_text(encoding="utf-8"))):
            _, other, *_ = [*module.split("."), ""]
            if package in PACKAGES and other in PACKAGES and package != other:
                yield Import(package, other, module)


def _imported_modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg."):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("kg."))


def packages_used() -> dict[str, set[str]]:
    """Return for each package those that it imports."""
    used: dict[str, set[str]] = {package: set() for package in PACKAGES}
    for found in imports():
        used[found.package].add(found.other)
    return used


def direct_uses(used: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Return pairs of a package and one that it uses, without those that follow from others."""
    reached: dict[str, set[str]] = {}

    def reach(package: str) -> set[str]:
        if package not in reached:
            reached[package] = set(used[package]).union(*map(reach, used[package]))
        return reached[package]

    return sorted(
        (package, other)
        for package, others in used.items()
        for other in others
        if not any(other in reach(between) for between in others)
    )


def layers(used: dict[str, set[str]]) -> dict[str, int]:
    """Return how far down each package is: below all that it uses.

    Raises:
        ValueError: If packages import each other in a circle.
    """
    depths: dict[str, int] = {}
    while len(depths) < len(used):
        ready = [name for name in used if name not in depths and used[name] <= depths.keys()]
        if not ready:
            raise ValueError(f"packages import each other: {sorted(used.keys() - depths.keys())}")
        for name in ready:
            depths[name] = max((depths[other] + 1 for other in used[name]), default=0)
    return depths


def main_modules() -> dict[str, tuple[list[str], str]]:
    """Return for each package its functions in the public API, and its main module.

    That is the module of the first of these functions, or else the one that is imported most.
    """
    functions: dict[str, list[str]] = {package: [] for package in PACKAGES}
    modules = {"commands": "kg.commands"}
    for name in kg.__all__:
        module = str(getattr(kg, name).__module__)
        package = module.split(".")[1]
        functions[package].append(name)
        modules.setdefault(package, module)
    counts = Counter((found.other, found.module) for found in imports())
    for (package, module), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        modules.setdefault(package, module)
    return {package: (functions[package], modules[package]) for package in PACKAGES}


def picture() -> str:
    """Return the picture as SVG."""
    used = packages_used()
    depths, modules = layers(used), main_modules()
    places = {
        name: (_MARGIN + column * _ACROSS, _MARGIN + depths[name] * _DOWN)
        for name, (column, _) in PACKAGES.items()
    }
    width = _MARGIN * 2 + max(column for column, _ in PACKAGES.values()) * _ACROSS + _WIDTH
    height = _MARGIN + max(depths.values()) * _DOWN + _HEIGHT + _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="11">',
        "<title>The packages of kg: each is below those that it uses</title>",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_source(places["reading"]),
        *(_arrow(places[other], places[package]) for package, other in direct_uses(used)),
        *(line for name in used for line in _box(name, places[name], *modules[name])),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _source(place: tuple[int, int]) -> Iterator[str]:
    """Yield the drawing of a file, left of the package that reads it."""
    x, y = _MARGIN, place[1] + 8
    yield f'<rect x="{x}" y="{y}" width="120" height="48" fill="#fff" stroke="#555"/>'
    yield f'<text x="{x + 60}" y="{y + 21}" text-anchor="middle">报告文件 report</text>'
    yield f'<text x="{x + 60}" y="{y + 37}" text-anchor="middle">PDF, Word, Excel …</text>'
    yield (
        f'<path d="M{x + 120} {y + 24}H{place[0] - 2}" fill="none" stroke="#555" '
        'marker-end="url(#arrow)"/>'
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    x, y = start[0] + _WIDTH // 2, start[1] + _HEIGHT
    to, bottom = end[0] + _WIDTH // 2, end[1] - 2
    # Arrows between neighbouring columns arrive beside each other, not at one point.
    to += max(-60, min(60, (x - to) // 5))
    turn = bottom - _GAP + 2
    curve = f"V{turn}C{x} {turn + 22} {to} {bottom - 22} {to} {bottom}"
    return f'<path d="M{x} {y}{curve}" fill="none" stroke="#555" marker-end="url(#arrow)"/>'


def _box(name: str, place: tuple[int, int], functions: list[str], module: str) -> Iterator[str]:
    x, y = place
    middle = x + _WIDTH // 2
    fill = "#e8f1fb" if functions else "#f3f3f3"
    yield (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" fill="{fill}" '
        'stroke="#345"/>'
    )
    yield (
        f'<text x="{middle}" y="{y + 16}" text-anchor="middle" font-size="13" '
        f'font-weight="bold">kg/{name}</text>'
    )
    yield f'<text x="{middle}" y="{y + 31}" text-anchor="middle">{escape(PACKAGES[name][1])}</text>'
    more = " …" if len(functions) > _FUNCTIONS else ""
    calls = ", ".join(f"kg.{function}" for function in functions[:_FUNCTIONS]) + more
    path = module.removeprefix(f"kg.{name}").removeprefix(".").replace(".", "/")
    texts = [text for text in (calls, f"{path}.py" if path else "__init__.py") if text]
    for number, text in enumerate(texts):
        yield (
            f'<text x="{middle}" y="{y + 45 + number * 13}" text-anchor="middle" font-size="10" '
            f'font-family="monospace">{escape(text)}</text>'
        )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
