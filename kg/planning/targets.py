"""The numeric targets of a plan, those furthest behind first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.extraction.measures import remove_scale
from kg.graph.protocol import Graph
from kg.labels import JUDGEMENTS
from kg.questions.sparql import select, values_clause
from kg.tables import Plain

# Units of rates, of which no part is done while the year goes by (kg.extraction.judgement).
_RATES = frozenset({"%", "‰", "个百分点"})
_SIGNS = {">=": "≥", "<=": "≤", "~": "约", "=": ""}
_SIGNS_EN = {**_SIGNS, "~": "≈"}
# What somebody must look at comes first.
_ORDER = ("not_met", "behind", "on_track", "met", "unknown")


@dataclass(frozen=True, slots=True)
class Name:
    """A thing: its IRI and what it is called."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A target with what the latest report tells for it.

    Attributes:
        iri: Its IRI.
        task: IRI of its task.
        number: Number of the task.
        indicator: What is measured.
        sign: The comparator: `>=`, `<=`, `=` or `~`.
        value: The promised value.
        unit: Its unit, or empty.
        observed: The reported value, or None.
        observed_unit: Its unit, or empty.
        share: How much of the promise is reached, 1 for all; None where that cannot be told.
        gone: How much of the year had gone by; None for rates and where no date tells it.
        judgement: `met`, `on_track`, `behind`, `not_met` or `unknown`.
        reason: The arithmetic or words behind the judgement, in English.
        as_of: Up to when the value is told, or empty.
        departments: Who answers for the task.
        category: First-level category of the task, or empty.
        sentence: The sentence that reports, else the one that promises.
        previous: What the report before told, or None.
        previous_as_of: Up to when that report told, or empty.
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
    gone: float | None
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
        """Whether its share grows with the year: not that of a rate, or of what must stay low."""
        return self.share is not None and self.unit not in _RATES and self.sign != "<="

    @property
    def lag(self) -> float | None:
        """By how much of the promise it is behind the time that has gone by; below 0: ahead."""
        if self.share is None or self.sign == "<=":
            return None
        return (1.0 if self.gone is None else self.gone) - self.share

    @property
    def change(self) -> Decimal | None:
        """By how much the reported value has changed since the report before."""
        if self.observed is None or self.previous is None:
            return None
        return self.observed - self.previous


def read_targets(store: Graph, reports: Iterable[str] | None = None) -> tuple[TargetProgress, ...]:
    """Return the targets of tasks, those furthest behind first.

    Args:
        store: The graph.
        reports: IRIs of reports: only tasks whose latest report is one of them; all where left out.
    """
    rows = select(store, _TARGETS % values_clause("report", reports)).rows
    tasks = sorted({str(task) for _, task, *_ in rows})
    departments: defaultdict[str, dict[Name, None]] = defaultdict(dict)
    for task, iri, name in select(store, _DEPARTMENTS % values_clause("task", tasks)).rows:
        departments[str(task)][Name(str(iri), str(name))] = None
    categories = {
        str(task): str(name)
        for task, name in select(store, _CATEGORIES % values_clause("task", tasks)).rows
    }
    targets = sorted({str(target) for target, *_ in rows})
    promised = {name: values_of(store, path, targets) for name, path in _PROMISED.items()}
    observed = values_of(store, "tkg:observation", targets)
    observations = sorted(str(iri) for iri in observed.values())
    reported = {name: values_of(store, path, observations) for name, path in _REPORTED.items()}
    said = values_of(store, "^tkg:supports/tkg:sentence", [*targets, *observations])
    before = _previous(store, targets)
    found: dict[str, TargetProgress] = {}
    for target, task, number, as_of, year in rows:
        iri, observation = str(target), str(observed.get(str(target), ""))
        promise = {name: known.get(iri) for name, known in promised.items()}
        report = {name: known.get(observation) for name, known in reported.items()}
        if promise["indicator"] is None or promise["value"] is None:
            # Updates may leave a target without what it is.
            continue
        told = str(report["as_of"] or as_of or "")
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
            _share(promise, report),
            None if unit in _RATES or value is None else _gone(told, str(year or "")),
            str(promise["judgement"] or "unknown").rpartition("/")[2],
            str(promise["reason"] or ""),
            told,
            tuple(departments[str(task)]),
            categories.get(str(task), ""),
            str(said.get(observation) or said.get(iri) or ""),
            previous,
            previous_as_of,
        )
    return tuple(sorted(found.values(), key=_rank))


def values_of(store: Graph, path: str, iris: Iterable[str]) -> dict[str, Plain]:
    """Return the value to which a path leads from each of some things; the first of several.

    A query for each path is answered at once in graphs of any size, where one with many optional
    paths may take minutes.
    """
    found: dict[str, Plain] = {}
    values = values_clause("it", iris)
    query = f"SELECT ?it ?value WHERE {{ {values} ?it {path} ?value }} ORDER BY ?it ?value"
    for iri, value in select(store, query).rows:
        found.setdefault(str(iri), value)
    return found


def value_text(value: Decimal | None, unit: str) -> str:
    """Return a value with its unit, without zeros at its end.

    >>> value_text(Decimal("430.0"), "亿元"), value_text(None, "个")
    ('430亿元', '')
    """
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def goal_text(target: TargetProgress, english: bool = False) -> str:
    """Return what is promised, with its sign and unit."""
    sign = (_SIGNS_EN if english else _SIGNS).get(target.sign, "")
    return sign + value_text(target.value, target.unit)


def reported_text(target: TargetProgress) -> str:
    """Return what is reported with its unit; empty where it measures something else."""
    if target.share is None and target.observed_unit != target.unit:
        return ""
    return value_text(target.observed, target.observed_unit)


def progress_line(target: TargetProgress, english: bool = False) -> str:
    """Return in one line what is promised, what is reported, and how much of both is gone."""
    words = (
        ("Promised", "reported", "of the year gone") if english else ("目标", "已报", "时间已过")
    )
    gap = " " if english else ""
    parts = [f"{words[0]}{gap}{goal_text(target, english)}"]
    if reported := reported_text(target):
        parts.append(f"{words[1]}{gap}{reported}")
    if target.has_pace and target.share is not None:
        parts.append(f"{target.share:.0%}")
    if target.has_pace and target.gone is not None:
        parts.append(f"{target.gone:.0%} {words[2]}" if english else f"{words[2]}{target.gone:.0%}")
    return " · ".join(parts)


def _rank(target: TargetProgress) -> tuple[int, float, str, int]:
    lag = target.lag
    return (
        _ORDER.index(target.judgement) if target.judgement in JUDGEMENTS else len(_ORDER),
        0.0 if lag is None else -lag,
        target.indicator,
        target.number,
    )


def _share(promised: Mapping[str, Plain], observed: Mapping[str, Plain]) -> float | None:
    """Return how much of a value is reached, or None where the two measure different things.

    Args:
        promised: The `value`, its `unit`, and the same in the `standard` unit of code `ucum`.
        observed: The same of what is reported.
    """
    unit, its_unit = str(promised["unit"] or ""), str(observed["unit"] or promised["unit"] or "")
    bare, its_bare = (remove_scale(Decimal(1), one)[1] for one in (unit, its_unit))
    # What is counted is 1 in standard units, be it of flats or of schools.
    by_standard = promised["ucum"] == observed["ucum"] and (
        promised["ucum"] != "1" or bare == its_bare
    )
    for name, same in (("standard", by_standard), ("value", unit == its_unit)):
        whole, part = promised[name], observed[name]
        if same and whole is not None and part is not None and Decimal(str(whole)) > 0:
            return float(Decimal(str(part)) / Decimal(str(whole)))
    return None


def _gone(as_of: str, year: str) -> float | None:
    """Return how much of a year had gone by at the end of a month.

    >>> _gone("2019-10", "2019"), _gone("2019-10", "2020"), _gone("2019", "2019")
    (0.8333333333333334, None, 1.0)
    """
    if not as_of or not year or as_of[:4] != year[:4]:
        return None
    month = as_of[5:7]
    return int(month) / 12 if month.isdecimal() else 1.0


def _previous(store: Graph, targets: Iterable[str]) -> dict[str, tuple[Decimal, str]]:
    """Return what the report before the latest told for each target, and up to when."""
    told: defaultdict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for target, as_of, value in select(store, _ASSESSED % values_clause("target", targets)).rows:
        told[str(target)].append((str(as_of), Decimal(str(value))))
    found = {}
    for target, values in told.items():
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
_DEPARTMENTS = """SELECT DISTINCT ?task ?department ?name WHERE { %s
  ?task tkg:responsible ?department . ?department skos:prefLabel ?name } ORDER BY ?task ?name"""
_CATEGORIES = """SELECT DISTINCT ?task ?name WHERE { %s
  ?task tkg:category/skos:broader* ?heading .
  ?heading skos:prefLabel ?name FILTER NOT EXISTS { ?heading skos:broader ?above }
} ORDER BY ?task ?name"""
_ASSESSED = """SELECT DISTINCT ?target ?asOf ?value WHERE { %s
  ?assessment tkg:assesses ?target ; tkg:report/tkg:asOf ?asOf ;
    prov:wasDerivedFrom/tkg:value ?value }"""
