"""Find offices in cells: bodies of the report's own government, organizations of any other.

This depends on the report: 市水利局 is a body in a city's report and an organization in a
district's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.lexicon import lexicon_pattern
from kg.extraction.names.mentions import Mention
from kg.gazetteer import Gazetteer
from kg.model import NameKind
from kg.tagger.spans import LabelledSpan

_RULE = "department"
_SHORTEST = 3
_OFFICE = re.compile(
    r".+(?:[局委办厅]|委员会|办公室|中心|[支大]队|总工会|指挥部|领导小组|专班|联席会议)"
)
# The last character of the name of an office or an institution.
_LAST = "[局委办厅部会院校站所社团队组室班心司]"
# Between two names: 领导小组和现场指挥部, not 住房和城乡建设局.
_TWO = re.compile(rf"(?<=..{_LAST})[和与及、](?=.+{_LAST}$)")
# From the highest level of government to the lowest.
_LEVELS = (
    *("国家", "中央", "全国", "自治区", "省", "州", "盟", "市", "区", "县", "旗"),
    *("街道", "镇", "乡"),
)
_LEVEL = re.compile(f"团?({'|'.join(_LEVELS)})")
# Governments, but not the words 市政府工作报告, 省政府采购.
_GOVERNMENT = re.compile(
    r"(省|自治区|州|市|(?<!社)区|县)政府(?!工作报告|采购|购买|投资|办|令)|国务院(?!办)"
)


def office_kind(kind: NameKind, name: str, gazetteer: Gazetteer) -> NameKind:
    """Return whether a named office is a body of the report's government or an organization.

    Names without a level, and names that are not offices, keep their kind.

    >>> office_kind("organization", "市水利局", Gazetteer(level="市"))
    'body'
    >>> office_kind("body", "市水利局", Gazetteer(level="区"))
    'organization'
    """
    level = _LEVEL.match(name)
    if kind not in ("organization", "body") or not gazetteer.level or level is None:
        return kind
    if not _OFFICE.fullmatch(name, level.end() - 1):
        return kind
    if level[1] == gazetteer.level:
        return "body"
    own = _LEVELS.index(gazetteer.level)
    return "organization" if _LEVELS.index(level[1]) < own else kind


def split_joined_offices(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Yield spans; a span of two joined offices or institutions is split.

    >>> spans = [LabelledSpan(0, 15, "body", 0.9)]
    >>> text = "区治理工作领导小组和现场指挥部"
    >>> [text[span.start : span.end] for span in split_joined_offices(text, spans)]
    ['区治理工作领导小组', '现场指挥部']
    """
    for span in spans:
        start = span.start
        if span.label in ("body", "organization"):
            for joint in _TWO.finditer(text[: span.end], span.start):
                yield LabelledSpan(start, joint.start(), span.label, span.probability)
                start = joint.end()
        yield LabelledSpan(start, span.end, span.label, span.probability)


def find_offices(
    texts: Iterable[str], departments: Iterable[str], gazetteer: Gazetteer
) -> Iterator[list[Mention]]:
    """Yield the mentions of departments and of higher governments in each text.

    Departments of another level do not count (市财政局 if 财政局 is the district's).

    Args:
        texts: The texts of cells.
        departments: The departments in the column of the report.
        gazetteer: Units of the report's district, with its level.
    """
    names = {name for name in departments if len(name) >= _SHORTEST and _OFFICE.fullmatch(name)}
    pattern = lexicon_pattern(names)
    own = gazetteer.level
    for text in texts:
        found = []
        for match in pattern.finditer(text):
            start, end = match.span()
            if own and text[start - len(own) : start] == own:
                start -= len(own)
            elif _LEVEL.search(text, max(0, start - 3), start):
                continue
            found.append(Mention("body", text[start:end], start, end, _RULE))
        found += _governments(text, own)
        yield found


def _governments(text: str, own: str) -> Iterator[Mention]:
    """Yield the mentions of governments above the report's own in a text."""
    above = _LEVELS[: _LEVELS.index(own)] if own else ()
    for match in _GOVERNMENT.finditer(text):
        if match[1] in above or (match[1] is None and own):
            yield Mention("organization", match.group(), *match.span(), "government")
