"""The text around the tasks of a document: titles, letters, other tables, page footers."""

from __future__ import annotations

import random
from collections.abc import Iterator

from training.documents.wording import fill, pick, wording
from training.documents.writer import Writer

_NUMERALS = "一二三四五六七八九十"
_CRUMB_MARKS = (" > ", " >> ", "> ", " / ", " ")
_CRUMB_LABELS = ("当前位置：", "您当前所在的位置： ", "位置：", "")
# Separators of cells, with the ends of rows.
_CELL_MARKS = ((" | ", " |\n"), ("\n", "\n"), ("\n\n", "\n\n"), ("\t", "\n"), (" ", "\n"))
_FACT_MARKS = ((" | ", " |\n"), ("： ", "\n"), ("\n\n", "\n\n"), (" |\n", " |\n"))


def write_beginning(
    government: str, year: int, gap: str, writer: Writer, chance: random.Random
) -> None:
    """Write the text above the tasks.

    Args:
        government: The government.
        year: The year.
        gap: The separator of paragraphs.
        writer: The writer.
        chance: The random generator.
    """
    if chance.random() < 0.25:
        writer.mark(_breadcrumbs(chance) + gap)
    if chance.random() < 0.08:
        writer.mark(_page_facts(government, year, chance))
    if chance.random() < 0.85:
        (title,) = pick("titles", government, year, chance)
        for _ in range(1 if chance.random() < 0.9 else 2):
            writer.write(title, "title")
            writer.mark(gap)
    while chance.random() < 0.35:
        writer.mark(pick("meta_lines", government, year, chance)[0] + gap)
    if chance.random() < 0.35:
        writer.mark("".join(line + gap for line in _letter(government, year, chance)))


def write_end(government: str, year: int, gap: str, writer: Writer, chance: random.Random) -> None:
    """Write the text below the tasks: closing sentences, signature, page footer."""
    lines = list(_assurances(government, year, chance)) if chance.random() < 0.18 else []
    lines += pick("closings", government, year, chance, chance.choice((0, 0, 1, 2)))
    if chance.random() < 0.3:
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        lines += [
            fill("{gov}人民政府办公室", government, year, chance),
            f"{year}年{month}月{day}日",
        ]
    if chance.random() < 0.4:
        lines += pick("footers", government, year, chance, chance.randint(1, 4))
    writer.mark("".join(gap + line for line in lines))


def write_other_kind(
    government: str, year: int, gap: str, writer: Writer, chance: random.Random
) -> None:
    """Write something without tasks: a table of another kind, news, or an empty form."""
    kind = chance.choice(("table", "table", "news", "form"))
    if kind == "table":
        writer.mark(make_other_table(government, year, chance))
    elif kind == "news":
        count = chance.randint(2, 5)
        writer.mark("".join(line + gap for line in pick("news", government, year, chance, count)))
    else:
        between, end = chance.choice(_CELL_MARKS)
        headings = wording()["headings"]
        for role in ("number", "task", "progress", "unit"):
            writer.write(chance.choice(headings[role]), "head")
            writer.mark(end if role == "unit" else between)
        for number in range(1, chance.randint(2, 6)):
            writer.write(str(number), "number")
            writer.mark(between * 3 if "\n" not in between else between)
            writer.mark(end)


def make_other_table(government: str, year: int, chance: random.Random) -> str:
    """Return a table without tasks: prices, posts, parameters, ranks."""
    table = chance.choice(wording()["other_tables"])
    between, end = chance.choice(_CELL_MARKS)
    rows = [table["heads"]]
    for number in range(1, chance.randint(4, 12)):
        cells = (chance.choice(choices) for choices in table["cells"])
        rows.append(
            [
                fill(cell.replace("{number}", str(number)), government, year, chance)
                for cell in cells
            ]
        )
    return "".join(between.join(row) + end for row in rows)


def _breadcrumbs(chance: random.Random) -> str:
    """Return the path of a page in a portal."""
    crumbs = chance.sample(wording()["breadcrumbs"], chance.randint(1, 4))
    return chance.choice(_CRUMB_LABELS) + chance.choice(_CRUMB_MARKS).join(("首页", *crumbs))


def _page_facts(government: str, year: int, chance: random.Random) -> str:
    """Return the table at the top of a portal's page: index number, date, publisher."""
    between, end = chance.choice(_FACT_MARKS)
    facts = chance.sample(sorted(wording()["page_facts"].items()), chance.randint(2, 6))
    return "".join(
        f"{name}{between}{fill(chance.choice(values), government, year, chance)}{end}"
        for name, values in facts
    )


def _letter(government: str, year: int, chance: random.Random) -> Iterator[str]:
    """Yield the paragraphs of a covering letter or an introduction."""
    if chance.random() < 0.4:
        yield from pick("salutations", government, year, chance)
    yield from pick("letters", government, year, chance, chance.randint(0, 3))
    yield from pick("summaries", government, year, chance, chance.choice((0, 1, 1, 2)))
    if chance.random() < 0.2:
        yield from pick("news", government, year, chance, chance.randint(1, 2))
    if chance.random() < 0.15:
        yield _ranking(chance)
    if chance.random() < 0.25:
        yield chance.choice(("一、", "（一）", "")) + chance.choice(wording()["general_headings"])
        yield from pick("general_paragraphs", government, year, chance, chance.randint(1, 3))


def _assurances(government: str, year: int, chance: random.Random) -> Iterator[str]:
    """Yield a section on methods of work: numbered items that are not tasks."""
    numeral = chance.choice("三四五六")
    yield chance.choice((f"{numeral}、", "")) + chance.choice(wording()["closing_headings"])
    form = chance.choice(("（{z}）", "{n}.", "{n}、", "{z}是", "（{n}）"))
    after = chance.choice(("。", "。", "：", "，"))
    items = chance.sample(wording()["assurances"], chance.randint(2, 4))
    for place, (title, text) in enumerate(items):
        mark = form.format(z=_NUMERALS[place], n=place + 1)
        yield f"{mark}{title}{after}{fill(text, government, year, chance)}"


def _ranking(chance: random.Random) -> str:
    """Return a ranking of counties: a numbered list without tasks."""
    counties = chance.sample(wording()["counties"], 5)
    mark = chance.choice(("、", ".", "."))
    return "；".join(f"{place}{mark}{name}" for place, name in enumerate(counties, 1)) + "。"
