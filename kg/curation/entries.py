"""Curation files: decisions of a person about extracted facts, each with a reason."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import InputError
from kg.model import TEXT_CELLS, CellName, NameKind, StatusValue
from kg.reading.source import read_text
from kg.tables import unescape_formula

Action = Literal["accept", "reject", "rename", "merge", "retype", "add"]
ValueKind = Literal["quantity", "date", "target", "status", "obstacle", "count", "task"]
FactKind = NameKind | ValueKind

_CURATED = "curation:"
ACTIONS: tuple[str, ...] = get_args(Action)
NAME_KINDS: tuple[str, ...] = get_args(NameKind)
FACT_KINDS = (*NAME_KINDS, *get_args(ValueKind))
# Control characters and noncharacters, which YAML can contain as escapes.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FIELDS = ("action", "task", "kind", "name", "to", "cell", "quote", "reason")


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of a curation file.

    Attributes:
        action: What to do with the fact.
        kind: The kind of fact.
        name: A name as extracted; empty for other facts.
        reason: The reason, for those who read the graph.
        task: Number of the task; None for a name in the whole report.
        to: The new name (rename), the name of the same thing (merge), the new kind or state
            (retype), or for a task its number in the plan (merge).
        cell: The cell that contains the quote.
        quote: Words of the source: where to add a name, or which quantity, date or target is meant.
        place: File and line of the entry, for messages.
    """

    action: Action
    kind: FactKind
    name: str
    reason: str
    task: int | None = None
    to: str = ""
    cell: CellName | None = None
    quote: str = ""
    place: str = ""

    @property
    def rule(self) -> str:
        """The rule in the evidence of facts that this entry matches."""
        return _CURATED + self.action

    def __str__(self) -> str:
        about = f"“{self.name or self.quote}”"
        where = f"task {self.task}" if self.task is not None else "the report"
        return f"{self.place}: {self.action} {self.kind} {about} of {where}"


def is_curated(rule: str) -> bool:
    """Return whether a rule in a fact's evidence is that of a curation entry."""
    return rule.startswith(_CURATED)


def load_curation(path: str | Path) -> tuple[Entry, ...]:
    """Return the entries of a curation file, YAML or CSV, in order.

    Entries without an action are not decided yet and are skipped.

    Args:
        path: A `.yaml`, `.yml` or `.csv` file.

    Raises:
        InputError: The file cannot be read, an entry is incomplete, or two contradict each other.
    """
    path = Path(path)
    rows = _csv_rows(path) if path.suffix == ".csv" else _yaml_rows(path)
    found = tuple(_entry(row, place) for row, place in rows if row.get("action") not in (None, ""))
    _check_merges(found)
    return found


def _csv_rows(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    for row in reader:
        # Cells beyond the header row come as a list, which is refused below.
        plain = {
            key: unescape_formula(cell) if isinstance(cell, str) else cell
            for key, cell in row.items()
        }
        yield plain, f"{path}, line {reader.line_num}"


def _yaml_rows(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    import yaml

    try:
        text = read_text(path)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or "cannot be parsed"
        raise InputError(f"{path}{line}: is not YAML ({what}); correct that line") from error
    except ValueError as error:
        raise InputError(f"{path}: contains an invalid date ({error}); correct it") from error
    except RecursionError:
        raise InputError(f"{path}: is nested too deeply; write a plain list of entries") from None
    if node is None or loaded is None:
        return
    if not isinstance(loaded, list):
        raise InputError(f"{path}: is not a list of entries; begin each entry with “- action: ”")
    for row, place in zip(loaded, node.value, strict=True):
        where = f"{path}, line {place.start_mark.line + 1}"
        if not isinstance(row, dict):
            raise InputError(f"{where}: is not an entry; write “- action: …” with its fields below")
        yield row, where


def _entry(row: Mapping[str, Any], place: str) -> Entry:
    unknown = [key for key in row if key not in FIELDS and key != "doubt"]
    if unknown:
        name = str(unknown[0])[:40]
        raise InputError(f"{place}: “{name}” is not a field; use {', '.join(FIELDS)}")
    text = {key: str(row.get(key) if row.get(key) is not None else "").strip() for key in FIELDS}
    for field, value in text.items():
        if none := _NO_TEXT.search(value):
            code = f"U+{ord(none[0]):04X}"
            raise InputError(f"{place}: {field} contains {code}, which is not text; delete it")
    _check_choice(text["action"], ACTIONS, "action", place)
    _check_choice(text["kind"], FACT_KINDS, "kind", place)
    if text["cell"]:
        _check_choice(text["cell"], TEXT_CELLS, "cell", place)
    if text["task"] and not (text["task"].isdecimal() and len(text["task"]) < 10):
        number = text["task"][:40]
        raise InputError(f"{place}: task “{number}” is not a number; give the row's number")
    _check_complete(text, place)
    return Entry(
        action=text["action"],  # type: ignore[arg-type]
        kind=text["kind"],  # type: ignore[arg-type]
        name=text["name"],
        reason=text["reason"],
        task=int(text["task"]) if text["task"] else None,
        to=text["to"],
        cell=text["cell"] or None,  # type: ignore[arg-type]
        quote=text["quote"],
        place=place,
    )


def _check_merges(entries: Iterable[Entry]) -> None:
    """Raise an error if two rows are merged with one task; the last entry for a row counts."""
    last = {entry.task: entry for entry in entries if entry.kind == "task"}
    merged: dict[int, Entry] = {}
    for entry in last.values():
        if entry.action != "merge":
            continue
        other = merged.setdefault(int(entry.to), entry)
        if other is not entry:
            raise InputError(
                f"{entry.place}: task {entry.task} is merged with task {entry.to}, and so is "
                f"task {other.task}; merge one of them and reject the other"
            )


def _check_choice(value: str, allowed: tuple[str, ...], field: str, place: str) -> None:
    if value not in allowed:
        raise InputError(f"{place}: {field} “{value[:40]}” is not known; use {', '.join(allowed)}")


def _check_complete(text: Mapping[str, str], place: str) -> None:
    """Raise an error if an entry lacks a field or its action does not suit its kind."""
    action, named = text["action"], text["kind"] in NAME_KINDS
    needed = ["reason"]
    if named:
        needed.append("name")
    else:
        needed.append("task")
        if text["kind"] not in ("status", "task"):
            needed.append("quote")
    if action in ("rename", "merge", "retype"):
        needed.append("to")
    if action == "add":
        needed += ["task", "quote"]
    for field in needed:
        if not text[field]:
            raise InputError(f"{place}: {action} needs “{field}”; fill it in")
    if text["kind"] == "task":
        if action not in ("merge", "reject"):
            raise InputError(
                f"{place}: {action} is not possible for a task; merge it with another or reject it"
            )
        if action == "merge" and not text["to"].isdecimal():
            raise InputError(f"{place}: to “{text['to']}” is not a number; give that of the task")
        return
    is_state = (action, text["kind"]) == ("retype", "status")
    if not named and action not in ("accept", "reject") and not is_state:
        raise InputError(
            f"{place}: {action} is not possible for a {text['kind']}; accept or reject it"
        )
    if action == "retype":
        allowed = NAME_KINDS if named else get_args(StatusValue)
        _check_choice(text["to"], allowed, "to", place)
