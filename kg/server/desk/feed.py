"""The changes from one report to the next, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from functools import partial
from itertools import islice, pairwise
from urllib.parse import urlencode
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.planning.change_lines import change_line
from kg.planning.changes import Changes, TaskChange, read_changes
from kg.planning.reports import ReportLine, comparison_title, plan_reports, read_reports
from kg.questions.sparql import only, select
from kg.server.data.build_cache import cached_result
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.parts.chosen_plan import chosen_plan, plan_title

_ATOM = "http://www.w3.org/2005/Atom"
# How many pairs of reports are compared, and how many entries a feed has.
_PAIRS, _ENTRIES = 6, 200
MEDIA_TYPE = "application/atom+xml"


@responses.cacheable
def change_feed(request: Request) -> Response:
    """Answer a request for the feed, which `?department=` and `?thing=` can filter.

    Raises:
        Problem: There is no such plan.
    """
    plan, english = chosen_plan(request), language(request) == "en"
    reports = cached_result(request, "reports", lambda found: read_reports(found.graph))
    own = plan_reports(reports, plan.identifier)
    department = request.query_params.get("department", "").strip()
    thing = request.query_params.get("thing", "").strip()
    address = request.app.state.settings.address.rstrip("/")
    title = say(request, f"{plan_title(plan, english=False)}任务变化", f"{plan.district}: changes")
    about = "、".join(text for text in (department, thing) if text)
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en" if english else "zh-CN"})
    _add_element(root, "title", f"{title} · {about}" if about else title)
    here = f"{address}/feed.atom?{urlencode(dict(request.query_params))}".rstrip("?")
    _add_element(root, "id", here)
    _add_element(root, "updated", _report_end_time(own[0]) if own else "1970-01-01T00:00:00Z")
    ElementTree.SubElement(root, "link", {"rel": "self", "href": here, "type": MEDIA_TYPE})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": f"{address}/"})
    author = ElementTree.SubElement(root, "author")
    _add_element(author, "name", request.app.state.settings.publisher or plan.district or "taskkg")
    for at, (before, after, change) in enumerate(_changes(request, own, department, thing)):
        if at == _ENTRIES:
            break
        _add_entry(root, address, before, after, change, english)
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(content, media_type=MEDIA_TYPE)


def _changes(
    request: Request, reports: tuple[ReportLine, ...], department: str, thing: str
) -> Iterator[tuple[ReportLine, ReportLine, TaskChange]]:
    """Yield the changes between a plan's reports, the newest first, each once."""
    naming = _tasks_with_name(request, thing) if thing else None
    for after, before in islice(pairwise(reports), _PAIRS):
        changes = cached_result(
            request,
            ("changes", before.iri, after.iri),
            partial(_read_changes, reports, before, after),
        )
        seen = set()
        for name, of_department in changes.by_department:
            if department and (name is None or department not in (name.name, name.iri)):
                continue
            for one in of_department:
                if naming is not None and one.task not in naming:
                    continue
                if one.change not in seen:
                    seen.add(one.change)
                    yield before, after, one


def _read_changes(
    reports: tuple[ReportLine, ...], before: ReportLine, after: ReportLine, found: Snapshot
) -> Changes:
    return read_changes(found.graph, reports, before, after)


def _tasks_with_name(request: Request, thing: str) -> frozenset[str]:
    """Return the IRIs of the tasks that mention a thing with a name."""
    from pyoxigraph import Literal

    graph = snapshot(request).graph
    names = (Literal(thing), Literal(thing, language="zh"))
    values = f"VALUES ?name {{ {' '.join(map(str, names))} }}"
    things = [str(iri) for (iri,) in select(graph, _THINGS_WITH_NAME % values).rows]
    rows = select(graph, _TASKS_WITH_THING % only("thing", things)).rows if things else ()
    return frozenset(str(task) for (task,) in rows)


def _add_entry(
    root: ElementTree.Element,
    address: str,
    before: ReportLine,
    after: ReportLine,
    task_change: TaskChange,
    english: bool,
) -> None:
    change = task_change.change
    entry = ElementTree.SubElement(root, "entry")
    who = "、".join(name.name for name in task_change.departments)
    line = change_line(change, english)
    _add_element(entry, "title", f"{who}：{line}" if who else line)
    row = change.after_row if change.after_row is not None else change.before_row
    key = urlencode({"row": row or 0, "kind": change.kind, "what": change.what})
    _add_element(entry, "id", f"{after.iri}?since={before.identifier}&{key}")
    _add_element(entry, "updated", _report_end_time(after))
    query = urlencode({"a": before.identifier, "b": after.identifier, "kind": change.kind})
    link = {"rel": "alternate", "href": f"{address}/compare/reports?{query}"}
    ElementTree.SubElement(entry, "link", link)
    for name in task_change.departments:
        ElementTree.SubElement(entry, "category", {"term": name.name})
    lines = [comparison_title(before, after, english), change.task]
    lines += [f"“{text}”" for text in (change.before_sentence, change.after_sentence) if text]
    _add_element(entry, "summary", "\n".join(text for text in lines if text))


def _report_end_time(report: ReportLine) -> str:
    """Return the end of the time that a report covers, as a date of Atom."""
    parts = [int(part) for part in report.as_of.split("-") if part.isdecimal()]
    if not parts:
        return "1970-01-01T00:00:00Z"
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}T23:59:59+08:00"


def _add_element(parent: ElementTree.Element, tag: str, text: str) -> None:
    # XML does not allow most control characters.
    cleaned = "".join(sign if sign >= " " or sign in "\n\t" else " " for sign in text)
    ElementTree.SubElement(parent, tag).text = cleaned


ROUTES = (Route("/feed.atom", change_feed),)
_THINGS_WITH_NAME = "SELECT DISTINCT ?thing WHERE { %s ?thing skos:prefLabel|skos:altLabel ?name }"
_TASKS_WITH_THING = "SELECT DISTINCT ?task WHERE { %s ?task tkg:mentions ?thing }"
