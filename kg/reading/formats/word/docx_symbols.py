"""Map the characters of Word's symbol fonts (Symbol, Wingdings, Webdings) to Unicode."""

from __future__ import annotations

import re

# Replaces symbols that are not in the tables below.
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


def _symbol_table(*runs: tuple[int, str]) -> dict[int, str]:
    """Return symbols by code.

    Args:
        runs: Symbols with consecutive codes, each with the first code.
    """
    return {first + at: symbol for first, text in runs for at, symbol in enumerate(text)}


# The symbols in these fonts that are used in lists and tables.
_TABLES = {
    "symbol": _symbol_table((0x20, _SYMBOL), (0xA0, _SYMBOL_ABOVE)),
    "wingdings": _symbol_table(
        *((0x20, " "), (0x6C, "●❍■□□❑❒◆◆◆❖◆☒"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")),
        *((0x9E, "·•▪○"), (0xA4, "◉◎"), (0xA7, "▪□"), (0xAA, "✦★✶"), (0xB5, "✪☆"), (0xD8, "➢")),
        *((0xDF, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩"), (0xFB, "✗✓☒☑")),
    ),
    "wingdings 2": _symbol_table(
        *((0x20, " "), (0x4F, "✗✓☒☑☒☒"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")),
        *((0x95, "·••●○"), (0xA0, "▪▪■□"), (0xAE, "◆◇")),
    ),
    "wingdings 3": _symbol_table((0x20, " "), (0x66, "←→↑↓↖↗↙↘"), (0x70, "▲▼△▽◀▶◁▷")),
    "webdings": _symbol_table((0x20, " "), (0x33, "◀▶▲▼"), (0x61, "✔"), (0x63, "□"), (0x67, "■"))
    | _symbol_table((0x6E, "●"), (0x72, "✗")),
}
_SYMBOL_CODE = re.compile("[\x20-\x7e\xa0-\xff\uf020-\uf0ff]")


def decode_symbols(text: str, font: str | None) -> str:
    r"""Return a text in Unicode; only text in a symbol font changes.

    >>> decode_symbols("\uf0b3", "Symbol"), decode_symbols("Rü是", "Wingdings 2")
    ('≥', '☑�是')
    >>> decode_symbols("ü", "宋体"), decode_symbols("\uf0fc", None)
    ('ü', '�')
    """
    table = _TABLES.get((font or "").strip().lower())
    if table is None:
        return re.sub("[\uf020-\uf0ff]", UNKNOWN, text)
    return _SYMBOL_CODE.sub(lambda found: table.get(ord(found[0]) & 0xFF, UNKNOWN), text)
