"""What the report says of one matter: the tasks and sentences that fit a question best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.answers.figures import figures_in, gap_of, told_gap
from kg.answers.replies import Refusal, Reply, about_target, about_task
from kg.answers.search import Hit, Index, grams_of, weigh_words
from kg.answers.tasks import TargetRecord, TaskRecord
from kg.answers.understanding.question import Asked

# Which share of what a question says the best task must hold, and one that stands out from others.
_COVERED, _LEAST = 0.13, 0.1
# What the best task must fit at least: more than one word that many tasks have.
_FITS = 1.65
# From what share of the best score on a second task is about it too: by itself, or where it says
# more of the same matter; and how many tasks answer.
_CLOSE, _RELATED, _MOST = 0.95, 0.6, 2
_SENTENCES = 3
# What share of what a question says beside its names one task holds where it is about that task's
# matter, and how much that is.
_ONE_MATTER, _MUCH = 0.2, 1.5
# What tells why something is late or what it waits for.
_OBSTACLE = re.compile("因|由于|暂缓|延|停|受|原则上|取消|合并|调整|按.{0,10}要求|未能|难")
# What a task waits for, or whose approval.
AWAITS = re.compile(
    "(?<![接招对])待[^遇业人]{2,}|等待|尚(?:需|待)|(?<!申)报.{0,12}(?:审|批|研究|同意)"
)
_WAITING = re.compile(
    "待|等(?:待|候).{0,12}|报.{0,12}(?:审|批|研究|同意)|(?:审|批|明确)(?:后|通过)|需|尚未"
)
_REASON = re.compile(f"{_OBSTACLE.pattern}|{_WAITING.pattern}|正在|手续|办理")
# From what probability on a question asks why, so that what gives no reason does not answer it.
_SURE = 0.5
_DATED = re.compile(r"\d{1,2}月\d{0,2}日?|20\d\d年|元月|年底")
_WHEN = re.compile(
    "哪天|什么时候|啥时|何时|几月|几号|哪一天|多久|时间|when|what day|which day|date|by what time"
)
_COMPARES = re.compile("去年|同期|上年|同比|last year|previous year|year before|year[- ]on[- ]year")
_COMPARED = re.compile("同比|去年|上年|同期")
_YEAR = re.compile(r"20\d\d")
_ONLY_ASKS = re.compile(
    "报告里?|这份|都写?|些|啥|那一?片|一带|出现过?|几条|到底|究竟|怎么样|怎样|如何|什么|哪些|哪个|哪天|多少|几个|几项|请问|"
    "现在|目前|今年|全区|任务|工作|情况|进展|没有|是不是|有没有|吗|呢|的|了|啊|吧"
)

NOT_TOLD = Refusal("报告没有写这一点", "the report does not tell it")


def asked_words(asked: Asked) -> str:
    """Return the words of a question that do not only ask."""
    return _ONLY_ASKS.sub(" ", asked.spelt_out)


def only_names(asked: Asked) -> bool:
    """Tell whether a question names things and asks nothing else of them."""
    return len(grams_of(_ONLY_ASKS.sub("", asked.rest))) < 2 and not asked.has(_WHEN)


def is_one_matter(asked: Asked, index: Index) -> bool:
    """Tell whether a question says so much beside its names that it is about one task's matter."""
    hits = index.search(_ONLY_ASKS.sub(" ", asked.rest))
    return any(hit.coverage >= _ONE_MATTER and hit.held >= _MUCH for hit in hits[:1])


def find_hits(asked: Asked, index: Index) -> list[Hit]:
    """Return the tasks that a question is about, the best first; none where none fits."""
    among: Sequence[TaskRecord] | None = None
    if asked.departments:
        named = set(asked.departments)
        among = [task for task in index.tasks if named.intersection(task.departments)]
    hits = index.search(asked_words(asked), among)
    return hits if hits and _is_about(hits) else []


def answer_matter(asked: Asked, family: str, index: Index) -> Reply | Refusal:
    """Return the sentences that fit a question best, or why none does.

    Args:
        asked: The question.
        family: What is asked of the matter: `progress`, `gap`, `why` or `who`.
        index: The tasks.
    """
    hits = find_hits(asked, index)
    if not hits:
        return Refusal("图谱里没有这件事", "nothing in the graph tells of it", is_unknown=True)
    words = asked_words(asked)
    best = [hits[0]]
    best += [
        hit
        for hit in hits[1:_MOST]
        if hit.score >= _CLOSE * hits[0].score
        or (hit.score >= _RELATED * hits[0].score and index.adds(words, hits[0], hit))
    ]
    told = [about_task(hit.task, _telling(hit, asked, family), asked) for hit in best]
    text = "\n".join(told)
    as_of = max((task.as_of for task in index.tasks), default="")
    later = {year for year in _YEAR.findall(asked.text) if year > as_of[:4]}
    if any(year not in text for year in later):
        return NOT_TOLD
    if asked.families[0][0] == "why" and asked.families[0][1] >= _SURE and not _REASON.search(text):
        return Refusal("报告没有说明原因", "the report does not say why")
    understood = asked.says("最相符的句子", "the sentences that fit best")
    return Reply(text, tuple(hit.task for hit in best), understood, False)


def _is_about(hits: Sequence[Hit]) -> bool:
    """Tell whether the best task holds enough of a question, or stands out from the others."""
    if hits[0].score < _FITS:
        return False
    if hits[0].coverage >= _COVERED:
        return True
    stands_out = len(hits) == 1 or hits[0].score >= 2 * hits[1].score
    return stands_out and hits[0].coverage >= _LEAST


def _telling(hit: Hit, asked: Asked, family: str) -> list[str]:
    """Return what of a task answers a question: figures first, then sentences in its order."""
    # Figures tell more of how far something is than words alone.
    first = hit.sentences[: _SENTENCES + 2]
    chosen = sorted(first, key=lambda s: first.index(s) - 2 * bool(re.search(r"\d", s)))
    chosen = chosen[:_SENTENCES]
    rest = [sentence for sentence in hit.sentences if sentence not in chosen]
    if family == "why":
        quotes = {obstacle.quote for obstacle in hit.task.obstacles}
        near = [s for s in hit.sentences if any(s.strip("；。") in q or q in s for q in quotes)]
        chosen += near[:1]
        for pattern in (_WAITING, _OBSTACLE):
            chosen += [sentence for sentence in rest if pattern.search(sentence)][:1]
    for asks, tells in ((_WHEN, _DATED), (_COMPARES, _COMPARED)):
        if asked.has(asks):
            chosen += [sentence for sentence in rest if tells.search(sentence)][:1]
    places = {sentence: hit.task.text.find(sentence) for sentence in chosen}
    ordered = sorted(places, key=lambda sentence: places[sentence])
    figures = _figures(hit, asked, family) if family in ("progress", "gap") else ""
    return [figures, *ordered] if figures else ordered


def named_targets(targets: Iterable[TargetRecord], asked: Asked) -> list[TargetRecord]:
    """Return the targets whose indicators a question names."""
    grams = set(weigh_words(asked_words(asked)))
    return [t for t in targets if len(grams.intersection(grams_of(t.indicator))) > 1]


def _figures(hit: Hit, asked: Asked, family: str) -> str:
    """Return what is told of the targets that a question names, and what is missing by figures.

    A figure in the question tells which total is meant, and so do words that a sentence with
    figures has and no target.
    """
    named = named_targets(hit.task.targets, asked)
    told = "".join(about_target(target, asked) for target in named)
    if family != "gap":
        return told
    words = set(weigh_words(asked_words(asked)))

    def overlap(text: str) -> int:
        return len(words.intersection(grams_of(text)))

    figures = figures_in(asked.text)
    totals = {f"{target.value.normalize():f}" for target in hit.task.targets}
    best = max((overlap(target.indicator) for target in named), default=0)
    other = figures and not figures & totals
    nearer = [sentence for sentence in hit.sentences if other or overlap(sentence) > best + 1]
    if gap := gap_of(nearer, asked.text):
        return gap
    missing = [target for target in hit.task.targets if target.gap is not None]
    told = told or "".join(about_target(target, asked) for target in missing)
    near = "".join(sorted(hit.sentences[:2], key=hit.task.text.find))
    return told or gap_of((*hit.sentences, near), asked.text) or told_gap(hit.task)
