"""Answer questions about a single task with the tasks and sentences that match best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.answers.figures import find_figures, find_first_gap, find_task_gap
from kg.answers.replies import Refusal, Reply, describe_target, describe_task
from kg.answers.search import Hit, Index, split_grams, weigh_words
from kg.answers.tasks import TargetRecord, TaskRecord
from kg.answers.understanding.question import ParsedQuestion

# Minimum coverage of a question by the best task, and by one that stands out from the others.
_COVERED, _LEAST = 0.13, 0.1
# Minimum score of the best task: more than one word that many tasks have.
_FITS = 1.65
# Minimum share of the best score for a second task: by itself, or if it adds something; and how
# many tasks an answer has.
_CLOSE, _RELATED, _MOST = 0.95, 0.6, 2
_SENTENCES = 3
# Minimum share and weight of the words besides names that a question about one task has in common
# with it.
_ONE_MATTER, _MUCH = 0.2, 1.5
# Words on why something is late or what it waits for.
_OBSTACLE = re.compile("因|由于|暂缓|延|停|受|原则上|取消|合并|调整|按.{0,10}要求|未能|难")
# Words on what a task waits for, or whose approval.
AWAITS = re.compile(
    "(?<![接招对])待[^遇业人]{2,}|等待|尚(?:需|待)|(?<!申)报.{0,12}(?:审|批|研究|同意)"
)
_WAITING = re.compile(
    "待|等(?:待|候).{0,12}|报.{0,12}(?:审|批|研究|同意)|(?:审|批|明确)(?:后|通过)|需|尚未"
)
_REASON = re.compile(f"{_OBSTACLE.pattern}|{_WAITING.pattern}|正在|手续|办理")
# Minimum probability that a question asks why, so that an answer must give a reason.
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

NOT_REPORTED = Refusal("报告没有写这一点", "the report does not say")


def content_words(question: ParsedQuestion) -> str:
    """Return a question without question words and other words without content."""
    return _ONLY_ASKS.sub(" ", question.text_with_full_names)


def has_only_names(question: ParsedQuestion) -> bool:
    """Return whether a question consists of names and words without content."""
    return len(
        split_grams(_ONLY_ASKS.sub("", question.text_without_names))
    ) < 2 and not question.has(_WHEN)


def is_about_one_task(question: ParsedQuestion, index: Index) -> bool:
    """Return whether the words besides names show that a question is about a single task."""
    hits = index.search(_ONLY_ASKS.sub(" ", question.text_without_names))
    return any(hit.coverage >= _ONE_MATTER and hit.overlap >= _MUCH for hit in hits[:1])


def find_hits(question: ParsedQuestion, index: Index) -> list[Hit]:
    """Return the tasks that a question is about, the best first."""
    among: Sequence[TaskRecord] | None = None
    if question.departments:
        named = set(question.departments)
        among = [task for task in index.tasks if named.intersection(task.departments)]
    hits = index.search(content_words(question), among)
    return hits if hits and _is_good_fit(hits) else []


def answer_by_sentences(question: ParsedQuestion, family: str, index: Index) -> Reply | Refusal:
    """Return the sentences that match a question best, or why none does.

    Args:
        question: The question.
        family: What is asked about the task: `progress`, `gap`, `why` or `who`.
        index: The tasks.
    """
    hits = find_hits(question, index)
    if not hits:
        return Refusal("图谱里没有这件事", "the graph has nothing on it", is_unknown=True)
    words = content_words(question)
    best = [hits[0]]
    best += [
        hit
        for hit in hits[1:_MOST]
        if hit.score >= _CLOSE * hits[0].score
        or (hit.score >= _RELATED * hits[0].score and index.has_more_of_matter(words, hits[0], hit))
    ]
    lines = [
        describe_task(hit.task, _select_sentences(hit, question, family), question) for hit in best
    ]
    text = "\n".join(lines)
    as_of = max((task.as_of for task in index.tasks), default="")
    later = {year for year in _YEAR.findall(question.text) if year > as_of[:4]}
    if any(year not in text for year in later):
        return NOT_REPORTED
    if (
        question.families[0][0] == "why"
        and question.families[0][1] >= _SURE
        and not _REASON.search(text)
    ):
        return Refusal("报告没有说明原因", "the report does not say why")
    understood = question.localise("最相符的句子", "the sentences that match best")
    return Reply(text, tuple(hit.task for hit in best), understood, False)


def _is_good_fit(hits: Sequence[Hit]) -> bool:
    """Return whether the best task covers enough of a question, or stands out from the others."""
    if hits[0].score < _FITS:
        return False
    if hits[0].coverage >= _COVERED:
        return True
    stands_out = len(hits) == 1 or hits[0].score >= 2 * hits[1].score
    return stands_out and hits[0].coverage >= _LEAST


def _select_sentences(hit: Hit, question: ParsedQuestion, family: str) -> list[str]:
    """Return the parts of a task that answer a question: figures, then sentences in text order."""
    # Sentences with figures say more about progress than words alone.
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
        if question.has(asks):
            chosen += [sentence for sentence in rest if tells.search(sentence)][:1]
    places = {sentence: hit.task.text.find(sentence) for sentence in chosen}
    ordered = sorted(places, key=lambda sentence: places[sentence])
    figures = _figures_text(hit, question, family) if family in ("progress", "gap") else ""
    return [figures, *ordered] if figures else ordered


def find_named_targets(
    targets: Iterable[TargetRecord], question: ParsedQuestion
) -> list[TargetRecord]:
    """Return the targets whose indicators a question names."""
    grams = set(weigh_words(content_words(question)))
    return [t for t in targets if len(grams.intersection(split_grams(t.indicator))) > 1]


def _figures_text(hit: Hit, question: ParsedQuestion, family: str) -> str:
    """Return the targets that a question names, or the gap between figures in sentences.

    Sentences come before targets if the question has a figure that is not a target, or more words
    in common with a sentence than with any target.
    """
    named = find_named_targets(hit.task.targets, question)
    figures_text = "".join(describe_target(target, question) for target in named)
    if family != "gap":
        return figures_text
    words = set(weigh_words(content_words(question)))

    def overlap(text: str) -> int:
        return len(words.intersection(split_grams(text)))

    figures = find_figures(question.text)
    totals = {f"{target.value.normalize():f}" for target in hit.task.targets}
    best = max((overlap(target.indicator) for target in named), default=0)
    other = figures and not figures & totals
    nearer = [sentence for sentence in hit.sentences if other or overlap(sentence) > best + 1]
    if gap := find_first_gap(nearer, question.text):
        return gap
    missing = [target for target in hit.task.targets if target.gap is not None]
    figures_text = figures_text or "".join(describe_target(target, question) for target in missing)
    near = "".join(sorted(hit.sentences[:2], key=hit.task.text.find))
    return (
        figures_text
        or find_first_gap((*hit.sentences, near), question.text)
        or find_task_gap(hit.task)
    )
