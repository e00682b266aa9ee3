"""The numeric targets of a plan, those furthest behind schedule first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.extraction.numbers.measures import remove_scale
from kg.graph.stores.protocol import Graph
from kg.labels import JUDGEMENTS
from kg.planning.categories import top_categories
from kg.planning.departments import Name, departments_by_task
from kg.questions.sparql import select, values_clause
from kg.tables import Plain

# Units of rates, which do not grow during the year (kg.extraction.judgement).
_RATES = frozenset({"%", "‰", "个百分点"})
_SIGNS = {">=": "≥", "<=": "≤", "~": "约", "=": ""}
_SIGNS_EN = {**_SIGNS, "~": "≈"}
# The order of judgements: those that need attention come first.
_ORDER = ("not_met", "behind", "on_track", "met", "unknown")


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A target with its value in the latest report.

    Attributes:
        iri: Its IRI.
        task: The IRI of its task.
        number: The number of the task.
        indicator: What is measured.
        sign: The comparator: `>=`, `<=`, `=` or `~`.
        value: The promised value.
        unit: Its measure unit, or empty.
        observed: The reported value, or None.
        observed_unit: Its measure unit, or empty.
        share: The share of the promised value that is reached, 1 for all; None if unknown.
        elapsed: The share of the year that had passed; None for rates and without a date.
        judgement: `met`, `on_track`, `behind`, `not_met` or `unknown`.
        reason: The arithmetic or words behind the judgement, in English.
        as_of: The date of the reported value, or empty.
        departments: The departments responsible for the task.
        category: The first-level category of the task, or empty.
        sentence: The sentence that reports the value, else the one that promises it.
        previous: The value in the previous report, or None.
        previous_as_of: The date of the previous report, or empty.
    """

    iri: str
    task: str
    number: int
    indicator: str
    sign: str
    value: Decimal
    unit: str
    observed: Decimal | None
    observed_unit: str
    share: float | None
    elapsed: float | None
    judgement: str
    reason: str
    as_of: str
    departments: tuple[Name, ...]
    category: str
    sentence: str
    previous: Decimal | None
    previous_as_of: str

    @property
    def has_pace(self) -> bool:
        """Whether its share grows during the year; false for rates and upper limits."""
        return self.share is not None and self.unit not in _RATES and self.sign != "<="

    @property
    def lag(self) -> float | None:
        """The elapsed share of the year minus the reached share; negative if ahead."""
        if self.share is None or self.sign == "<=":
            return None
        return (1.0 if self.elapsed is None else self.elapsed) - self.share

    @property
    def change(self) -> Decimal | None:
        """The change of the reported value since the previous report."""
        if self.observed is None or self.previous is None:
            return None
        return self.observed - self.previous


def read_targets(store: Graph, reports: Iterable[str] | None = None) -> tuple[TargetProgress, ...]:
    """Return the targets of tasks, those furthest behind schedule first.

    Args:
        store: The graph.
        reports: The IRIs of reports, to return only tasks whose latest report is one of them.
    """
    rows = select(store, _TARGETS % values_clause("report", reports)).rows
    tasks = sorted({str(task) for _, task, *_ in rows})
    departments = departments_by_task(store, tasks)
    categories = dict(top_categories(store, tasks))
    targets = sorted({str(target) for target, *_ in rows})
    promised = {name: read_values(store, path, targets) for name, path in _PROMISED.items()}
    observed = read_values(store, "tkg:observation", targets)
    observations = sorted(str(iri) for iri in observed.values())
    reported = {name: read_values(store, path, observations) for name, path in _REPORTED.items()}
    said = read_values(store, "^tkg:supports/tkg:sentence", [*targets, *observations])
    before = _previous_values(store, targets)
    found: dict[str, TargetProgress] = {}
    for target, task, number, as_of, year in rows:
        iri, observation = str(target), str(observed.get(str(target), ""))
        promise = {name: known.get(iri) for name, known in promised.items()}
        report = {name: known.get(observation) for name, known in reported.items()}
        if promise["indicator"] is None or promise["value"] is None:
            # After an update a target may be incomplete.
            continue
        value_as_of = str(report["as_of"] or as_of or "")
        value, unit = report["value"], str(promise["unit"] or "")
        previous, previous_as_of = before.get(iri, (None, ""))
        found[iri] = TargetProgress(
            iri,
            str(task),
            int(str(number)),
            str(promise["indicator"]),
            str(promise["sign"] or "="),
            Decimal(str(promise["value"])),
            unit,
            None if value is None else Decimal(str(value)),
            str(report["unit"] or unit),
            _reached_share(promise, report),
            None
            if unit in _RATES or value is None
            else _elapsed_share(value_as_of, str(year or "")),
            str(promise["judgement"] or "unknown").rpartition("/")[2],
            str(promise["reason"] or ""),
            value_as_of,
            departments[str(task)],
            categories.get(str(task), ""),
            str(said.get(observation) or said.get(iri) or ""),
            previous,
            previous_as_of,
        )
    return tuple(sorted(found.values(), key=_sort_key))


def read_values(store: Graph, path: str, iris: Iterable[str]) -> dict[str, Plain]:
    """Return the first value of a property path for each of some things.

    One query for each path is fast in graphs of any size; one query with many optional paths may
    take minutes.
    """
    found: dict[str, Plain] = {}
    values = values_clause("it", iris)
    query = f"SELECT ?it ?value WHERE {{ {values} ?it {path} ?value }} ORDER BY ?it ?value"
    for iri, value in select(store, query).rows:
        found.setdefault(str(iri), value)
    return found


def value_text(value: Decimal | None, unit: str) -> str:
    """Return a value with its measure unit, without trailing zeros.

    >>> value_text(Decimal("430.0"), "亿元"), value_text(None, "个")
    ('430亿元', '')
    """
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def goal_text(target: TargetProgress, english: bool = False) -> str:
    """Return the promised value with its sign and measure unit."""
    sign = (_SIGNS_EN if english else _SIGNS).get(target.sign, "")
    return sign + value_text(target.value, target.unit)


def reported_text(target: TargetProgress) -> str:
    """Return the reported value with its unit; empty if it measures something else."""
    if target.share is None and target.observed_unit != target.unit:
        return ""
    return value_text(target.observed, target.observed_unit)


def progress_line(target: TargetProgress, english: bool = False) -> str:
    """Return a line with the promised and reported values, the reached and the elapsed share."""
    words = (
        ("Promised", "reported", "of the year gone") if english else ("目标", "已报", "时间已过")
    )
    gap = " " if english else ""
    parts = [f"{words[0]}{gap}{goal_text(target, english)}"]
    if reported := reported_text(target):
        parts.append(f"{words[1]}{gap}{reported}")
    if target.has_pace and target.share is not None:
        parts.append(f"{target.share:.0%}")
    if target.has_pace and target.elapsed is not None:
        parts.append(
            f"{target.elapsed:.0%} {words[2]}" if english else f"{words[2]}{target.elapsed:.0%}"
        )
    return " · ".join(parts)


def _sort_key(target: TargetProgress) -> tuple[int, float, str, int]:
    lag = target.lag
    return (
        _ORDER.index(target.judgement) if target.judgement in JUDGEMENTS else len(_ORDER),
        0.0 if lag is None else -lag,
        target.indicator,
        target.number,
    )


def _reached_share(promised: Mapping[str, Plain], observed: Mapping[str, Plain]) -> float | None:
    """Return the share of a value that is reached, or None if the two measure different things.

    Args:
        promised: The `value`, its `unit`, and the value in the `standard` unit with code `ucum`.
        observed: The same of the reported value.
    """
    unit, its_unit = str(promised["unit"] or ""), str(observed["unit"] or promised["unit"] or "")
    bare, its_bare = (remove_scale(Decimal(1), one)[1] for one in (unit, its_unit))
    # All counts have the standard unit 1, whether of flats or of schools.
    by_standard = promised["ucum"] == observed["ucum"] and (
        promised["ucum"] != "1" or bare == its_bare
    )
    for name, same in (("standard", by_standard), ("value", unit == its_unit)):
        whole, part = promised[name], observed[name]
        if same and whole is not None and part is not None and Decimal(str(whole)) > 0:
            return float(Decimal(str(part)) / Decimal(str(whole)))
    return None


def _elapsed_share(as_of: str, year: str) -> float | None:
    """Return the share of a year that had passed at the end of a month.

    >>> _elapsed_share("2019-10", "2019"), _elapsed_share("2019-10", "2020")
    (0.8333333333333334, None)
    >>> _elapsed_share("2019", "2019")
    1.0
    """
    if not as_of or not year or as_of[:4] != year[:4]:
        return None
    month = as_of[5:7]
    return int(month) / 12 if month.isdecimal() else 1.0


def _previous_values(store: Graph, targets: Iterable[str]) -> dict[str, tuple[Decimal, str]]:
    """Return the value of each target in the report before the latest, with its date."""
    reported: defaultdict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for target, as_of, value in select(store, _ASSESSED % values_clause("target", targets)).rows:
        reported[str(target)].append((str(as_of), Decimal(str(value))))
    found = {}
    for target, values in reported.items():
        ordered = sorted(values)
        if len(ordered) > 1:
            as_of, value = ordered[-2]
            found[target] = (value, as_of)
    return found


_PROMISED = {
    "indicator": "tkg:indicator/rdfs:label",
    "sign": "tkg:comparator/skos:notation",
    "value": "tkg:value",
    "unit": "tkg:unit",
    "standard": "tkg:standardValue",
    "ucum": "tkg:ucum",
    "judgement": "tkg:judgement",
    "reason": "tkg:judgementReason",
}
_REPORTED = {
    "value": "tkg:value",
    "unit": "tkg:unit",
    "standard": "tkg:standardValue",
    "ucum": "tkg:ucum",
    "as_of": "tkg:asOf",
}
_TARGETS = """SELECT DISTINCT ?target ?task ?number ?asOf ?year WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:target ?target ; tkg:number ?number .
  OPTIONAL { ?report tkg:asOf ?asOf }
  OPTIONAL { ?report tkg:year ?year }
} ORDER BY ?number ?target"""
_ASSESSED = """SELECT DISTINCT ?target ?asOf ?value WHERE { %s
  ?assessment tkg:assesses ?target ; tkg:report/tkg:asOf ?asOf ;
    prov:wasDerivedFrom/tkg:value ?value }"""
