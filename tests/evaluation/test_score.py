from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.evaluation import Figure, evaluate
from kg.extraction.facts import extract
from kg.extraction.record import KEYS, to_record
from kg.reading import read


def record(no: int, **keys: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "no": no,
        "category": ["类", None],
        "task": "建设柳园",
        "progress": "已完工。",
        "departments": ["建设局"],
        "status": "completed",
        **keys,
    }


def write(path: Path, *records: dict[str, Any]) -> Path:
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in records)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def figures(
    folder: Path, extracted: dict[str, Any], reference: dict[str, Any]
) -> dict[str, Figure]:
    one, other = write(folder / "a.jsonl", extracted), write(folder / "b.jsonl", reference)
    return {figure.kind: figure for figure in evaluate(one, other).figures}


def test_figures_and_misses(tmp_path: Path) -> None:
    extracted = write(
        tmp_path / "a.jsonl",
        record(1, places=[{"name": "柳园"}, {"name": "梅园"}], status="ongoing"),
    )
    reference = write(
        tmp_path / "b.jsonl",
        record(1, places=[{"name": "“柳园”"}, {"name": "竹园小区"}]),
        record(2),
    )
    result = evaluate(extracted, reference)
    found = {figure.kind: figure for figure in result.figures}
    places = found["places"]
    assert (places.hit, places.missed, places.invented) == (1, 1, 1)
    assert places.f1 == places.precision == places.recall == 0.5
    assert found["status"].recall == 0
    # All facts of a task that the extraction lacks count as missed.
    assert found["task text"].hit == 1
    (miss,) = (miss for miss in result.misses if miss.kind == "places")
    assert (miss.task, miss.missed, miss.invented) == (1, ("竹园小区",), ("梅园",))


def test_overlapping_names_count_once(tmp_path: Path) -> None:
    one = record(1, projects=[{"name": "柳河工程"}, {"name": "柳河"}])
    other = record(1, projects=[{"name": "柳河综合管廊工程"}, {"name": "柳河治理"}])
    found = figures(tmp_path, one, other)
    assert found["projects"].hit == 0
    assert found["names (overlapping)"].hit == 1


def test_figures_are_those_of_the_other_scorer(shared: Path, tmp_path: Path) -> None:
    facts = extract(read(shared / "sources" / "jianghan-2019-10.txt"))
    extracted = write(tmp_path / "found.jsonl", *(to_record(found) for found in facts))
    reference = shared / "evaluation" / "reference-dev.jsonl"
    scorer = [sys.executable, str(shared / "evaluation" / "score.py"), "--json"]
    result = subprocess.run(
        [*scorer, str(reference), str(extracted)], capture_output=True, check=True
    )
    theirs = json.loads(result.stdout)
    ours = {figure.kind: figure for figure in evaluate(extracted, reference).figures}
    assert set(ours) == set(theirs)
    for kind, figure in theirs.items():
        if "accuracy" in figure:
            assert ours[kind].recall == pytest.approx(figure["accuracy"]), kind
        else:
            assert ours[kind].f1 == pytest.approx(figure["f1"]), kind
            assert ours[kind].hit == figure["hit"], kind


NAMES = st.lists(st.text(st.sampled_from("柳梅竹园路街12"), min_size=1, max_size=4), max_size=5)
RECORDS = st.fixed_dictionaries(dict.fromkeys(KEYS.values(), NAMES))


@given(RECORDS, RECORDS)
def test_precision_of_one_way_is_recall_of_the_other(
    tmp_path_factory: pytest.TempPathFactory, one: dict[str, Any], other: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("records")
    there = figures(folder, record(1, **one), record(1, **other))
    back = figures(folder, record(1, **other), record(1, **one))
    for kind, figure in there.items():
        assert figure.precision == pytest.approx(back[kind].recall)
        assert figure.f1 == pytest.approx(back[kind].f1)
    assert all(
        figure.f1 == 1 for figure in figures(folder, record(1, **one), record(1, **one)).values()
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1: is not JSON"),
        ('{"task": "a"}', "has no task number"),
        ('{"no": 1}\n{"no": 1}', "line 2: task 1 occurs twice"),
        ("\n", "is empty"),
        ('{"no": 1, "quantities": [{"value": 3}]}', "task 1: cannot be compared"),
    ],
)
def test_bad_files_are_told_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(text, encoding="utf-8")
    good = write(tmp_path / "good.jsonl", record(1))
    with pytest.raises(InputError, match=message):
        evaluate(bad, good)
