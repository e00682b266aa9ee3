"""Names found in one task are recognised in the other tasks of an invented report."""

from __future__ import annotations

from kg.extraction.names.known_names import find_known_names, learn_names
from kg.extraction.names.mentions import Mention
from kg.model import Name
from tests.extraction.rows import facts_of


def named(*progress: str) -> list[tuple[Name, ...]]:
    """Return the names of the tasks of a report, given by their progress."""
    return [found.names for found in facts_of(*(("", text) for text in progress))]


def things(names: tuple[Name, ...], kind: str) -> set[str]:
    return {name.preferred for name in names if name.kind == kind}


def test_a_name_of_one_task_is_recognised_in_another() -> None:
    first, second = named("推进云溪大桥工程建设，桩基已完成。", "配合做好云溪大桥工程周边绿化。")
    assert "云溪大桥工程" in things(first, "project")
    assert "云溪大桥工程" in things(second, "project")


def test_words_inside_a_longer_name_are_not_names() -> None:
    first, second = named("云溪公园已对外开放。", "推进云溪公园改造提升工程建设。")
    assert "云溪公园" in things(first, "place")
    assert not things(second, "place")


def test_a_short_name_is_not_looked_for_elsewhere() -> None:
    mentions = [Mention("place", "东湖", 0, 2, "tagger", 0.9)]
    assert learn_names(mentions) == {}


def test_an_unsure_name_is_not_looked_for_elsewhere() -> None:
    mentions = [Mention("place", "东湖公园", 0, 4, "tagger", 0.3)]
    assert learn_names(mentions) == {}


def test_a_known_name_is_found_outside_other_names() -> None:
    known = learn_names([Mention("place", "东湖公园", 0, 4, "tagger", 0.9)])
    covering = Mention("project", "东湖公园改造", 0, 6, "tagger", 0.8)
    cells = [("东湖公园改造", [covering]), ("在东湖公园举办", [])]
    first, second = find_known_names(cells, known)
    assert first == []
    assert [(m.name, m.start, m.rule, m.confidence) for m in second] == [
        ("东湖公园", 1, "document", 0.9)
    ]


def test_a_document_is_recognised_without_its_marks_and_region() -> None:
    title = "《云溪区促进楼宇经济发展奖励办法》"
    known = learn_names([Mention("policy", title, 0, len(title), "tagger", 0.9)])
    text = "宣传促进楼宇经济发展奖励办法"
    (found,) = find_known_names([(text, [])], known)
    assert [(mention.kind, mention.name) for mention in found] == [
        ("policy", "促进楼宇经济发展奖励办法")
    ]
