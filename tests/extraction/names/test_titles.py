"""Promises that are titles, and promises that are sentences."""

from __future__ import annotations

import pytest

from kg.extraction.names.mentions import Mention
from kg.extraction.names.titles import find_title


@pytest.mark.parametrize(
    "text", ["残疾人就业培训", "渔船更新补贴。", "枫林片区路网工程", "旧管网、泵站改造工程"]
)
def test_a_title_names_a_project(text: str) -> None:
    title = find_title(text, [])
    assert title is not None
    assert (title.kind, title.name) == ("project", text.rstrip("。"))


@pytest.mark.parametrize(
    "text",
    [
        "推进残疾人就业培训",
        "高起点打造枫林新城",
        "培训残疾人300名",
        "残疾人就业，渔船更新",
        "农民收入增长快于全省",
        "枫林大桥建成通车",
        "公交设施建设",
        "",
    ],
)
def test_a_sentence_or_a_field_of_work_is_not_a_title(text: str) -> None:
    assert find_title(text, []) is None


def test_a_field_of_work_with_a_name_in_it_is_a_title() -> None:
    named = Mention("place", "枫林新区", 0, 4, "tagger", 0.9)
    title = find_title("枫林新区路网建设", [named])
    assert title is not None
    assert title.name == "枫林新区路网建设"
