"""A corpus of invented reports with the truth beside it, and how well and how fast it is built.

usage: python benchmarks/corpus.py [--districts N] [--years N] [--months N] [--tasks N] [--seed N]
                                   [--format csv|html|md] [--keep DIR]

Reports of real districts (GB/T 2260) hold invented tasks: of one plan, month after month, rows
change places and numbers, are reworded, dropped and added; firms, universities and offices of the
city are named in several districts, roads and schools of the same name stand in many. The corpus is
built in one store, a quarter, half and all of it, and compared with the truth:

- matching: which rows of a plan's reports are the same task;
- linking: which organisations of different districts are one, and that roads are not.
"""

from __future__ import annotations

import argparse
import csv
import html
import io
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from kg.gazetteer import jurisdiction
from kg.graph.build import build
from kg.graph.store import about_build, open_graph
from kg.questions.sparql import select

DISTRICTS = """
    420102 420103 420104 420105 420106 420107 420111 330102 330105 330106 330108 510104 510105
    510106 510107 440103 440104 440105 440106 430102 430103 430104 430105 320102 320104 320105
    320106 610102 610103 610104
""".split()
DEPARTMENTS = """
    发展和改革局 教育局 科技局 民政局 司法局 财政局 人力资源和社会保障局
    住房和建设局 城市管理局 水务局 商务局 文化和旅游局 卫生健康局 应急管理局
    审计局 市场监督管理局 统计局 园林局 信访局 退役军人事务局
""".split()
HEADINGS = ("推动经济发展", "完善城市功能", "改善民生", "加强社会治理")
ROADS = """
    文汇 长春 新华 人民 和平 建国 青年 中山 学府 滨江
    迎宾 光明 朝阳 东风 友谊 花园 湖滨 丰收 科技 创业
""".split()
FIRMS = """
    远景科技有限公司 东岳建设集团 长河证券 华泰信托有限公司
    青禾农业股份有限公司 云帆物流有限公司 天璇电子集团 海岳置业有限公司
""".split()
ABOVE = ("市城建局", "市教育局", "市规划局", "中南大学", "西北大学")
WORKS = ("改造工程", "拓宽工程", "绿化提升工程", "排水管网工程")
STATES = ("已完成设计。", "正在施工。", "已完工。", "正在办理前期手续。", "已进场施工。")
SYNONYMS = (
    ("推进", "推动"),
    ("加快", "加速"),
    ("建设", "打造"),
    ("加强", "强化"),
    ("提升", "提高"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One invented task: its identity in the plan, and what the table says of it."""

    task: int
    heading: str
    promise: str
    departments: tuple[str, ...]
    organisation: str
    road: str


def plan(rng: random.Random, size: int) -> list[Row]:
    """Invent the tasks of a plan."""
    rows = []
    for number in range(1, size + 1):
        road, firm = rng.choice(ROADS) + "路", rng.choice((*FIRMS, *ABOVE))
        kind = rng.randrange(4)
        promise = (
            f"加快推进{road}{rng.choice(WORKS)}，全年完成{number * 3 + 7}米。",
            f"会同{firm}建设{rng.choice(ROADS)}产业园{number}号楼，新增就业{number * 5 + 20}人。",
            f"提升{road}沿线环境，整治门店{number + 40}家，新建口袋公园{number % 5 + 1}个。",
            f"加强{rng.choice(ROADS)}小学建设，新增学位{number * 10 + 50}个。",
        )[kind]
        departments = tuple(rng.sample(DEPARTMENTS, 2 if rng.random() < 0.1 else 1))
        named = firm if kind == 1 else "", road if kind in (0, 2) else ""
        rows.append(Row(number, HEADINGS[number * 4 // (size + 1)], promise, departments, *named))
    return rows


def later(rows: list[Row], rng: random.Random, following: int) -> list[Row]:
    """Return the rows of a later report of the plan; new tasks are numbered on from `following`."""
    kept = [row for row in rows if rng.random() > 0.03]
    changed = [replace(row, promise=reworded(row.promise, rng)) for row in kept]
    added = [replace(row, task=following + n) for n, row in enumerate(plan(rng, 2))]
    changed += [replace(row, promise=f"另行{row.promise}") for row in added]
    changed.sort(key=lambda row: (HEADINGS.index(row.heading), row.task + rng.uniform(-2, 2)))
    return changed


def reworded(text: str, rng: random.Random) -> str:
    """Put other words for some."""
    if rng.random() < 0.3:
        for one, other in SYNONYMS:
            if rng.random() < 0.6:
                text = text.replace(one, other)
    return text


def cells(rows: list[Row], title: str, rng: random.Random) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as it is printed."""
    yield title, "", "", "", ""
    yield "序号", "工作类目", "工作任务", "进展情况", "责任部门"
    for number, row in enumerate(rows, 1):
        told = row.organisation or row.road or "该项目"
        progress = f"截至目前，{told}{rng.choice(STATES)}"
        yield str(number), row.heading, row.promise, progress, "、".join(row.departments)


def written(table: Iterable[tuple[str, ...]], form: str) -> str:
    """Return a table in a format."""
    lines = list(table)
    if form == "csv":
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(lines)
        return stream.getvalue()
    if form == "md":
        head = f"# {lines[0][0]}\n\n| {' | '.join(lines[1])} |\n|{' --- |' * 5}\n"
        return head + "".join(f"| {' | '.join(line)} |\n" for line in lines[2:])
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>"
        for line in lines[1:]
    )
    return f"<html><body><h1>{lines[0][0]}</h1><table>{body}</table></body></html>"


def make(folder: Path, options: argparse.Namespace) -> dict[str, list[Row]]:
    """Write a corpus and its truth; return the rows of each report by its file's name."""
    rng = random.Random(options.seed)
    truth: dict[str, list[Row]] = {}
    for code in DISTRICTS[: options.districts]:
        name = jurisdiction(code).name
        for year in range(2021, 2021 + options.years):
            rows, following = plan(rng, options.tasks), options.tasks + 1
            for month in range(1, options.months + 1):
                if month > 1:
                    rows = later(rows, rng, following)
                    following += 2
                title = f"{name}{year}年政府工作报告任务进展表（截至{year}年{month}月底）"
                file = f"{code}-{year}-{month:02d}.{options.format}"
                text = written(cells(rows, title, rng), options.format)
                (folder / file).write_text(text, encoding="utf-8")
                truth[file] = rows
    told = {file: [row.task for row in rows] for file, rows in truth.items()}
    (folder / "truth.json").write_text(json.dumps(told), encoding="utf-8")
    return truth


def pairs(groups: Iterable[Iterable[object]]) -> set[frozenset[object]]:
    """Return all pairs of things that stand in one group."""
    return {frozenset(pair) for group in groups for pair in combinations(set(group), 2)}


def score(found: set[frozenset[object]], true: set[frozenset[object]]) -> str:
    """Return precision and recall of pairs."""
    hit = len(found & true)
    precision = hit / len(found) if found else 1.0
    return f"precision {precision:.4f}  recall {hit / len(true) if true else 1.0:.4f}"


def matching(store: Path, truth: Mapping[str, list[Row]]) -> str:
    """Compare which rows the store and the truth hold to be the same task."""
    files = {str(e["identifier"]): str(e["source"]) for e in about_build(store)["reports"]}
    ours: dict[object, list[object]] = defaultdict(list)
    for task, report, number in select(open_graph(store), _STATES).rows:
        ours[task].append((files[str(report)], number))
    theirs: dict[object, list[object]] = defaultdict(list)
    for file in files.values():
        for number, row in enumerate(truth[file], 1):
            theirs[file.rpartition("-")[0], row.task].append((file, number))
    return score(pairs(ours.values()), pairs(theirs.values()))


def linking(store: Path, truth: Mapping[str, list[Row]]) -> str:
    """Compare which things of different districts the store and the truth hold to be one."""
    files = {str(e["identifier"]): str(e["source"]) for e in about_build(store)["reports"]}
    ours: dict[object, list[object]] = defaultdict(list)
    for thing, name, report in select(open_graph(store), _THINGS).rows:
        ours[thing].append((files[str(report)][:6], name))
    theirs: dict[object, list[object]] = defaultdict(list)
    for file in files.values():
        code = file[:6]
        for row in truth[file]:
            firm = row.organisation
            if firm:
                # Offices of the city are one in its districts only.
                theirs[code[:4] if firm.startswith("市") else "", firm].append((code, firm))
            if row.road:
                theirs[code, row.road].append((code, row.road))
    return score(pairs(ours.values()), pairs(theirs.values()))


def main() -> None:
    """Make the corpus, build parts of it, and print what it takes and how right it is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, size in (("districts", 4), ("years", 1), ("months", 6), ("tasks", 106), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=size)
    parser.add_argument("--format", choices=("csv", "html", "md"), default="csv")
    parser.add_argument("--keep", type=Path, help="folder in which the corpus stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "corpus"
        folder.mkdir(parents=True, exist_ok=True)
        truth = make(folder, options)
        files = sorted(truth)
        for part in (4, 2, 1):
            chosen = files[: max(1, len(files) // part)]
            store = Path(temporary) / f"store-{part}"
            before = time.perf_counter()
            built = build([folder / file for file in chosen], store)
            took = time.perf_counter() - before
            print(
                f"{len(chosen):5} reports  {took:7.1f} s  {took / len(chosen):5.2f} s a report  "
                f"{built.quads:10,} statements"
            )
        print(f"matching: {matching(store, truth)}")
        print(f"linking:  {linking(store, truth)}")
    for who, which in (("this process", RUSAGE_SELF), ("largest worker", RUSAGE_CHILDREN)):
        print(f"peak memory, {who}: {getrusage(which).ru_maxrss / 1024:,.0f} MB")


_STATES = """SELECT ?task ?report ?number WHERE {
  ?state a tkg:TaskState ; tkg:task ?task ; tkg:number ?number ;
    tkg:report/dcterms:identifier ?report }"""
_THINGS = """SELECT DISTINCT ?thing ?name ?report WHERE {
  VALUES ?class { tkg:Organization tkg:Road }
  ?thing a ?class ; skos:prefLabel ?name .
  ?evidence tkg:supports ?thing ; tkg:report/dcterms:identifier ?report }"""


if __name__ == "__main__":
    main()
