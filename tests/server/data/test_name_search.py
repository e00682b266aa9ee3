from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from kg.server.data.name_search import Entry, NameIndex

NAMES = (
    "江汉路",
    "江汉路步行街",
    "长江大道",
    "重庆路",
    "绿苑CBD校区",
    "绿地中心",
    "A/B 座",
    "女子小学",
)


def index(*names: str) -> NameIndex:
    return NameIndex(Entry(f"https://example.org/road/{name}", "road", name) for name in names)


def found(names: NameIndex, query: str) -> list[str]:
    return [names.entries[place].name for place in names.find(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("江汉路", "江汉路"),
        ("jhl", "江汉路"),
        ("jianghanlu", "江汉路"),
        ("JiangHan Lu", "江汉路"),
        ("jiang'han", "江汉路"),
        ("江hlu", "江汉路"),
        ("jianghl", "江汉路"),
        ("步行", "江汉路步行街"),
        ("jhl步", "江汉路步行街"),
        # Any reading of a character matches.
        ("cjdd", "长江大道"),
        ("changjiang", "长江大道"),
        ("zhangjiang", "长江大道"),
        ("chongqing", "重庆路"),
        ("zhongqing", "重庆路"),
        ("lvdi", "绿地中心"),
        ("ludi", "绿地中心"),
        ("lyudi", "绿地中心"),
        ("nvzi", "女子小学"),
        # Latin letters, also in full width.
        ("cbd", "绿苑CBD校区"),
        ("ＣＢＤ", "绿苑CBD校区"),
        ("lyCBDxq", "绿苑CBD校区"),
        ("a/b座", "A/B 座"),
        # Several words in any order.
        ("校区 绿", "绿苑CBD校区"),
    ],
)
def test_a_name_is_found_however_it_is_typed(query: str, first: str) -> None:
    assert found(index(*NAMES), query)[0] == first


@pytest.mark.parametrize(
    "query", ["", "  ", "“”", "jhx", "汉江", "绿 步行", "江汉路步行街口", "lu长"]
)
def test_what_does_not_fit_is_not_found(query: str) -> None:
    assert found(index(*NAMES), query) == []


def test_the_best_fit_comes_first_then_what_is_named_more() -> None:
    names = NameIndex(
        [
            Entry("x/1", "road", "新江汉路", weight=9),
            Entry("x/2", "road", "江汉路南段", weight=3),
            Entry("x/3", "road", "江汉路北延长线", weight=4),
            Entry("x/4", "road", "江汉路", weight=1),
            Entry("x/5", "task", "任务 5", text="江汉路改造"),
            Entry("x/6", "road", "沿江大道", ("江汉路",), weight=2),
        ]
    )
    exact = ["沿江大道", "江汉路"]
    assert found(names, "江汉路") == [*exact, "江汉路北延长线", "江汉路南段", "新江汉路", "任务 5"]
    assert found(names, "jhl") == [*exact, "江汉路北延长线", "江汉路南段", "新江汉路"]


def test_what_is_written_so_comes_before_what_is_only_read_so() -> None:
    assert found(index("财保贷", "武汉中央CBD"), "cbd") == ["武汉中央CBD", "财保贷"]


def test_the_words_of_a_task_are_found_and_its_number() -> None:
    names = NameIndex(
        Entry(f"x/{n}", "task", f"任务 {n}", (f"Task {n}",), text=f"整治第{n}处积水点")
        for n in range(1, 20)
    )
    assert found(names, "task 8") == ["任务 8", "任务 18"]
    assert found(names, "任务 8")[0] == "任务 8"
    assert found(names, "第12处")[0] == "任务 12"
    assert len(found(names, "积水 整治")) == 19


def test_the_words_of_a_task_are_found_however_signs_and_spaces_are_written() -> None:
    names = NameIndex(
        [Entry("x/1", "task", "任务 1", text="建成“智慧江汉”平台（一期）, 覆盖 ＣＢＤ")]
    )
    for query in ("平台（一期）", "平台(一期)", "智慧江汉平台", "覆盖cbd", "“智慧江汉”"):
        assert found(names, query) == ["任务 1"]


CHINESE = st.text(
    st.sampled_from("江汉长沙重庆行曾单乐绿女尉迟地大会和区县路街"), min_size=1, max_size=9
)


@given(CHINESE, st.data())
def test_any_part_is_found_by_any_readings_whole_or_cut_short(
    name: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    typed = ""
    for (readings,) in (pinyin(each, style=Style.NORMAL, heteronym=True) for each in part):
        reading = data.draw(st.sampled_from(readings))
        typed += reading[: data.draw(st.integers(1, len(reading)))]
    names = index(name, "别的名称")
    assert name in found(names, part)
    assert name in found(names, typed)


@given(st.lists(st.text(max_size=6), max_size=5), st.text(max_size=8))
def test_no_name_and_no_query_is_too_strange(texts: Sequence[str], query: str) -> None:
    names = index(*texts)
    assert set(found(names, query)) <= set(texts)
    for text in texts:
        if "".join(text.split()).strip():
            names.find(text)
