"""Complete the names in lists that share a beginning or an ending: 甲、乙等2所卫生院."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import NameKind
from kg.tagger.labels import HEAD
from kg.tagger.spans import LabelledSpan

_BETWEEN = re.compile(r"[”》]?(?:、|，|,|以及|和|与|及|\s)[“《]?")
# The text between the last item of a list and the common ending: 等3个, 4所.
_BEFORE_HEAD = re.compile(
    r"[”》]?(?:等|的|\s)?(?:[\d一二两三四五六七八九十]{1,4}[^\W\d])?[^\W\d]{0,4}"
)
_NUMERAL = r"(?:\d+|[一二三四五六七八九十]{1,3})"
# 地铁10号线三期: the text before the number, the number, its unit.
_NUMBERED = re.compile(
    rf"(?P<front>[^\W\d一二三四五六七八九十]*)(?P<number>{_NUMERAL})(?P<unit>\D*)"
)
# Endings that a list may write only once, after the last item.
_UNITS: dict[NameKind, tuple[str, ...]] = {
    "community": ("社区",),
    "subdistrict": ("街道", "街"),
    "road": ("路", "大道", "街"),
    "place": ("区", "县", "市", "镇", "乡", "村"),
}
_LONGEST_STEM = 4
# The last item of a list with the count and the common ending: 尚贤4所卫生院改扩建项目.
_COUNTED = re.compile(
    r"(?P<item>[^\W\d]{2,8}?)等?(?:\d{1,3}|[两二三四五六七八九十]{1,2})[所个座条处家](?P<head>.{2,})"
)


def unfold_lists(text: str, spans: Sequence[LabelledSpan]) -> Iterator[tuple[LabelledSpan, str]]:
    """Yield the spans of names in a text, each with its complete name.

    >>> items = [LabelledSpan(0, 2, "project", 1.0), LabelledSpan(3, 5, "project", 1.0)]
    >>> spans = [*items, LabelledSpan(8, 11, "head", 1.0)]
    >>> [name for _, name in unfold_lists("枫江、黄桥等2所卫生院", spans)]
    ['枫江卫生院', '黄桥卫生院']
    """
    names = [span for span in spans if span.label != HEAD]
    heads = [span for span in spans if span.label == HEAD]
    for items in _group_names(text, names):
        words = [text[item.start : item.end] for item in items]
        words = _add_head(text, items, words, heads)
        if len(items) > 1:
            words = _add_units(items[0].label, _complete_numbers(items[0].label, words))
        yield from zip(items, words, strict=True)


def _group_names(text: str, names: Sequence[LabelledSpan]) -> Iterator[list[LabelledSpan]]:
    """Yield groups of adjacent names of one kind; most groups have one name."""
    items: list[LabelledSpan] = []
    for name in names:
        together = items and _BETWEEN.fullmatch(text, items[-1].end, name.start)
        if items and not (together and items[-1].label == name.label):
            yield items
            items = []
        items.append(name)
    if items:
        yield items


def _add_head(
    text: str,
    items: Sequence[LabelledSpan],
    words: list[str],
    heads: Sequence[LabelledSpan],
) -> list[str]:
    """Return the items with the common ending that follows them."""
    if len(words) > 1 and (counted := _COUNTED.fullmatch(words[-1])):
        stems = [*words[:-1], counted["item"]]
        return [stem + counted["head"].removesuffix("的") for stem in stems]
    end = items[-1].end
    for head in heads:
        if head.start >= end and _BEFORE_HEAD.fullmatch(text, end, head.start):
            shared = text[head.start : head.end]
            # 中山路天桥 has an ending of its own beside 人行天桥.
            return [word if word.endswith(shared[-2:]) else word + shared for word in words]
    return words


def _complete_numbers(kind: str, words: list[str]) -> list[str]:
    """Return numbered items with the beginning and unit that one has for all: 地铁3、10号线.

    Items with another unit are not completed (滨江一路、二马路), nor are institutions (三中、一中).
    """
    parts = [_NUMBERED.fullmatch(word) for word in words]
    units = [part["unit"] for part in parts if part and part["unit"]]
    whole, front, unit_of_front = [], "", ""
    for word, part in zip(words, parts, strict=True):
        if part is None:
            whole.append(word)
            continue
        unit = part["unit"]
        if part["front"]:
            front, unit_of_front = part["front"], unit
        elif unit and (kind == "organization" or unit[:2] != (unit_of_front or unit)[:2]):
            whole.append(word)
            continue
        whole.append(f"{front}{part['number']}{unit or units[-1]}" if front and units else word)
    return whole


def _add_units(kind: str, words: list[str]) -> list[str]:
    """Return the items with the ending of the last one, if they have none: 福中、荔村社区."""
    units = _UNITS.get(kind, ())  # type: ignore[call-overload]
    unit = next((unit for unit in units if words[-1].endswith(unit)), None)
    if unit is None or len(words[-1]) > _LONGEST_STEM + len(unit):
        return words
    return [
        word if word.endswith(units) or len(word) > _LONGEST_STEM else word + unit for word in words
    ]
