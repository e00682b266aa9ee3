"""Correct the roles of segments by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.reading.decoding.header_row import PROBLEM
from kg.reading.decoding.segments import Segment
from kg.reading.people import POST, has_people_label
from kg.reading.structure.brackets import count_unclosed
from kg.reading.structure.flat_document import FlatDocument
from kg.reading.structure.labels import COOPERATE, LEAD, RESPOND
from kg.reading.structure.markers import HEADING_MARKS, find_marker
from kg.reading.units.departments import has_body_ending
from kg.reading.units.unit_groups import is_generic
from kg.reading.units.unit_names import find_units, is_unit_list
from kg.tagger.roles import UNITS, Role

# The role of units before it: 省编办参加.
_ROLE_WORD = re.compile(rf"(?:{LEAD}|{COOPERATE}|{RESPOND})[。；;，）)]?")
# So many headings above contents show that the others are titles too, unless they name fields.
_TITLES = 2
_FIELD = re.compile("(?:方面|领域|板块|类)[：:。]?$")
# The number of a proposal, which is no promise: 提案第11号.
_PROPOSAL = re.compile(r"(?:提案|建议|议案|事项)?第?\d{1,10}号(?:提案|建议|议案)?[：:]?")
# What may follow a unit in its heading: 一、市教育局（3项）, ★ 市教育局牵头.
_HEADING_END = re.compile(
    r"(?:[（(][^（()）\n]{0,20}[）)]|[）)]|牵头|配合|负责|主办|承办|承担|的|任务|事项|工作|项目){0,6}"
    r"[：:]?[ \t]*(?:\n|$)"
)
# A post after the office of its holder: 县委常委、副县长.
_POST = re.compile(f"{POST}(?!会)")
_COLON = ("：", ":")
# How names of groups end that are complete: 各区政府、街道办事处 are two.
_OFFICES = ("府", "会", "处")
# What is no number by itself.
_BRACKETS = "（(【[〔［"
# What precedes the units of a section or an item: （本节各项由市住建局牵头）, 该项工作由….
_SECTION_RULE = re.compile(
    "[（(]?(?:以下|下列|上述|[该此]项|本[节类章项部分]{1,2})各?[项类条]?(?:任务|工作|项目|事项|措施)?[均都]?由?"
)
# Letters and single characters are no units: A类.
_WORD = re.compile("[一-鿿]{2}")
# How many others support a proposal: 陈某某（等6名代表）.
_OTHERS = re.compile(r"[（(]?等\d{1,3}[名位](?:代表|委员|人)?[）)]?")
# What follows the unit that signs a document, wrote it, or runs the website.
_SIGNED = re.compile(
    r"[ \t\u3000|]*(?:供稿|(?:联系)?地址|联系电话|邮编|网站标识|技术支持"
    r"|(?:办公室)?[ \t\u3000]*第\s*\d+\s*页"
    r"|[）)]?[ \t\u3000]*\n\s*\d{4}年\d{1,2}月\d{1,2}日\s*(?:\n|$))"
)
# Labels of the unit that made the document, and of those that only watch or receive it.
_NOT_ANSWERABLE = re.compile(
    r"(?:填报|上报|报送|制表|填表|编制|汇总|统计|主送|督[办查导]|考核|监督|提[案出])"
)


def correct_roles(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the segments of a document, corrected by the words around them.

    Units after a label of people, or with a post, become leaders unless they list units; units that
    only report or that sign are left out; units that are the heading of items become one of
    category.
    """
    label = ""
    segments = list(_join_wrapped_units(document, segments))
    segments = list(_merge_unit_headings(document, segments))
    segments = list(_label_titles(document, segments))
    segments = list(_continue_reports(document, segments))
    first = next((s.start for s in segments if s.role == "task"), len(document.text))
    for segment, following in zip(segments, [*segments[1:], None], strict=False):
        text = document.cell(segment.start, segment.end).text
        if (segment.role == "number" and text in _BRACKETS) or _OTHERS.fullmatch(text):
            continue
        if segment.role == "task" and _PROPOSAL.fullmatch(text):
            segment = replace(segment, role="number")
        elif (segment.role != "number" and _ROLE_WORD.fullmatch(text)) or (
            segment.role in ("task", "progress") and _SECTION_RULE.fullmatch(text)
        ):
            segment = replace(segment, role="head")
        elif segment.role == "head":
            label = text if text.endswith(_COLON) else ""
        elif segment.role in UNITS:
            if not _WORD.search(text):
                continue
            signs = _SIGNED.match(document.text, segment.end)
            is_author = segment.start < first and following and following.role == "title"
            if _NOT_ANSWERABLE.match(label) or signs or is_author:
                continue
            is_post = _POST.match(document.text, segment.end)
            labelled = has_people_label(label) and not is_unit_list(text.strip("（()）"))
            if is_post or labelled:
                segment = replace(segment, role="leader")
        elif segment.role != "leader":
            label = ""
        yield segment


def _join_wrapped_units(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments; parts of one name on two lines, or of one group, become one unit.

    各州、市人民政府 is a group.
    """
    before: Segment | None = None
    for segment in segments:
        if before and before.role in UNITS and segment.role in UNITS:
            first, second = (document.cell(s.start, s.end).text for s in (before, segment))
            between = document.text[before.end : segment.start]
            is_wrapped = not between.strip() and between.count("\n") == 1
            is_cut = not all(unit.is_complete for unit in find_units(first))
            is_group = (
                between == "、"
                and first.startswith(("各", "有关", "相关"))
                and not first.endswith(_OFFICES)
                and is_generic(second)
            )
            # A bracket of a group may contain a comma: 各县（区、市）.
            is_bracket = between == "、" and count_unclosed(first) and count_unclosed(second) == -1
            if is_group or is_bracket or (is_wrapped and is_cut and has_body_ending(second)):
                before = replace(before, end=segment.end)
                continue
        if before:
            yield before
        before = segment
        if (
            segment.role in UNITS
            and count_unclosed(document.text[segment.start : segment.end]) == 1
        ):
            closed = document.text[segment.end : segment.end + 1] in ("）", ")")
            before = replace(segment, end=segment.end + closed)
    if before:
        yield before


def _merge_unit_headings(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments; units that are the heading of the items below become one of category.

    Such a heading is a line with a mark, before the number or the text of an item: 一、市教育局.
    """
    place = 0
    while place < len(segments):
        end = place
        while end < len(segments) and segments[end].role in UNITS:
            end += 1
        run = segments[place : max(end, place + 1)]
        below = [s.role for s in segments[end : end + 2] if s.role != "head"]
        place += len(run)
        is_above = below[:1] in (["number"], ["task"], ["target"])
        if run[0].role in UNITS and is_above and _is_marked_line(document, run):
            yield replace(run[0], role="category", end=run[-1].end)
            while place < len(segments) and segments[place].role in ("head", "target"):
                # Without a number or a task, the content of the item is the task.
                segment = segments[place]
                yield replace(segment, role="task") if segment.role == "target" else segment
                place += 1
        else:
            yield from run


def _label_titles(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments; headings directly above the content of one task become its title.

    一、医疗提升项目 is a title if no task, but only its content (a target), is below it. If several
    headings are, so are the others above a task.
    """
    below = {before.start: after for before, after in pairwise(segments)}
    above = {
        segment.start: below[segment.start].role
        for segment in segments
        if segment.role == "category"
        and segment.start in below
        and not _FIELD.search(document.text, segment.start, segment.end)
    }
    titles = {start for start, role in above.items() if role == "target"}
    if len(titles) >= _TITLES:
        titles |= {start for start, role in above.items() if role == "task"}
    contents = {below[start].start for start in titles}
    for segment in segments:
        if segment.start in titles:
            yield replace(segment, role="task")
        else:
            is_content = segment.start in contents and segment.role == "task"
            yield replace(segment, role="target") if is_content else segment


def _continue_reports(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments; those that continue the report above them become progress.

    A problem does if no problem has a label. A task does if it is between the numbers of two items,
    and these are consecutive.
    """
    heads = (document.text[s.start : s.end] for s in segments if s.role == "head")
    continues_problem = not any(map(PROBLEM.search, heads))
    numbers = [
        (s.start, find_marker(document.text[s.start : s.end]))
        for s in segments
        if s.role == "number"
    ]
    # Numbers of items whose next number is that of the following item.
    followed = {
        start
        for (start, first), (_, second) in pairwise(numbers)
        if first and second and first.number and second.number == first.number + 1
    }
    before: Role = "title"
    is_within = False
    for segment in segments:
        if segment.role == "number":
            is_within = segment.start in followed
        goes_on = {"problem": continues_problem, "task": is_within}.get(segment.role, False)
        if before == "progress" and goes_on:
            segment = replace(segment, role="progress")
        before = segment.role
        yield segment


def _is_marked_line(document: FlatDocument, run: Sequence[Segment]) -> bool:
    """Return whether some segments fill a line after the mark of a heading."""
    start = document.text.rfind("\n", 0, run[0].start) + 1
    while document.text[start].isspace():
        start += 1
    marker = find_marker(document.text[start : run[-1].end])
    # The mark may be part of the first segment.
    is_marked = (
        marker is not None
        and marker.style in HEADING_MARKS
        and not document.text[start + marker.end : run[0].start].strip()
    )
    return is_marked and bool(_HEADING_END.match(document.text, run[-1].end))
