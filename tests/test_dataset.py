from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.questions.sparql import select

ROOT = Path(__file__).parents[1]


def test_dataset_says_what_the_original_says(shared: Path, dataset: Path) -> None:
    original = shared / "sources" / "jianghan-2019-10.txt"
    checker = [sys.executable, str(ROOT / "scripts" / "check_dataset.py")]
    result = subprocess.run(
        [*checker, str(original), str(dataset)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_checker_notices_a_changed_figure(shared: Path, dataset: Path, tmp_path: Path) -> None:
    changed = tmp_path / "report.csv"
    text = dataset.read_text(encoding="utf-8")
    changed.write_text(text.replace("217.6亿元", "271.6亿元"), encoding="utf-8")
    original = shared / "sources" / "jianghan-2019-10.txt"
    checker = [sys.executable, str(ROOT / "scripts" / "check_dataset.py")]
    result = subprocess.run(
        [*checker, str(original), str(changed)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "task 2: figures" in result.stdout


TASK = "?subject a tkg:Task ; tkg:number ?task ; "
OTHER = "?other a tkg:Task ; tkg:mentions ?thing ; tkg:responsible ?second ."
SAME = {
    "departments": f"SELECT ?task ?name WHERE {{ {TASK} tkg:responsible/rdfs:label ?name }}",
    "names": f"""SELECT ?task ?kind ?name WHERE {{
        {TASK} tkg:mentions ?thing . ?thing a ?kind ; rdfs:label ?name
        FILTER(?kind IN (tkg:Subdistrict, tkg:Community, tkg:Road, tkg:Project, tkg:Place,
          tkg:Organization)) }}""",
    "targets": f"""SELECT ?task ?value ?unit WHERE {{
        {TASK} tkg:target ?target . ?target tkg:value ?value ; tkg:unit ?unit }}""",
    "status": f"SELECT ?task ?status WHERE {{ {TASK} tkg:status ?status }}",
    "shared things": f"""SELECT DISTINCT ?task ?name WHERE {{
        {TASK} tkg:mentions ?thing ; tkg:responsible ?first . {OTHER} ?thing rdfs:label ?name
        FILTER(?subject != ?other && ?first != ?second) }}""",
}


@pytest.fixture(scope="module")
def both(shared: Path, dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Stores built from the dataset and from the original, with the same decisions."""
    folder = tmp_path_factory.mktemp("both")
    curation = dataset.parent / "curation.yaml"
    stores = []
    for source in (dataset, shared / "sources" / "jianghan-2019-10.txt"):
        built = build([source], folder / source.suffix[1:], curation=curation)
        assert built.unmatched == ()
        stores.append(Path(built.store))
    return stores


# The dataset is a rewording of the original: computed facts are equal, extracted ones are similar.
ALIKE = {"departments": 1.0, "names": 0.55, "targets": 0.7, "status": 0.65, "shared things": 0.6}


@pytest.mark.parametrize("what", SAME)
def test_the_dataset_and_the_original_give_the_same(both: list[Path], what: str) -> None:
    first, second = (set(select(open_graph(store), SAME[what]).rows) for store in both)
    assert first
    assert len(first & second) >= ALIKE[what] * len(first | second)
