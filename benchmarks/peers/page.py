"""The page of results: one self-contained HTML file with tables and bar charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape

from benchmarks.peers.results import HEADER, US, Part, Result, cells, compare_with_ours, ratio

_STYLE = """body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem;
  padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid #ddd }
td:nth-child(n+4):nth-child(-n+6) { text-align: right; font-variant-numeric: tabular-nums }
.met { color: #12652f } .missed { color: #a3151c; font-weight: 600 }
svg text { font: 13px system-ui, sans-serif }"""
_ROW, _NAMES, _WIDTH = 22, 420, 900


def render(parts: Sequence[Part], machine: Iterable[tuple[str, str]], when: datetime) -> str:
    """Return the page of results.

    Args:
        parts: The measured parts.
        machine: Names and values that describe the machine.
        when: The time of the measurement.
    """
    machine_rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in machine
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>taskkg beside its peers</title><style>{_STYLE}</style></head><body>\n"
        "<h1>taskkg beside its peers</h1>\n"
        f"<p>Measured {when.astimezone(UTC):%Y-%m-%d %H:%M} UTC, in turn, on one machine. A ratio "
        "is how many times better we are: the median over the rounds of the ratio in a round. "
        "Absolute figures are valid for this machine and run only.</p>\n"
        f"<table>{machine_rows}</table>\n{''.join(map(_part, parts))}</body></html>\n"
    )


def _part(part: Part) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADER)
    rows = "".join(_row(*pair) for pair in compare_with_ours(part.results))
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in part.said)
    return (
        f'<section id="{part.name}"><h2>{part.name}</h2><p>{escape(part.title)}</p>\n'
        f"{_bars(part)}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n"
        f"<ul>{said}</ul></section>\n"
    )


def _row(ours: Result, row: Result) -> str:
    texts = cells(ours, row)
    verdict = next((it for it in ("met", "missed") if texts[6].endswith(it)), "")
    inside = "".join(
        f"<td{f' class={verdict}' if index == 6 and verdict else ''}>{escape(cell)}</td>"
        for index, cell in enumerate(texts)
    )
    return f"<tr>{inside}</tr>"


def _bars(part: Part) -> str:
    """Return a bar for each ratio to ours; the line marks a ratio of 1."""
    from math import log10

    pairs = [
        (row, times)
        for ours, row in compare_with_ours(part.results)
        if row is not ours and not row.who.startswith(US) and (times := ratio(ours, row))
    ]
    if not pairs:
        return ""
    low = min(0.0, *(log10(times) for _, times in pairs))
    high = max(1.0, *(log10(times) for _, times in pairs))
    unit = (_WIDTH - _NAMES - 70) / (high - low)
    one = _NAMES - low * unit
    shapes = []
    for index, (row, times) in enumerate(pairs):
        y, at = index * _ROW, one + log10(times) * unit
        name = escape(f"{row.who}: {row.measure}, {row.case}")
        color = "#2a6f97" if times >= 1 else "#b3541e"
        label = f"{'≥ ' if row.at_least else ''}{times:.2f}"
        shapes.append(
            f'<text x="{_NAMES - 8}" y="{y + 15}" text-anchor="end">{name}</text>'
            f'<rect x="{min(one, at):.1f}" y="{y + 3}" width="{abs(at - one):.1f}" height="15" '
            f'fill="{color}"/><text x="{max(one, at) + 6:.1f}" y="{y + 15}">{label}</text>'
        )
    height = len(pairs) * _ROW
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">'
        f"<title>How many times better we are, on a logarithmic scale</title>{''.join(shapes)}"
        f'<line x1="{one:.1f}" x2="{one:.1f}" y1="0" y2="{height}" stroke="#444"/></svg>\n'
    )
