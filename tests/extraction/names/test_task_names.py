from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.names.task_names import find_mentions
from kg.gazetteer import load_gazetteer
from kg.model import NameKind
from kg.tagger.spans import LabelledSpan
from tests.extraction.rows import facts_of


def names(text: str, code: str | None = "420103") -> set[tuple[NameKind, str]]:
    ((found,),) = (facts_of(("", text), code=code),)
    for name in found.names:
        for evidence in name.evidence:
            cell = found.task.cell(evidence.cell).text
            assert cell[evidence.start : evidence.end] == evidence.quote
    return {(name.kind, name.name) for name in found.names}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("在清泉路沿线新建停车位200个", "road", "清泉路"),
        ("印发《柳河保护办法》", "policy", "《柳河保护办法》"),
        ("在满春街建成站点", "subdistrict", "满春街"),
        ("在花水街建成站点", "subdistrict", "花楼水塔街"),
        ("由区建设局牵头，每周召开协调会", "body", "区建设局"),
        ("与华南师范大学合作", "organization", "华南师范大学"),
        ("与西北大学合作", "organization", "西北大学"),
        ("与金石新材料有限公司签约", "organization", "金石新材料有限公司"),
        ("向省民政厅申报", "organization", "省民政厅"),
        ("2个项目获得全省第三届绿色创业大赛一等奖", "event", "全省第三届绿色创业大赛"),
        ("2个项目获全省第三届绿色创业大赛一等奖", "event", "全省第三届绿色创业大赛"),
        ("承办第六届柳江马拉松", "event", "第六届柳江马拉松"),
        ("以“青色家园”为引领，推进改造", "project", "青色家园"),
        ("与“柳江和”、“青色家园”、“百名干部进社区”结合", "project", "柳江和"),
        ("推进云溪大桥工程建设", "project", "云溪大桥工程"),
    ],
)
def test_names_of_each_kind(text: str, kind: NameKind, name: str) -> None:
    assert (kind, name) in names(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("围绕东湖大道柳江段、梅江路沿线等重点区域招商", "place"),
        ("举办各类金石同业促进会", "organization"),
        ("服务华东大学生就业", "organization"),
        ("新建改造农村公路120公里", "road"),
        ("要求“定人”、“定岗”、“定时”管理", "project"),
        ("喜迎军运会召开，保军需", "project"),
        ("增强居民获得感", "event"),
    ],
)
def test_words_that_look_like_names(text: str, kind: NameKind) -> None:
    assert not {name for of, name in names(text) if of == kind}


@pytest.mark.parametrize("text", ["7月8", "1.22", "2024年", "各街道"])
def test_dates_figures_and_groups_are_no_names(text: str) -> None:
    span = LabelledSpan(0, len(text), "event", 0.9)
    assert not find_mentions(text, [span], load_gazetteer("420103"))


def test_a_list_of_subdistricts_is_unfolded() -> None:
    found = names("民族、民权、满春等3条街道已完工")
    assert {name for kind, name in found if kind == "subdistrict"} == {"民族街", "民权街", "满春街"}


def test_a_road_inside_another_name_is_not_found() -> None:
    assert not {name for kind, name in names("东湖路天桥已建成") if kind == "road"}


def test_common_nouns_are_not_names() -> None:
    assert names("加强社区建设，完善道路，服务企业和学校。") == set()


@given(
    st.text(
        st.sampled_from("东湖柳林一二路街社区公园中心项目工程、，。“”《》（）的和等3个"),
        max_size=60,
    )
)
def test_any_text_gives_names_that_quote_it(text: str) -> None:
    names(text, None)


@pytest.mark.parametrize("run", ["1", "一", "“", "社区"])
def test_a_long_run_of_one_character_has_no_names(run: str) -> None:
    # If a pattern started again at each character, this would take many minutes.
    names(run * 20_000, None)
