from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.curation.apply import apply_entries
from kg.curation.doubts import Doubt
from kg.curation.entries import Entry, load_curation
from kg.curation.formats import to_csv, to_yaml
from kg.curation.review import review
from kg.errors import InputError
from kg.extraction.facts import extract
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.model import Cell, Jurisdiction, Report, Task, TaskFacts
from kg.questions.sparql import select
from tests.files import text_file


def facts(*progress: str) -> list[TaskFacts]:
    tasks = tuple(
        Task("r", number, ("类", None), Cell("建设柳园3座"), Cell(text), Cell("民政局"), ())
        for number, text in enumerate(progress, 1)
    )
    report = Report("r", "r", "", Jurisdiction("420103", "江汉区"), 2019, "2019-10", tasks)
    return list(extract(report))


def names(found: TaskFacts) -> set[tuple[str, str]]:
    return {(name.kind, name.preferred) for name in found.names}


TEXT = "柳河综合管廊工程正在施工，与东湖大学合作。"


@pytest.mark.parametrize(
    ("entry", "gone", "come"),
    [
        (Entry("reject", "organization", "东湖大学", "错"), ("organization", "东湖大学"), None),
        (
            Entry("rename", "project", "柳河综合管廊工程", "全称", 1, "柳河管廊工程"),
            ("project", "柳河综合管廊工程"),
            ("project", "柳河管廊工程"),
        ),
        (
            Entry("merge", "organization", "东湖大学", "简称", None, "华中东湖大学"),
            ("organization", "东湖大学"),
            ("organization", "华中东湖大学"),
        ),
        (
            Entry("retype", "organization", "东湖大学", "校区", 1, "place"),
            ("organization", "东湖大学"),
            ("place", "东湖大学"),
        ),
        (
            Entry("add", "event", "管廊合龙", "漏", 1, "", "progress", "正在施工"),
            None,
            ("event", "管廊合龙"),
        ),
    ],
)
def test_decisions_on_names(
    entry: Entry, gone: tuple[str, str] | None, come: tuple[str, str] | None
) -> None:
    before = facts(TEXT)
    result = apply_entries(before, [entry])
    assert result.applied == (entry,)
    after = names(result.facts[0])
    if gone:
        assert gone in names(before[0])
        assert gone not in after
    if come:
        assert come in after
        (name,) = (n for n in result.facts[0].names if (n.kind, n.preferred) == come)
        assert {evidence.rule for evidence in name.evidence} == {f"curation:{entry.action}"}
        for evidence in name.evidence:
            text = before[0].task.cell(evidence.cell).text
            assert text[evidence.start : evidence.end] == evidence.quote


def test_decisions_on_values_and_states() -> None:
    before = facts("柳园已完工2座。")
    entries = [
        Entry("reject", "quantity", "", "错", 1, quote="2座"),
        Entry("accept", "target", "", "对", 1, quote="3座"),
        Entry("retype", "status", "", "对", 1, "partly_completed"),
    ]
    (after,) = apply_entries(before, entries).facts
    assert [quantity.value for quantity in after.quantities] == [3]
    assert after.targets[0].evidence.rule == "curation:accept"
    assert after.status is not None
    assert (after.status.value, after.status.evidence.rule) == (
        "partly_completed",
        "curation:retype",
    )


def test_an_entry_holds_for_its_task_only() -> None:
    result = apply_entries(
        facts(TEXT, TEXT), [Entry("reject", "organization", "东湖大学", "错", 2)]
    )
    assert ("organization", "东湖大学") in names(result.facts[0])
    assert ("organization", "东湖大学") not in names(result.facts[1])


def test_an_entry_that_matches_nothing_is_reported() -> None:
    entry = Entry("reject", "place", "不存在的公园", "错")
    result = apply_entries(facts(TEXT), [entry])
    assert result.unmatched == (entry,)
    assert result.applied == ()


YAML = """\
- action: reject
  task: 1
  kind: place
  name: 柳园
  reason: 不是地名
- action:
  task: 2
  kind: place
  name: 梅园
"""


def test_a_file_is_read_with_its_undecided_entries_left_out(tmp_path: Path) -> None:
    path = text_file(tmp_path / "curation.yaml", YAML)
    (entry,) = load_curation(path)
    assert (entry.action, entry.task, entry.kind, entry.name) == ("reject", 1, "place", "柳园")
    table = text_file(
        tmp_path / "curation.csv",
        "action,task,kind,name,to,cell,quote,reason\nreject,1,place,柳园,,,,不是地名\n",
    )
    (same,) = load_curation(table)
    assert (same.action, same.task, same.kind, same.name) == ("reject", 1, "place", "柳园")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- action: drop\n  kind: place\n", "line 1: action “drop” is not known"),
        ("- action: reject\n  kind: placee\n", "kind “placee” is not known"),
        ("- action: reject\n  kind: place\n  name: 柳园\n", "reject needs “reason”"),
        ("- action: rename\n  kind: place\n  name: 柳园\n  reason: 错\n", "rename needs “to”"),
        ("- action: add\n  kind: place\n  name: 柳园\n  reason: 漏\n", "add needs “task”"),
        (
            "- action: rename\n  kind: date\n  task: 1\n  quote: 年\n  to: a\n  reason: b\n",
            "not possible for",
        ),
        ("- action: reject\n  who: me\n", "“who” is not a field"),
        ("a: [", "is not YAML"),
        (
            '- {action: rename, kind: road, name: 新华路, to: "新\\uD800华路"}',
            r"line 1: to contains U\+D800",
        ),
        ("a: b", "is not a list of entries"),
        (
            "- {action: merge, kind: task, task: 3, to: 2, reason: a}\n"
            "- {action: merge, kind: task, task: 5, to: 2, reason: b}\n",
            "line 2: task 5 is merged with task 2, and so is task 3",
        ),
    ],
)
def test_bad_files_are_told_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    path = text_file(tmp_path / "curation.yaml", text)
    with pytest.raises(InputError, match=message):
        load_curation(path)


SOURCE = """\
序号,工作类目,工作任务,进展情况,责任部门
1,民生,新建道路,柳园路、梅园路、竹园路等2条道路已完工,建设局
2,民生,建设书院1个,东湖大学与东湖理工大学合作,教育局
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return text_file(tmp_path / "report.csv", SOURCE)


def test_doubts_come_with_their_reason_the_most_valuable_first(source: Path) -> None:
    doubts, unmatched = review(source, "420103")
    assert unmatched == ()
    worths = [doubt.worth for doubt in doubts]
    assert worths == sorted(worths, reverse=True)
    kinds = {doubt.kind: doubt for doubt in doubts}
    assert "counts 2" in kinds["count"].reason
    assert (kinds["similar"].name, kinds["similar"].other) == ("东湖大学", "东湖理工大学")
    assert kinds["target"].task == 2


@pytest.mark.parametrize("name", ["curation.yaml", "curation.csv"])
def test_a_filled_in_list_settles_its_doubts(source: Path, name: str) -> None:
    doubts, _ = review(source, "420103")
    path = source.parent / name
    if name.endswith("yaml"):
        text = to_yaml(doubts).replace("- action: null", "- action: accept")
        path.write_text(text.replace("reason: null", "reason: 已核对"), encoding="utf-8")
    else:
        rows = list(csv.DictReader(to_csv(doubts).splitlines()))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(row | {"action": "accept", "reason": "已核对"} for row in rows)
    left, unmatched = review(source, "420103")
    assert unmatched == ()
    assert [doubt for doubt in left if doubt.fact] == []


def test_names_in_csv_are_no_formulas_and_come_back_as_they_were(tmp_path: Path) -> None:
    name = "=1+1"
    doubt = Doubt("ambiguous", 1.0, 3, "place", "@here", "reason", name, "-other")  # type: ignore[arg-type]
    (row,) = csv.DictReader(to_csv([doubt]).splitlines())
    assert (row["name"], row["quote"], row["to"]) == ("'=1+1", "'@here", "'-other")
    path = tmp_path / "curation.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row | {"action": "merge", "reason": "'一"})
    (entry,) = load_curation(path)
    assert (entry.name, entry.quote, entry.to) == (name, "@here", "-other")
    assert entry.reason == "'一"


def test_decisions_stand_in_the_graph_with_their_reason(source: Path, tmp_path: Path) -> None:
    (source.parent / "curation.yaml").write_text(
        "- action: merge\n  kind: organization\n  name: 东湖大学\n"
        "  to: 东湖理工大学\n  reason: 简称\n"
        "- action: reject\n  kind: place\n  name: 不存在\n  reason: 旧\n",
        encoding="utf-8",
    )
    built = build([source], tmp_path / "store", jurisdiction="420103")
    assert [entry.name for entry in built.unmatched] == ["不存在"]
    store = open_graph(tmp_path / "store")
    (row,) = select(
        store,
        """SELECT ?action ?reason ?label WHERE {
             GRAPH ?g { ?d a tkg:Decision ; tkg:action ?action ; tkg:reason ?reason ;
               tkg:about ?thing }
             GRAPH ?h { ?thing skos:prefLabel ?label ; skos:altLabel "东湖大学"@zh }
             FILTER(CONTAINS(STR(?g), "/graph/curation/")) }""",
    ).rows
    assert row == ("merge", "简称", "东湖理工大学")
