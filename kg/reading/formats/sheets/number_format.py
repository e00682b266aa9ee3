"""Format numbers and texts with the number formats of Excel (ISO 29500-1, section 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

_PIECE = re.compile(r'"[^"]*"?|[\\!_*].?|\[[^\]]*\]?|(?i:general)|G/通用格式|.', re.DOTALL)
_GENERAL = ("@", "general", "g/通用格式")
_PLACES = ("0", "#", "?")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d*)?)\]")
_HOLDS = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
# Excel keeps 15 digits; longer numbers, powers and fractions are formatted as "General".
_LONGEST, _LONGEST_FORMAT = 1e15, 255
_EXACT = Context(prec=1000)


def format_general(value: float) -> str:
    """Return a number in the format "General".

    >>> format_general(3.0), format_general(142.3)
    ('3', '142.3')
    """
    if float(value).is_integer() and abs(value) < _LONGEST:
        return str(int(value))
    return f"{value:.12g}"


def format_number(value: float, number_format: str) -> str:
    """Return a number in a number format, without spaces for alignment.

    >>> format_number(142.3, '0.00"亿元"'), format_number(12345, "#,##0")
    ('142.30亿元', '12,345')
    >>> format_number(12345, '0!.0,"万"'), format_number(-3, '"增"0"个";"减"0"个"')
    ('1.2万', '减3个')
    """
    if not abs(value) < _LONGEST or len(number_format) > _LONGEST_FORMAT:
        return format_general(value)
    section, signed = _section_for(value, _sections(number_format))
    if any(piece.lower() in _GENERAL for piece in section):
        shown = _fill_section(section, format_general(abs(value)))
    elif {"E", "e", "/"} & set(section):
        shown = format_general(abs(value))
    else:
        shown = "".join(_format_digits(Decimal(f"{abs(value):.15g}"), section)).strip()
    return f"-{shown}" if signed else shown


def format_text(text: str, number_format: str) -> str:
    """Return a text in a number format.

    >>> format_text("住建", '@"局"'), format_text("住建局", "0.00")
    ('住建局', '住建局')
    """
    sections = _sections(number_format)
    section = sections[3] if len(sections) > 3 else sections[-1]
    return _fill_section(section, text) if "@" in section or len(sections) > 3 else text


def _sections(number_format: str) -> list[list[str]]:
    """Return the sections of a format, for positive numbers, negative ones, zero and text."""
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(number_format):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _section_for(value: float, sections: Sequence[list[str]]) -> tuple[list[str], bool]:
    """Return the section to format a number with, and whether it needs a minus sign."""
    if len(sections) > 1 and ("@" in sections[-1] or len(sections) > 3):
        sections = sections[:-1]
    conditions = [_CONDITION.search("".join(section)) for section in sections]
    if not any(conditions):
        if value < 0 and len(sections) > 1:
            return sections[1], False
        return sections[2 if value == 0 and len(sections) > 2 else 0], value < 0
    for section, condition in zip(sections, conditions, strict=True):
        if condition is None:
            return section, value < 0
        bound = float(condition[2])
        if _HOLDS[condition[1]](value, bound):
            return section, value < 0 and not (condition[1] in ("<", "<=") and bound <= 0)
    return sections[-1], value < 0


def _literal(piece: str) -> str:
    """Return the text of a piece that is not a digit placeholder."""
    if piece[0] == '"':
        return piece.strip('"')
    if piece[0] == "[":
        return piece[2:-1].partition("-")[0] if piece.startswith("[$") else ""
    # Spaces as wide as a character (_) and characters that fill the cell (*) are left out.
    return piece[1:] if piece[0] in "\\!" else "" if piece[0] in "_*" else piece


def _fill_section(section: Sequence[str], text: str) -> str:
    return "".join(text if piece.lower() in _GENERAL else _literal(piece) for piece in section)


def _format_digits(value: Decimal, section: Sequence[str]) -> list[str]:
    """Return the text of each piece of a section for a number that is not negative."""
    shown = ["" if piece == "," else _literal(piece) for piece in section]
    places = [index for index, piece in enumerate(section) if piece in _PLACES]
    if not places:
        return shown
    point = section.index(".") if "." in section else len(section)
    whole = [index for index in places if index < point]
    decimal = [index for index in places if index > point]
    commas = [index for index, piece in enumerate(section) if piece == ","]
    # A comma between digits separates thousands; one after them divides by 1000.
    end = whole[-1] if whole else point
    scale = sum(index > places[-1] or end < index < point for index in commas)
    value = value.scaleb(2 * section.count("%") - 3 * scale, _EXACT)
    value = value.quantize(Decimal(1).scaleb(-len(decimal)), ROUND_HALF_UP, _EXACT)
    digits, _, decimals = f"{value:f}".partition(".")
    digits = digits.lstrip("0")
    between = "," if any(index < end for index in commas) else ""
    count = 0
    for index in reversed(whole):
        # The first placeholder takes all remaining digits; the decimal point needs one before it.
        cut = 0 if index == whole[0] else max(0, len(digits) - 1)
        spare = "0" if section[index] == "0" or (decimal and index == end) else ""
        own, digits = digits[cut:] or spare, digits[:cut]
        shown[index] = ""
        for digit in reversed(own):
            comma = between if count and count % 3 == 0 else ""
            shown[index] = digit + comma + shown[index]
            count += 1
    needed = len(decimals.rstrip("0"))
    for order, (index, digit) in enumerate(zip(decimal, decimals, strict=True)):
        shown[index] = digit if order < needed or section[index] == "0" else ""
    if point < len(section):
        front = "" if whole else digits or "0"
        shown[point] = front + ("." if any(shown[index] for index in decimal) else "")
    return shown
