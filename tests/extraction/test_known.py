"""Names that one task establishes, in the other tasks of an invented report."""

from __future__ import annotations

import pytest

from kg.model import Name
from tests.extraction.rows import facts_of


def named(*progress: str) -> list[tuple[Name, ...]]:
    """Return the names of the tasks of a report, given by their progress."""
    return [found.names for found in facts_of(*(("", text) for text in progress))]


def things(names: tuple[Name, ...], kind: str) -> set[str]:
    return {name.preferred for name in names if name.kind == kind}


@pytest.mark.parametrize(
    ("establishes", "names", "kind", "thing"),
    [
        ("推进柳信光电集团项目", "柳信光电总部大楼已封顶", "organization", "柳信光电集团"),
        ("与柳信轻机签约", "柳信轻机智慧车间建设项目已开工", "organization", "柳信轻机"),
        (
            "建设东海中央商务区，扩建东海市第二中学",
            "围绕北部地区、中央商务区等板块招商",
            "place",
            "东海中央商务区",
        ),
        ("对柳花园、梅湾等2个区域进行整治", "建设柳花园东湖路街区", "place", "柳花园"),
        (
            "迎接第三届柳江龙舟运动会",
            "承办第三届柳江龙舟运动会男子组赛事等活动",
            "event",
            "第三届柳江龙舟运动会",
        ),
    ],
)
def test_a_name_of_one_task_is_known_in_another(
    establishes: str, names: str, kind: str, thing: str
) -> None:
    first, second = named(establishes, names)
    assert thing in things(first, kind)
    assert thing in things(second, kind)


@pytest.mark.parametrize(
    ("establishes", "other", "kind"),
    [
        # A facility is called after a place, and is not the doing of who is there.
        ("与柳河医院合作", "柳河医院等人行天桥5座已完工", "organization"),
        # What stands inside a longer word is no name.
        ("对柳花园、梅湾等2个区域进行整治", "柳花园艺公司迁出", "place"),
        ("建设东海中央商务区，扩建东海市第二中学", "规划新中央商务区功能", "place"),
        # A firm's region and trade are common words.
        ("与东海商贸集团签约，扩建东海市第二中学", "东海商贸业回暖", "organization"),
        # What is held is no association.
        ("组建金石同业促进会", "举办各类金石同业促进会、培训会", "organization"),
        ("组建金石同业促进会", "联合举办金石同业促进会、培训会", "organization"),
    ],
)
def test_the_words_of_a_name_may_be_something_else(establishes: str, other: str, kind: str) -> None:
    first, second = named(establishes, other)
    assert not things(first, kind) & things(second, kind)


def test_several_forms_in_one_task_are_one_name() -> None:
    ((*names,),) = named("迎军运文化活动启动，军运会场馆完工，办好第九届世界军人运动会")
    assert [name.name for name in names if name.kind == "event"] == ["第九届世界军人运动会"]
