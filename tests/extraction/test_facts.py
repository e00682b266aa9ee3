from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extraction.facts import extract
from kg.extraction.numbers.quantities import find_quantities
from kg.extraction.record import to_record
from kg.model import Cell, Evidence, Task, TaskFacts
from kg.reading import read


def task(promise: str, progress: str = "") -> Task:
    return Task("r", 1, ("类", None), Cell(promise), Cell(progress), Cell("民政局"), ())


def all_evidence(facts: TaskFacts) -> list[Evidence]:
    found = [e for name in facts.names for e in name.evidence]
    found += [quantity.evidence for quantity in facts.quantities]
    found += [date.evidence for date in facts.dates]
    found += [target.evidence for target in facts.targets]
    found += [t.actual_evidence for t in facts.targets if t.actual_evidence]
    return found + ([facts.status.evidence] if facts.status else [])


def test_every_fact_of_the_dataset_quotes_its_cell(dataset: Path) -> None:
    for facts in extract(read(dataset)):
        for evidence in all_evidence(facts):
            text = facts.task.cell(evidence.cell).text
            assert evidence.quote
            assert text[evidence.start : evidence.end] == evidence.quote


def test_scores_on_the_real_document(shared: Path, tmp_path: Path) -> None:
    facts = extract(read(shared / "sources" / "jianghan-2019-10.txt"))
    found = tmp_path / "found.jsonl"
    found.write_text(
        "".join(json.dumps(to_record(f), ensure_ascii=False) + "\n" for f in facts),
        encoding="utf-8",
    )
    evaluation = shared / "evaluation"
    scorer = [sys.executable, str(evaluation / "score.py"), "--json"]
    result = subprocess.run(
        [*scorer, str(evaluation / "reference-dev.jsonl"), str(found)],
        capture_output=True,
        check=True,
        text=True,
    )
    figures = json.loads(result.stdout)
    for cell in ("task text", "progress text", "category", "departments"):
        assert figures[cell]["accuracy"] == 1
    floors = {"subdistricts": 0.9, "names (any kind)": 0.5, "quantities": 0.97, "dates": 0.95}
    for kind, floor in floors.items():
        assert figures[kind]["f1"] >= floor, kind


@pytest.mark.parametrize("run", ["1", "一", "余万"])
def test_a_long_run_of_one_character_is_read_once(run: str) -> None:
    # If a pattern started again at each character, this would take many minutes.
    assert find_quantities(task(run * 300_000)) == ()
