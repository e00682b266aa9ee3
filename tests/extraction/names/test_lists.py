from __future__ import annotations

import pytest

from kg.extraction.names.lists import unfold_lists
from kg.tagger.spans import LabelledSpan


def unfolded(text: str, kind: str, items: list[str], head: str = "") -> list[str]:
    spans, at = [], 0
    for words, label in [*((item, kind) for item in items), *([(head, "head")] if head else [])]:
        start = text.index(words, at)
        at = start + len(words)
        spans.append(LabelledSpan(start, at, label, 1.0))
    return [name for _, name in unfold_lists(text, spans)]


@pytest.mark.parametrize(
    ("text", "kind", "items", "head", "names"),
    [
        ("枫林、白石等2所卫生院", "project", ["枫林", "白石"], "卫生院",
         ["枫林卫生院", "白石卫生院"]),
        ("青石路天桥、白石等人行天桥", "project", ["青石路天桥", "白石"], "人行天桥",
         ["青石路天桥", "白石人行天桥"]),
        ("地铁4、7号线", "project", ["地铁4", "7号线"], "", ["地铁4号线", "地铁7号线"]),
        ("地铁二、三、九号线", "project", ["地铁二", "三", "九号线"], "",
         ["地铁二号线", "地铁三号线", "地铁九号线"]),
        ("青山、柳巷社区", "community", ["青山", "柳巷社区"], "", ["青山社区", "柳巷社区"]),
        ("枫林、白石4所卫生院改扩建项目", "project", ["枫林", "白石4所卫生院改扩建项目"], "",
         ["枫林卫生院改扩建项目", "白石卫生院改扩建项目"]),
        ("海山和柳湾综合实验区", "place", ["海山", "柳湾综合实验区"], "",
         ["海山", "柳湾综合实验区"]),
        ("海山和南安区", "place", ["海山", "南安区"], "", ["海山区", "南安区"]),
        ("一中、二中、实验小学", "organization", ["一中", "二中", "实验小学"], "",
         ["一中", "二中", "实验小学"]),
        ("城东三中、一中", "organization", ["城东三中", "一中"], "", ["城东三中", "一中"]),
        ("柳江一路、二马路", "road", ["柳江一路", "二马路"], "", ["柳江一路", "二马路"]),
        ("柳江一路、二路", "road", ["柳江一路", "二路"], "", ["柳江一路", "柳江二路"]),
        ("清泉路、东湖公园", "road", ["清泉路"], "", ["清泉路"]),
    ],
)  # fmt: skip
def test_items_get_the_common_parts_of_their_list(
    text: str, kind: str, items: list[str], head: str, names: list[str]
) -> None:
    assert unfolded(text, kind, items, head) == names


def test_a_distant_ending_belongs_to_another_list() -> None:
    text = "枫林、白石已完工；另有4所卫生院"
    assert unfolded(text, "project", ["枫林", "白石"], "卫生院") == ["枫林", "白石"]
