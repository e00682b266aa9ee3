"""Split a cell with several labelled parts (进展情况：… 存在问题：… 下一步打算：…)."""

from __future__ import annotations

from kg.model import Cell
from kg.reading.structure.cells import cut_cell, join_cells
from kg.reading.structure.labels import LabelKind, find_labels


def split_progress(cell: Cell) -> tuple[Cell, Cell, Cell]:
    """Return the progress, the problems and the next steps in a cell.

    >>> cell = Cell("进展情况：已开工。存在问题：资金不足。下步打算：6月竣工。")
    >>> [part.text for part in split_progress(cell)]
    ['已开工。', '资金不足。', '6月竣工。']
    """
    labels = [
        label for label in find_labels(cell.text) if label.kind in ("progress", "problem", "plan")
    ]
    if not labels:
        return cell, Cell(""), Cell("")
    parts: dict[LabelKind | None, list[Cell]] = {"progress": [], "problem": [], "plan": []}
    parts["progress"].append(cut_cell(cell, 0, labels[0].start))
    ends = [*(label.start for label in labels[1:]), len(cell.text)]
    for label, end in zip(labels, ends, strict=True):
        parts[label.kind].append(cut_cell(cell, label.end, end))
    progress, problem, plan = (join_cells(parts[kind]) for kind in ("progress", "problem", "plan"))
    return progress, problem, plan
