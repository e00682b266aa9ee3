"""Find and remove the names of people, which are personal data.

A name is recognised by the label before it (责任领导：…, 联系人：…) or the post after it (…副市长牵头).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Cell, Report
from kg.reading.structure.cells import remove_spans
from kg.reading.structure.labels import PERSON, find_labels

# A post, such as that of an official.
POST = "(?:常务副|副)?(?:市长|区长|县长|旗长|州长|镇长|乡长|书记|部长|常委|秘书长|主席|主任|局长|委员|组长|总经理|董事长)"
_NAMED = re.compile(
    rf"(?<![一-鿿])(?:由)?[一-鿿]{{2,4}}?(?:同志|{POST})(?:同志)?(?=[、，,；;）)]|牵头|负责|主抓|$)"
)
_POST_BEHIND = re.compile(rf"(?:同志)?{POST}(?:同志)?$|同志$")
_HEADING = re.compile(rf"^[一-鿿]{{2,4}}?({POST})(?=主抓|牵头|分管|负责|包[联保抓])")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "葛温康施洪汤牛樊齐颜倪季岳阎芦翟殷耿鲁欧庄柴翁裘左祝纪焦冉申聂柳路章霍辛乔赖文易诸鲍俞柯阮梅欧"
)
# A name in brackets after a unit: 区教育局（张某某）; blanks make one of two characters as wide as one
# of three.
_BRACKETED = re.compile(
    rf"[（(](?:[{_SURNAMES}][一-鿿]{{1,2}}(?:[、，,][{_SURNAMES}][一-鿿]{{1,2}})*"
    r"|[一-鿿][ \u3000]{1,4}[一-鿿])[）)]"
)
# A name before its post in brackets: 张某某（副县长）.
_WITH_POST = re.compile(rf"(?<![一-鿿])(?P<name>[一-鿿]{{2,4}})[（(][^（()）]{{0,10}}{POST}[）)]")
# A name after its post: 副区长张某某领办.
_BEHIND_POST = re.compile(
    rf"(?<![一-鿿]){POST}(?P<name>[{_SURNAMES}][一-鿿]{{1,2}}?)(?:同志)?(?=[：:，,；;]|领办|牵头|负责|主抓|分管|包[联保抓])"
)
_ENDS_LIKE_BODY = re.compile(r"[局委办会处部队区院社联室所站厅心司镇乡团校馆组署府街道县市]$")
_NAME = re.compile(rf"[{_SURNAMES}][一-鿿]{{1,2}}(?:[、，, ][{_SURNAMES}][一-鿿]{{1,2}})*")
_END = re.compile(r"[；;。）)】\]]|，(?=[^，]{2,8}[：:])")
_APART = re.compile(r"[、，,；;\s]+")
_SHORT = re.compile(r"[一-鿿·]{2,8}")
_COLON = re.compile("[：:]")
_TOKENS = re.compile(r"[\s|｜、，,；;：:（）()【】\[\]/]+")
_CELLS = re.compile(r"[\s|｜；;：:【】\[\]/]+")
_IN_BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
_AT_END = re.compile(r"[（(][^（()）]*[）)]?$|^[（(]|[）)]$")
_HAN_RUN = re.compile(r"[一-鿿]+")
_LONGEST_LABEL = 10
_PEOPLE = re.compile(rf"{PERSON}|领衔代表|提案[人者]")
MASK = "（略）"


def people_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the labelled names in a text: start of the label, start and end of the names.

    >>> text = "责任领导：某某；责任单位：建设局"
    >>> [(text[a:b], text[b:c]) for a, b, c in people_spans(text)]
    [('责任领导：', '某某')]
    """
    labels = list(find_labels(text))
    for index, label in enumerate(labels):
        if label.kind != "people":
            continue
        following = labels[index + 1].start if index + 1 < len(labels) else len(text)
        mark = _END.search(text, label.end, following)
        end = mark.start() if mark else following
        yield label.start, label.end, label.end + len(text[label.end : end].rstrip("，,、 \u3000"))


def split_names(text: str) -> tuple[str, ...]:
    """Split the names of people after a label such as 责任领导.

    >>> split_names("某甲、某乙")
    ('某甲', '某乙')
    """
    return tuple(part for part in _APART.split(text) if _SHORT.fullmatch(part))


def strip_post(name: str) -> str:
    """Return the name of a person without white space and without the post after it.

    >>> strip_post("某 某"), strip_post("某某副市长")
    ('某某', '某某')
    """
    return _POST_BEHIND.sub("", "".join(name.split()))


def is_person_name(text: str) -> bool:
    """Return whether a text may consist of names of people only.

    >>> is_person_name("张某某、李某"), is_person_name("高新区"), is_person_name("停车场")
    (True, False, False)
    """
    return bool(_NAME.fullmatch(text)) and not _ENDS_LIKE_BODY.search(text)


def has_people_label(text: str) -> bool:
    """Return whether a text has a label or heading of people.

    >>> has_people_label("序号 责任领导 责任单位"), has_people_label("建设局 修路")
    (True, False)
    """
    tokens = _TOKENS.split(text)
    return any(_PEOPLE.search(token) for token in tokens if len(token) <= _LONGEST_LABEL)


def standalone_names(text: str) -> set[str]:
    """Return the names of people that are a whole cell or line of a text.

    Names that also occur inside longer words, or after figures (万元), are left out: they are words.

    >>> sorted(standalone_names("责任领导 王某某 建设高新产业园 高新 李某副市长"))
    ['李某', '王某某']
    >>> sorted(standalone_names("责任领导 李某某（副区长） 进展 苏州河（中山西路段）已完工"))
    ['李某某']
    """
    words = _HAN_RUN.findall(text)
    # A name may be in brackets, or before them; a place before them has other text behind them.
    cells = [*_IN_BRACKETS.findall(text), *(_AT_END.sub("", cell) for cell in _CELLS.split(text))]
    cells = [strip_post(cell) for cell in cells]
    names = {name for cell in cells if is_person_name(cell) for name in split_names(cell)}
    alone = [strip_post(word) for word in words]
    return {
        name
        for name in names
        if sum(word.count(name) for word in words) == alone.count(name)
        and not re.search(rf"\d\s*{name}", text)
    }


def spans_to_cut(text: str) -> list[tuple[int, int]]:
    """Return the spans of people in a cell of units, with their labels and commas."""
    found = [(start, end) for start, _, end in people_spans(text)]
    found += [match.span() for match in _NAMED.finditer(text)]
    for match in _BRACKETED.finditer(text):
        if not _ENDS_LIKE_BODY.search(match.group()[1:-1]):
            found.append(match.span())
    for match in _WITH_POST.finditer(text):
        if not _ENDS_LIKE_BODY.search(match["name"]):
            found.append(match.span())
    return found


def mask_names(text: str) -> str:
    """Return a text with labelled names replaced by （略）.

    >>> mask_names("联系人：某某，联系电话：12345")
    '联系人：（略），联系电话：（略）'
    """
    pieces, last = [], 0
    for _, start, end in people_spans(text):
        pieces += [text[last:start], MASK if text[start:end].strip() else ""]
        last = end
    shown = _HEADING.sub(r"\1", "".join([*pieces, text[last:]]))
    return _BEHIND_POST.sub(lambda match: match.group().replace(match["name"], MASK), shown)


def extract_names(cell: Cell) -> tuple[Cell, tuple[str, ...]]:
    """Return a cell without the people in it, and their names.

    >>> cell, names = extract_names(Cell("责任领导：某某；责任单位：建设局"))
    >>> cell.text, names
    ('；责任单位：建设局', ('某某',))
    """
    spans = list(people_spans(cell.text)) if _COLON.search(cell.text) else []
    names = [name for _, start, end in spans for name in split_names(cell.text[start:end])]
    cuts = [(start, end) for start, _, end in spans]
    for match in _BEHIND_POST.finditer(cell.text):
        names.append(match["name"])
        cuts.append(match.span("name"))
    return (remove_spans(cell, cuts), tuple(names)) if cuts else (cell, ())


def remove_people(report: Report, text: str = "") -> Report:
    """Return a report without the names of people.

    Args:
        report: The report.
        text: The text that it was read from, if its cells are not certain: names that are a cell
            or line of it are removed from all cells.
    """
    tasks = tuple(replace(task, leaders=()) for task in report.tasks)
    rest = tuple((line, mask_names(words)) for line, words in report.coverage.rest)
    problems = tuple(replace(found, text=mask_names(found.text)) for found in report.problems)
    coverage = replace(report.coverage, rest=rest)
    report = replace(report, tasks=tasks, coverage=coverage, problems=problems)
    names = standalone_names(text) if has_people_label(text) else set()
    return _remove_names(report, name_pattern(names)) if names else report


def name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of some names, the longest one first."""
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def remove_matches(cell: Cell, pattern: re.Pattern[str]) -> Cell:
    """Return a cell without the matches of a pattern.

    >>> remove_matches(Cell("王某某牵头"), name_pattern(("王某", "王某某"))).text
    '牵头'
    """
    return remove_spans(cell, [match.span() for match in pattern.finditer(cell.text)])


def _remove_names(report: Report, names: re.Pattern[str]) -> Report:
    """Return a report without some names."""

    def clean_cell(cell: Cell) -> Cell:
        return remove_matches(cell, names)

    def clean_text(text: str) -> str:
        return names.sub("", text)

    tasks = tuple(
        replace(
            task,
            category=(
                clean_text(task.category[0]),
                task.category[1] and clean_text(task.category[1]),
            ),
            task=clean_cell(task.task),
            progress=clean_cell(task.progress),
            # The spans of departments in this cell are evidence, so it must keep its length.
            department_cell=replace(
                task.department_cell,
                text=names.sub(lambda found: "某" * len(found[0]), task.department_cell.text),
            ),
            departments=tuple(d for d in task.departments if not names.search(d.name)),
            deadline=clean_cell(task.deadline),
            problem=clean_cell(task.problem),
            plan=clean_cell(task.plan),
            details=tuple(
                (clean_text(heading), clean_cell(cell)) for heading, cell in task.details
            ),
        )
        for task in report.tasks
    )
    rest = tuple((line, clean_text(text)) for line, text in report.coverage.rest)
    problems = tuple(
        replace(problem, text=clean_text(problem.text), reason=clean_text(problem.reason))
        for problem in report.problems
    )
    coverage = replace(report.coverage, rest=rest)
    return replace(report, tasks=tasks, coverage=coverage, problems=problems)
