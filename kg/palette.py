"""The colours of pages and pictures, for light and dark backgrounds.

Delayed tasks stand out (vermillion), ongoing ones do not (grey). States whose colours may look the
same to colour-blind people also differ in lightness. The strong colours are those of M. Okabe and
K. Ito, *Color Universal Design* (2008).
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ink": "#1d2733",
    "quiet": "#4b5868",
    "paper": "#ffffff",
    "soft": "#f3f5f8",
    "line": "#c9d1db",
    "mark": "#ffe9a8",
    "accent": "#005a94",
    "on-accent": "#ffffff",
    "track": "#dfe4ea",
    "completed": "#009e73",
    "partly_completed": "#74c6ab",
    "in_progress": "#4a8bbf",
    "ongoing": "#b4bec9",
    "not_started": "#e69f00",
    "delayed": "#d55e00",
    "cancelled": "#6d7278",
    "not_met": "#9a3d00",
    # The strength of the tie between two departments, from weak to strong.
    "level-1": "#cfe0ef",
    "level-2": "#a9cae4",
    "level-3": "#6ba4d0",
    "level-4": "#2c77b2",
    "level-5": "#0a4675",
}
DARK: Mapping[str, str] = {
    **LIGHT,
    "ink": "#e6ebf1",
    "quiet": "#aab6c4",
    "paper": "#14181e",
    "soft": "#1e242d",
    "line": "#3a4452",
    "mark": "#6b5500",
    "accent": "#7cc0ee",
    "on-accent": "#10151b",
    "track": "#323b47",
    "partly_completed": "#5fae95",
    "ongoing": "#6b7785",
    "not_met": "#b4531a",
    "level-1": "#2b4459",
    "level-2": "#315d80",
    "level-3": "#3676a5",
    "level-4": "#5fa3d4",
    "level-5": "#a9d3f2",
}


def style_sheet() -> str:
    """Return the colours as CSS variables, the dark ones if the reader prefers a dark scheme."""
    light = "\n".join(f"  --{name}: {color};" for name, color in LIGHT.items())
    dark = "\n".join(
        f"    --{name}: {color};" for name, color in DARK.items() if color != LIGHT[name]
    )
    return (
        f":root {{ color-scheme: light dark;\n{light}\n}}\n"
        f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{dark}\n  }}\n}}\n"
    )
