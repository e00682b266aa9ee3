from __future__ import annotations

import pytest

from kg.extraction.linking.links import link_names, similar_names
from kg.model import NameKind


@pytest.mark.parametrize(
    ("kind", "short", "long"),
    [
        ("organization", "红会医院", "红十字会医院"),
        ("organization", "柳信财险东湖分公司", "柳信财产保险有限公司东湖分公司"),
        ("organization", "深交所东湖基地", "深交所东湖资本市场培育基地"),
        ("place", "东湖CBD", "东湖中央商务区"),
        ("place", "柳江日报游园", "柳江日报路游园"),
        ("project", "柳河综合管廊", "柳河综合管廊工程"),
        ("project", "东湖路改造工程", "东湖路综合改造工程"),
        ("project", "百名学子留柳计划", "百名学子留柳工程"),
        ("organization", "柳信科技", "柳信科技（上海）有限公司"),
        ("organization", "柳花第二小学", "柳花第二学校"),
        ("place", "东广", "东广商圈"),
        ("place", "柳钢厂片", "原柳钢厂地块"),
        ("project", "梅苑", "梅苑片"),
        ("event", "军运会", "第七届世界军人运动会"),
        ("event", "七军会", "第七届世界军人运动会"),
        ("event", "军运", "军运会"),
        ("event", "园博会", "第十二届中国国际园林博览会"),
        ("event", "省绿色创业大赛", "全省第六届社区绿色创业大赛"),
    ],
)
def test_forms_of_one_name_are_linked(kind: NameKind, short: str, long: str) -> None:
    links = link_names({(kind, short): 1, (kind, long): 1})
    assert set(links) in ({(kind, short)}, {(kind, long)})
    assert set(links.values()) <= {short, long}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organization", "东湖大学", "东湖理工大学"),
        ("organization", "柳商银行", "柳商银行东湖分行"),
        ("place", "东湖中心", "东湖文体中心"),
        ("place", "东湖公园", "东湖二公园"),
        ("project", "柳园一期项目", "柳园二期项目"),
        ("project", "文化惠民工程", "文化体育惠民行动"),
        ("road", "东湖路", "东湖一路"),
        ("subdistrict", "民权街", "民族街"),
        ("organization", "柳信（西山）有限公司", "柳信（东海）有限公司"),
        ("organization", "柳花第二小学", "柳花第二中学"),
        ("organization", "柳江市第二小学", "柳江市第二学校"),
        ("place", "东湖", "东湖片区"),
        ("place", "柳钢厂片", "原梅钢厂地块"),
        ("event", "八军会", "第七届世界军人运动会"),
        ("event", "第六届柳江文化节", "第七届柳江文化节"),
        ("event", "市绿色创业大赛", "全省第六届社区绿色创业大赛"),
        ("event", "省创业大赛", "省大学生创业大赛"),
        ("policy", "柳河保护办法", "柳河综合保护办法"),
    ],
)
def test_different_things_are_not_linked(kind: NameKind, one: str, other: str) -> None:
    assert link_names({(kind, one): 1, (kind, other): 1}) == {}


def test_a_short_form_of_two_equal_names_is_not_guessed() -> None:
    counts: dict[tuple[NameKind, str], int] = {
        ("project", "东湖路改造工程"): 1,
        ("project", "东湖路综合改造工程"): 1,
        ("project", "东湖路环境改造工程"): 1,
    }
    assert ("project", "东湖路改造工程") not in link_names(counts)


REGION: dict[tuple[NameKind, str], int] = {("organization", "东海省柳江市第二中学"): 1}


@pytest.mark.parametrize(
    ("kind", "short", "long"),
    [
        ("organization", "省文旅", "东海省文旅集团"),
        ("place", "中央商务区", "东海中央商务区"),
        ("policy", "促进楼宇发展办法", "《东海省促进楼宇发展办法》"),
    ],
)
def test_the_region_before_a_name_makes_no_difference(
    kind: NameKind, short: str, long: str
) -> None:
    names: dict[tuple[NameKind, str], int] = {(kind, short): 1, (kind, long): 1}
    assert link_names({**REGION, **names}) == {(kind, short): long}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organization", "市文旅", "东海省文旅集团"),
        ("place", "中央商务区", "西山中央商务区"),
        ("place", "公园", "东海公园"),
        ("organization", "东海移动", "西山移动"),
    ],
)
def test_names_with_another_region_differ(kind: NameKind, one: str, other: str) -> None:
    assert link_names({**REGION, (kind, one): 1, (kind, other): 1}) == {}


def test_similar_names_are_listed_for_a_person() -> None:
    counts: dict[tuple[NameKind, str], int] = {
        ("organization", "东湖大学"): 1,
        ("organization", "东湖理工大学"): 1,
    }
    assert similar_names(counts) == [("organization", "东湖大学", "东湖理工大学")]


def test_all_forms_are_linked_to_the_most_used() -> None:
    counts = {("event", "军运会"): 5, ("event", "第七届世界军人运动会"): 1}
    assert link_names(counts) == {("event", "第七届世界军人运动会"): "军运会"}  # type: ignore[arg-type]
