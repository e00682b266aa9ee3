"""The forms in which characters may be typed: themselves, or their readings in pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.graph.rdf.terms import normal_name


def typed_form(text: str) -> str:
    """Return a text in the form for searching: NFKC, in lower case, without spaces.

    >>> typed_form("ＣＢＤ 校区")
    'cbd校区'
    """
    return normal_name(text).lower()


def readings(characters: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the forms in which each character may be typed, including itself.

    The vowel ü may be typed as v, u or yu.

    >>> sorted(readings("重")["重"]), sorted(readings("绿")["绿"]), sorted(readings("a")["a"])
    (['chong', 'tong', 'zhong', '重'], ['lu', 'lv', 'lyu', '绿'], ['a'])
    """
    from pypinyin import Style, pinyin

    known: dict[str, frozenset[str]] = {}
    for character in characters:
        (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)
        forms = {form for reading in found for form in _spellings(reading)}
        known[character] = frozenset({character, *forms})
    return known


def _spellings(reading: str) -> Iterable[str]:
    return (reading.replace("v", vowel) for vowel in ("v", "u", "yu"))
