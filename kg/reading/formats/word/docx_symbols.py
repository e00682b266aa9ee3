"""Tell in Unicode what the symbol fonts of Word show: Symbol, Wingdings, Webdings."""

from __future__ import annotations

import re

# What stands for a symbol that no table here tells.
UNKNOWN = "\ufffd"
_SYMBOL = (
    " !∀#∃%&∋()*+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"
)
_SYMBOL_ABOVE = (
    "€ϒ′≤/∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√·¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)


def _table(*runs: tuple[int, str]) -> dict[int, str]:
    """Return what codes show, by runs that begin at a code each."""
    return {first + at: shown for first, text in runs for at, shown in enumerate(text)}


# Of the pictures in these fonts, those that lists and tables use.
_TABLES = {
    "symbol": _table((0x20, _SYMBOL), (0xA0, _SYMBOL_ABOVE)),
    "wingdings": _table(
        *((0x20, " "), (0x6C, "●❍■□□❑❒◆◆◆❖◆☒"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")),
        *((0x9E, "·•▪○"), (0xA4, "◉◎"), (0xA7, "▪□"), (0xAA, "✦★✶"), (0xB5, "✪☆"), (0xD8, "➢")),
        *((0xDF, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩"), (0xFB, "✗✓☒☑")),
    ),
    "wingdings 2": _table(
        *((0x20, " "), (0x4F, "✗✓☒☑☒☒"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")),
        *((0x95, "·••●○"), (0xA0, "▪▪■□"), (0xAE, "◆◇")),
    ),
    "wingdings 3": _table((0x20, " "), (0x66, "←→↑↓↖↗↙↘"), (0x70, "▲▼△▽◀▶◁▷")),
    "webdings": _table((0x20, " "), (0x33, "◀▶▲▼"), (0x61, "✔"), (0x63, "□"), (0x67, "■"))
    | _table((0x6E, "●"), (0x72, "✗")),
}
_CODED = re.compile("[\x20-\x7e\xa0-\xff\uf020-\uf0ff]")


def in_font(text: str, font: str | None) -> str:
    r"""Return a text as a font shows it; only fonts of symbols show another one.

    >>> in_font("\uf0b3", "Symbol"), in_font("Rü是", "Wingdings 2"), in_font("ü", "Wingdings")
    ('≥', '☑�是', '✓')
    >>> in_font("ü", "宋体"), in_font("\uf0fc", None)
    ('ü', '�')
    """
    table = _TABLES.get((font or "").strip().lower())
    if table is None:
        return re.sub("[\uf020-\uf0ff]", UNKNOWN, text)
    return _CODED.sub(lambda found: table.get(ord(found[0]) & 0xFF, UNKNOWN), text)
