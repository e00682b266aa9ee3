from __future__ import annotations

from collections import Counter
from pathlib import Path

from kg.extraction.facts import extract
from kg.graph.mapping.report import report_statements
from kg.graph.mapping.scope import Scope
from kg.graph.rdf.ntriples import write_statements
from kg.graph.rdf.terms import BASE
from kg.reading import read
from tests.small import table

# Names and indicators that differ only in characters that IRIs leave out, a department that is
# named twice, two numbers at one span, and one promise in two cells.
_ALIKE = (
    "办事|“一网通办”率达到95%，一网通办率达到95%|一网通办率达到 96%|区发改局、发改委、区发改局",
    "道路|新建学校3-5所，推进东湖路（一期）改造|东湖路(一期)、“东湖路”10月底完工，受征收影响滞后|发改局",
)


def repeated_statements(path: Path) -> set[bytes]:
    report = read(path, jurisdiction="420103")
    facts = list(extract(report))
    told = dict.fromkeys(report_statements(report, facts, Scope.of(report, facts, BASE)))
    return {
        line for line, times in Counter(write_statements(told).splitlines()).items() if times > 1
    }


def test_each_statement_is_told_once(dataset: Path) -> None:
    assert repeated_statements(dataset) == set()


def test_what_has_the_same_iri_is_told_once(tmp_path: Path) -> None:
    assert repeated_statements(table(tmp_path / "report.csv", *_ALIKE)) == set()
