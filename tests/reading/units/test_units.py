from __future__ import annotations

import pytest

from kg.reading.units.unit_groups import is_group
from kg.reading.units.unit_names import find_units, is_unit_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区教育局,区财政局；区民政局/区司法局", "区教育局 区财政局 区民政局 区司法局"),
        ("区教育局 区财政局　各街道", "区教育局 区财政局 +各街道"),
        ("区住房和城乡建设局和区财政局", "区住房和城乡建设局 区财政局"),
        ("区发改局以及各街道办事处", "区发改局 +各街道办事处"),
        ("各区人民政府、高新区管委会", "+各区人民政府 高新区管委会"),
        ("各县、市、区，各有关单位", "+各县、市、区 +各有关单位"),
        ("市级各部门及各县（市、区）政府", "+市级各部门 +各县（市、区）政府"),
        ("省妇联、省卫生健康委共同", "省妇联 省卫生健康委"),
        ("市残联、各镇（乡、街道）", "市残联 +各镇（乡、街道）"),
        ("区商务局 区供销合作社联合社", "区商务局 区供销合作社联合社"),
        ("区工信局等有关部门", "区工信局 +有关部门"),
        ("区教 育 局、区城管局", "区教育局 区城管局"),
        ("市生态环境局芙蓉分局、国网长沙供电公司", "市生态环境局芙蓉分局 国网长沙供电公司"),
        ("区委宣传部（区新闻出版局）", "区委宣传部"),
        ("区水务局，2024年6月底前完成", "区水务局"),
        ("督办单位：区政府督查室；责任单位：区水务局", "区水务局"),
        ("责任领导：某某；责任单位：区水务局", "区水务局"),
        ("区残疾人联合会、区工商业联合会、区招商局", "区残疾人联合会 区工商业联合会 区招商局"),
        ("区委政法委\\区公安分局", "区委政法委 区公安分局"),
        ("各街道属地落实", "+各街道"),
    ],
)
def test_names_and_groups(text: str, expected: str) -> None:
    found = ["+" * unit.group + unit.name for unit in find_units(text)]
    assert found == expected.split()


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("牵头单位：A局；责任单位：B局；配合单位：C局", "lead responsible cooperating"),
        ("第一责任单位：A局；协办单位：B局", "lead cooperating"),
        ("主办：A局；协办：B局", "lead cooperating"),
        ("区级牵头单位：A局；协同部门：B局", "lead cooperating"),
        ("建设主体：A公司；业主单位：B公司", "responsible responsible"),
        ("A局牵头负责，B局协助", "lead cooperating"),
        ("由A局会同B局", "lead cooperating"),
        ("A局办理，B局协办", "responsible cooperating"),
        ("由A局牵头，会同B局推进", "lead cooperating"),
        ("A局、B局按职责分工负责", "responsible responsible"),
        ("A局（牵头）、B局（配合）、C局", "lead cooperating None"),
        ("A局、B局", "None None"),
    ],
)
def test_roles(text: str, roles: str) -> None:
    assert [str(unit.role) for unit in find_units(text)] == roles.split()


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("各街道", True),
        ("各镇街", True),
        ("区直有关部门", True),
        ("各成员单位", True),
        ("相关部门", True),
        ("其他配合单位", True),
        ("属地镇街", True),
        ("12个街道", True),
        ("市属国企", True),
        ("花楼街道办事处", False),
        ("北大街街道", False),
        ("经开区管委会", False),
        ("城市管理局", False),
        ("区政府办", False),
    ],
)
def test_groups_are_distinguished_from_single_units(name: str, group: bool) -> None:
    assert is_group(name) is group


@pytest.mark.parametrize(
    "text",
    [
        "区红十字会",
        "区总工会",
        "区残疾人联合会",
        "区委党校",
        "湿地公园管委会",
        "区科协、区残联",
        "区应急管理局、区消防救援大队",
        "区项目推进中心、区投资促进局",
    ],
)
def test_lists_of_units_are_recognised(text: str) -> None:
    assert is_unit_list(text)


@pytest.mark.parametrize("text", ["座谈会", "已建成1所", "洪山区", "新建中学", "要明确专人负责"])
def test_other_texts_are_not_lists_of_units(text: str) -> None:
    assert not is_unit_list(text)
