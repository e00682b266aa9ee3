"""Parse numerals in digits and in Chinese characters, and approximate ones (七八).

>>> [match.group() for match in re.finditer(NUMBER, "投资1,200万元，3.5公里")]
['1,200', '3.5']
"""

from __future__ import annotations

import re
from decimal import Decimal

_FOLDED = str.maketrans("０１２３４５６７８９．％－／＇", "0123456789.%-/'")
# A number begins at the first of its digits; else a long run of digits would be tried at each.
_GROUPED = r"\d{1,3}(?:[,，]\d{3}){1,4}(?!\d)"
NUMBER = rf"(?<!\d)(?:{_GROUPED}|\d++)(?:\.\d++)?"
_DIGITS = {sign: at % 10 for at, sign in enumerate("〇一二三四五六七八九零")} | {"两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_SIGN = "[两〇零一二三四五六七八九十百千]"
# A complete run of numeral characters, of limited length.
CHINESE = rf"(?<!{_SIGN}){_SIGN}(?:{_SIGN}|[万亿](?={_SIGN})){{0,11}}(?!{_SIGN})"
_ONE = "[一二两三四五六七八九]"
_SECTION = rf"(?:{_ONE}千)?(?:零?{_ONE}百)?(?:零?{_ONE}?十)?(?:零?{_ONE})?"
_WELL_FORMED = re.compile(rf"(?:{_SECTION}亿)?(?:{_SECTION}万)?{_SECTION}")
# 七八 is 7 to 8; 三五 is 3 to 5.
_ABOUT = re.compile(r"[二两]三|一[二两]|三[四五]|四五|五六|六七|七八|八九")
# Without a digit before them, these are parts of words: 百姓, 千家万户.
_BARE = re.compile("[百千万亿]+")


def fold_digits(text: str) -> str:
    """Return a text with full-width digits and signs replaced by ASCII ones, one by one.

    >>> fold_digits("１２．５％")
    '12.5%'
    """
    return text.translate(_FOLDED)


def parse_decimal(digits: str) -> Decimal:
    """Return the value of a number in digits, which may have commas between thousands.

    >>> parse_decimal("1，200.5")
    Decimal('1200.5')
    """
    return Decimal(digits.replace(",", "").replace("，", ""))


def chinese_value(numeral: str) -> Decimal:
    """Return the value of a Chinese numeral; without powers of ten, it is read digit by digit.

    >>> [int(chinese_value(it)) for it in ("三十六", "两", "一万二千", "一百零五", "二〇二一")]
    [36, 2, 12000, 105, 2021]
    """
    whole = section = digit = 0
    for sign in numeral:
        if sign in _POWERS:
            section += (digit or 1) * _POWERS[sign]
            digit = 0
        elif sign in _GREAT:
            whole += (section + digit or 1) * _GREAT[sign]
            section = digit = 0
        else:
            digit = digit * 10 + _DIGITS[sign]
    return Decimal(whole + section + digit)


def numeral_values(numeral: str, *, is_more: bool = False) -> tuple[Decimal, ...]:
    """Return the value of a Chinese numeral, two values if approximate, or none if not a number.

    Args:
        numeral: The numeral.
        is_more: Whether 余 or the like follows; else 百 and 千 alone are parts of words.

    >>> [tuple(map(int, numeral_values(it))) for it in ("十二", "七八", "三四百", "二十〇")]
    [(12,), (7, 8), (300, 400), ()]
    """
    if _BARE.fullmatch(numeral):
        return (chinese_value(numeral),) if is_more else ()
    if _WELL_FORMED.fullmatch(numeral):
        return (chinese_value(numeral),)
    pair = _ABOUT.search(numeral)
    if pair is None:
        return ()
    before, after = numeral[: pair.start()], numeral[pair.end() :]
    both = [f"{before}{sign}{after}" for sign in pair.group()]
    return tuple(map(chinese_value, both)) if all(map(_WELL_FORMED.fullmatch, both)) else ()
