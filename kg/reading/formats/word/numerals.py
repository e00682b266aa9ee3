"""Format the numbers of list items as word processors do."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟万")
_FULL = {ord("0") + digit: ord("０") + digit for digit in range(10)}
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
# The code points of circled numbers: the first code, and the first and last number.
_CIRCLED = ((0x2460, 1, 20), (0x3251, 21, 35), (0x32B1, 36, 50))


def format_numeral(number: int, style: str) -> str:
    """Return a number in one of the number formats of Office Open XML (ISO 29500, 17.18.59).

    Rare formats are replaced with digits.

    >>> [format_numeral(12, style) for style in ("chineseCounting", "upperRoman", "upperLetter")]
    ['十二', 'XII', 'L']
    >>> [format_numeral(12, style) for style in ("ideographDigital", "decimalEnclosedCircle")]
    ['一二', '⑫']
    """
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{number:02}"
    if style.startswith("decimalFullWidth"):
        return str(number).translate(_FULL)
    if style == "numberInDash":
        return f"- {number} -"
    if number < 1:
        return str(number)
    if style.startswith("decimalEnclosedCircle"):
        return _circled_numeral(number)
    if style in ("upperRoman", "lowerRoman"):
        return _apply_case(_roman_numeral(number), style)
    if style in ("upperLetter", "lowerLetter"):
        return _apply_case(chr(ord("A") + (number - 1) % 26) * ((number + 25) // 26), style)
    if style == "decimalEnclosedParen":
        return f"（{number}）"
    if style == "decimalEnclosedFullstop":
        return f"{number}."
    if style in ("ideographTraditional", "ideographZodiac"):
        series = _STEMS if style == "ideographTraditional" else _BRANCHES
        return series[number - 1] if number <= len(series) else str(number)
    if "Digital" in style:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if "Legal" in style:
        text = _chinese_numeral(number)
        return (f"一{text}" if text.startswith("十") else text).translate(_LEGAL)
    # Chinese, Taiwanese and Japanese counting, and circled ideographs.
    if "Counting" in style or style == "ideographEnclosedCircle":
        return _chinese_numeral(number)
    return str(number)


def _chinese_numeral(number: int) -> str:
    """Return a number below 10,000 in Chinese numerals.

    >>> [_chinese_numeral(number) for number in (10, 11, 20, 105, 110, 1001)]
    ['十', '十一', '二十', '一百零五', '一百一十', '一千零一']
    """
    if number >= 10_000:
        return str(number)
    text = ""
    for place, digit in enumerate(map(int, str(number))):
        unit = ("", "十", "百", "千")[len(str(number)) - 1 - place]
        if digit:
            text += _DIGITS[digit] + unit
        elif not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _circled_numeral(number: int) -> str:
    for code, first, last in _CIRCLED:
        if first <= number <= last:
            return chr(code + number - first)
    return str(number)


def _roman_numeral(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _apply_case(text: str, style: str) -> str:
    return text.lower() if style.startswith("lower") else text
