from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from kg.graph.stores.embedded import open_graph
from kg.publishing.export import export

SPACE = "{http://www.stratml.net/PerformancePlanOrReport}"
# The sequences of the schema of StratML Part 2 as far as the report uses them, in our words: what
# an element may hold, in this order; ? may be missing, * may come often, + comes at least once.
SEQUENCES = {
    "PerformancePlanOrReport": (
        "Name Description? OtherInformation? "
        "StrategicPlanCore AdministrativeInformation? Submitter?"
    ),
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Goal": (
        "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? Objective*"
    ),
    "Objective": (
        "Name? Description? Identifier? "
        "SequenceIndicator? Stakeholder* OtherInformation? PerformanceIndicator*"
    ),
    "Stakeholder": "Name Description? Role?",
    "Role": "Name Description? RoleType*",
    "PerformanceIndicator": (
        "SequenceIndicator? MeasurementDimension UnitOfMeasurement "
        "Identifier? Relationship* MeasurementInstance* OtherInformation?"
    ),
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": "Description NumberOfUnits? StartDate? EndDate?",
    "ActualResult": "Description NumberOfUnits? StartDate? EndDate?",
    "AdministrativeInformation": "Identifier? StartDate? EndDate? PublicationDate? Source?",
}


def report(store: Path, folder: Path) -> ET.Element:
    export(open_graph(store), folder / "report.xml", "stratml")
    return ET.parse(folder / "report.xml").getroot()


def check(element: ET.Element) -> None:
    name = element.tag.removeprefix(SPACE)
    if name not in SEQUENCES:
        assert len(element) == 0, name
        return
    pattern = "".join(
        f"(?:{part.rstrip('?*+')} ){part[len(part.rstrip('?*+')) :]}"
        for part in SEQUENCES[name].split()
    )
    children = "".join(f"{child.tag.removeprefix(SPACE)} " for child in element)
    assert re.fullmatch(pattern, children), (name, children)
    for child in element:
        check(child)


def test_the_report_has_the_structure_of_the_schema(
    store: Path, nasty_store: Path, tmp_path: Path
) -> None:
    for graph in (store, nasty_store):
        root = report(graph, tmp_path)
        assert root.tag == f"{SPACE}PerformancePlanOrReport"
        assert root.get("Type") == "Performance_Report"
        check(root)
        identifiers = [found.text or "" for found in root.iter(f"{SPACE}Identifier")]
        assert len(identifiers) == len(set(identifiers))
        assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", found) for found in identifiers)
        for number in root.iter(f"{SPACE}NumberOfUnits"):
            assert re.fullmatch(r"-?\d+(\.\d+)?", number.text or "")
        for date in (*root.iter(f"{SPACE}StartDate"), *root.iter(f"{SPACE}EndDate")):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", date.text or "")


def test_tasks_are_objectives_under_their_category(store: Path, tmp_path: Path) -> None:
    root = report(store, tmp_path)
    goals = root.findall(f"{SPACE}StrategicPlanCore/{SPACE}Goal")
    assert goals[0].findtext(f"{SPACE}Name") == "经济社会发展主要预期目标"
    objectives = [found for goal in goals for found in goal.findall(f"{SPACE}Objective")]
    numbers = [int(found.findtext(f"{SPACE}SequenceIndicator") or 0) for found in objectives]
    assert numbers == list(range(1, 107))
    eighth = objectives[7]
    names = [found.findtext(f"{SPACE}Name") for found in eighth.iter(f"{SPACE}Stakeholder")]
    assert "商务区土地管理局" in names


def test_targets_are_indicators_with_what_was_reported(store: Path, tmp_path: Path) -> None:
    found = {
        indicator.findtext(f"{SPACE}MeasurementDimension"): indicator
        for indicator in report(store, tmp_path).iter(f"{SPACE}PerformanceIndicator")
    }
    investment = found["全年固定资产投资总额"]
    assert investment.findtext(f"{SPACE}UnitOfMeasurement") == "亿元"
    results = {
        child.tag.removeprefix(SPACE): child.findtext(f"{SPACE}NumberOfUnits")
        for child in investment.find(f"{SPACE}MeasurementInstance") or ()
    }
    assert results == {"TargetResult": "430", "ActualResult": "275.12"}
