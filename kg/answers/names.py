"""Which departments and things a question names: in full, in short, in pinyin, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from kg.answers.search import glossary, read_words
from kg.answers.tasks import TaskRecord
from kg.extraction.abbreviations import expand
from kg.graph.terms import normal_name
from kg.questions.parameters import short_for
from kg.readings import readings

PLACES = ("Subdistrict", "Community", "Road", "Place")
_QUOTES = re.compile(r"[《》“”\"‘’]")
# What is no name by itself, whatever was taken for one.
_NO_NAME = re.compile(r"[\d.年月日/-]*")
# What may follow a department's or a place's short form.
_BEHIND_SHORT = re.compile(
    r"[，,、。？?！!：:\s]|[局委办口系统]|和|与|跟|同|的|在|有|要|都|还|今|手|这|那|最|干|做|管|负|落|完|到|跟|归|明|年|$"
)
_BEFORE_SHORT = tuple("跟和与同找归给把")
_BEFORE_PLACE = re.compile(r"(?:^|[^一-鿿]|[在的和与跟把给住去到、])$")
_BEHIND_PLACE = re.compile(
    r"[，,、。？?！!\s]|[街社片区里上和与跟同来参]|的|在|有|这|那|都|还|今|$"
)
# Endings that a place's name may lack: 民族街 is called 民族, 打铜社区 打铜.
_ENDINGS = {"Subdistrict": ("街道", "街", "镇", "乡"), "Community": ("社区", "村")}
# A zone that is a department: 江汉经开区, not 江汉区.
_LONG_ZONE = 3
_BODY_ENDS = "局办委会队联院处"
_BODY = re.compile(
    r"\b(?:the )?((?:[a-z'-]+ ){0,4}?[a-z'-]+) (?:bureaus?|departments?|offices?|commissions?"
    r"|committees?|authority|administration|federation|council|agency)\b"
)
_CHINESE = re.compile("[一-鿿]{2,}")
# Words by which a question is in English, whatever Chinese names it holds.
_ENGLISH = re.compile(
    r"\b(?:the|of|is|are|was|were|has|have|had|do|does|did|what|which|who|whom|whose|how|when|where"
    r"|why|in|on|at|by|for|to|from|with|and|about|many|much|any|all|list|show|tell|give|task|tasks"
    r"|department|departments|status|progress|behind|late|done)\b"
)
_UNIVERSITY = re.compile("(?:(?![与和及请在])[一-鿿]){2,4}大学")
_LATIN = re.compile(r"[a-z]{2,}(?: ?[a-z]{1,6}){0,5}")
# English words behind the name of a place, and what its name ends with.
_PLACE_WORDS = {
    "road": "路",
    "avenue": "大道",
    "street": "街",
    "subdistrict": "街",
    "lake": "湖",
    "park": "公园",
    "community": "社区",
    "square": "广场",
}
_KINDS_OF_PLACES = re.compile(rf" ({'|'.join(_PLACE_WORDS)})s?\b")
# A name as short as this is not looked for by its sound, nor by its initials alone.
_SHORTEST_SOUND, _SHORTEST_PINYIN = 3, 4
_MOST_EQUAL, _MOST_SPELLINGS = 3, 8
# Letters that may be a part of a name: jingjipucha of 全国第四次经济普查.
_LONG_PINYIN = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a question.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        names: The full names that it may stand for; several where they fit equally.
        kind: `Department`, or the class of the thing.
    """

    start: int
    end: int
    names: tuple[str, ...]
    kind: str


class Gazetteer:
    """The names that the tasks of a graph know."""

    def __init__(self, tasks: Sequence[TaskRecord], districts: Iterable[str]) -> None:
        """Collect the names of departments and things.

        Args:
            tasks: The tasks.
            districts: The names of the places that the reports are of, which say nothing.
        """
        own = {form for name in districts for form in (name, name[:-1])}
        self._texts = [task.text.lower() for task in tasks]
        departments = {name for task in tasks for name in task.departments}
        self.departments = sorted(departments, key=lambda name: (-len(name), name))
        kinds = {name: kind for task in tasks for name, kind in task.names}
        self._things: dict[str, tuple[str, str]] = {}
        for name, kind in sorted(kinds.items()):
            form = _form(name)
            if len(form) < 2 or _NO_NAME.fullmatch(form) or form in own:
                continue
            if name not in departments:
                self._things.setdefault(form, (name, kind))
        self._sizes = sorted({len(form) for form in self._things}, reverse=True)
        self._stems = dict(self._find_stems())
        self._heard: dict[str, list[frozenset[str]]] = {}

    def find(self, text: str) -> list[Mention]:
        """Return the names in a question, in its order; none within another.

        Args:
            text: The question.
        """
        folded = text.lower()
        found = _apart([*self._things_in(folded), *self._departments_in(folded)], [])
        if not is_chinese(text):
            found += _apart(self._words_in(_without(folded, found)), found)
        found += _apart(self._english_in(_without(folded, found)), found)
        if is_chinese(text) or not _CHINESE.search(folded):
            found += _apart(self._typed_in(_without(folded, found)), found)
        if not found:
            found += _apart(self._misspelt_in(folded), found)
        return sorted(found, key=lambda mention: mention.start)

    def _things_in(self, text: str) -> Iterator[Mention]:
        at = 0
        while at < len(text):
            mention = self._thing_at(text, at)
            # A department's own name goes before a thing that begins alike.
            longer = next((d for d in self.departments if text.startswith(d, at)), "")
            if mention and mention.end - at >= len(longer):
                yield mention
                at = mention.end
            else:
                at += max(1, len(longer))

    def _thing_at(self, text: str, at: int) -> Mention | None:
        for size in self._sizes:
            if (known := self._things.get(text[at : at + size])) and at + size <= len(text):
                return Mention(at, at + size, (known[0],), known[1])
        for size in (5, 4, 3, 2):
            form = text[at : at + size]
            if form not in self._stems or not _BEFORE_PLACE.search(text, 0, at):
                continue
            if _BEHIND_PLACE.match(text, at + size):
                name, kind = self._stems[form]
                return Mention(at, at + size, (name,), kind)
        return None

    def _find_stems(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield short forms of things: of places without their ending, of universities."""
        for form, (name, kind) in self._things.items():
            for ending in _ENDINGS.get(kind, ()):
                stem = form.removesuffix(ending)
                if stem != form and len(stem) > 1 and stem not in self._things:
                    yield stem, (name, kind)
                    yield f"{stem}街道", (name, kind)
        for university in sorted(set(_UNIVERSITY.findall("。".join(self._texts))), key=len)[::-1]:
            yield f"{university[0]}大", (university, "Organization")

    def _departments_in(self, text: str) -> Iterator[Mention]:
        at = 0
        while at < len(text):
            end, names = _department_at(text, at, self.departments)
            if names:
                yield Mention(at, end, names, "Department")
            at = max(end, at + 1)

    def _english_in(self, text: str) -> Iterator[Mention]:
        """Yield departments by what they are called in English: the commerce bureau."""
        for match in _BODY.finditer(text):
            words = match[1].split()
            for first in range(len(words)):
                called = " ".join(words[first:])
                stems = bureaus().get(called) or bureaus().get(called.removesuffix("s"))
                names = [n for stem in stems or () for n in self.departments[::-1] if stem in n]
                if names:
                    start = match.end(1) - len(called)
                    yield Mention(start, match.end(), tuple(names[:1]), "Department")
                    break

    def _words_in(self, text: str) -> Iterator[Mention]:
        """Yield Chinese words in an English question that stand in tasks."""
        for match in _CHINESE.finditer(text):
            if any(match[0] in told for told in self._texts):
                kind = next((k for k, ends in _ENDINGS.items() if match[0].endswith(ends)), "Thing")
                yield Mention(match.start(), match.end(), (match[0],), kind)

    def _typed_in(self, text: str) -> Iterator[Mention]:
        """Yield names that are typed in pinyin, or by its initials: xibeihu, jhl, Xibei Lake."""
        for match in _LATIN.finditer(text):
            words = match[0].split(" ")
            starts = [match.start() + len(" ".join(words[:n])) + (n > 0) for n in range(len(words))]
            for first, last in _parts(len(words)):
                end = starts[last - 1] + len(words[last - 1])
                behind = _KINDS_OF_PLACES.match(text, end)
                typed = "".join(words[first:last])
                ending = _PLACE_WORDS[behind[1]] if behind else text[end : end + 1]
                if len(typed) < _SHORTEST_PINYIN - 1 or typed in _common_words():
                    continue
                if any(typed in told for told in self._texts):
                    continue
                names = self._typed_as(typed, ending)
                if names:
                    kind = "Department" if names[0] in self.departments else self._kind(names[0])
                    yield Mention(
                        starts[first], behind.end() if behind else end, names[:_MOST_EQUAL], kind
                    )
                    break

    def _kind(self, name: str) -> str:
        return self._things[_form(name)][1]

    def _typed_as(self, typed: str, ending: str) -> tuple[str, ...]:
        """Return the names that letters may stand for: by whole syllables, else by initials.

        Args:
            typed: The letters, in lower case.
            ending: What the name ends with, where an English word tells it: 湖 of Xibei Lake.
        """
        sounds = self._sounds()
        whole = [name for name, spelt in sounds.items() if typed in _spellings(spelt)]
        if not whole and len(typed) >= _LONG_PINYIN:
            whole = [n for n, spelt in sounds.items() if any(typed in s for s in _spellings(spelt))]
        if not whole and len(typed) > _SHORTEST_PINYIN:
            # Xibei for 西北湖, Tangjiadun for 唐家墩街.
            begun = [name for name, spelt in sounds.items() if _begins(spelt, typed)]
            begun.sort(key=lambda name: (not name.endswith(ending.strip()), len(name), name))
            whole = begun[:1]
        if not whole:
            whole = [name for name, spelt in sounds.items() if _initials(spelt) == typed]
        return tuple(whole)

    def _sounds(self) -> Mapping[str, Sequence[frozenset[str]]]:
        """Return the names with the sounds of their characters, worked out when first needed."""
        if not self._heard:
            forms = {name: name for name in self.departments}
            forms |= {name: form for form, (name, _) in self._things.items()}
            known = readings(set("".join(forms.values())))
            sound = {
                character: frozenset(r for r in spelt if r.isascii()) or frozenset((character,))
                for character, spelt in known.items()
            }
            self._heard = {name: [sound[c] for c in form] for name, form in forms.items()}
        return self._heard

    def _misspelt_in(self, text: str) -> Iterator[Mention]:
        """Yield names that sound alike, or have one other character: 西北胡, 汉江大到."""
        names = dict.fromkeys(self.departments, "Department")
        names |= {form: kind for form, (_, kind) in self._things.items()}
        for form, kind in names.items():
            size = len(form)
            if size < _SHORTEST_SOUND or not re.fullmatch("[一-鿿]+", form):
                continue
            for at in range(len(text) - size + 1):
                part = text[at : at + size]
                other = [(a, b) for a, b in zip(part, form, strict=True) if a != b]
                if len(other) == 1 and (size > _SHORTEST_SOUND or _sound_alike(*other[0])):
                    full = self._things[form][0] if form in self._things else form
                    yield Mention(at, at + size, (full,), kind)


def is_chinese(text: str) -> bool:
    """Tell whether a question is in Chinese, and not one in English with Chinese names.

    >>> is_chinese("who leads 金桥书院 (金桥)?"), is_chinese("jhl 有哪些任务")
    (False, True)
    """
    return bool(_CHINESE.search(text)) and not _ENGLISH.search(text.lower())


def _without(text: str, found: Iterable[Mention]) -> str:
    """Return a text with blanks in place of what was found."""
    for mention in found:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _apart(mentions: Iterable[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that overlap neither others nor each other, the longest first."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(one.end <= other.start or other.end <= one.start for other in (*others, *kept)):
            kept.append(one)
    return kept


def _form(name: str) -> str:
    return _QUOTES.sub("", normal_name(name)).lower()


def _department_at(text: str, at: int, known: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Return the end and the full names of the department that begins at a place, or none.

    >>> known = ["科技和经信局", "教育局", "公安分局"]
    >>> _department_at("科经局忙啥", 0, known), _department_at("教育口的", 0, known)
    ((3, ('科技和经信局',)), (2, ('教育局',)))
    """
    for name in known:
        if text.startswith(name, at):
            return at + len(name), (name,)
    for end in range(min(len(text), at + 12), at + 2, -1):
        form = text[at:end]
        if form[-1] in _BODY_ENDS or (form.endswith("区") and len(form) > _LONG_ZONE):
            changed = (form, f"{form[:-1]}局") if form[-1] == "委" else (form,)
            for short in changed:
                if same := short_for(short, known):
                    return end, (same[0],)
    for end in range(min(len(text), at + 6), at + 1, -1):
        if not (_BEHIND_SHORT.match(text, end) or text[max(0, at - 1) : at] in _BEFORE_SHORT):
            continue
        same = _shortened(text[at:end], known)
        if 0 < len(same) <= _MOST_EQUAL:
            return end, tuple(same)
    return at, ()


def _shortened(form: str, known: Sequence[str]) -> list[str]:
    """Return the departments that a form without 局 or 委 may stand for: 公安, 卫健, 金融街."""
    if not re.fullmatch("[一-鿿]+", form):
        return []
    full = expand(f"{form}局", "department").removesuffix("局")
    if full != form and (same := [n for n in known if len(n) > 3 and _in_order(n[:-1], full)]):
        return same
    if len(form) > 2 and (within := [name for name in known if form in name]):
        return within
    if begin := [name for name in known if name.startswith(form)]:
        return begin
    pattern = re.compile(".*".join(map(re.escape, form)))
    return [name for name in known if name[0] == form[0] and pattern.match(name)]


def _in_order(part: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in part)


@cache
def bureaus() -> Mapping[str, Sequence[str]]:
    """Return which parts of departments' names their English names stand for."""
    return {called: stems.split() for called, stems in read_words("bureaus.tsv").items()}


@cache
def _common_words() -> frozenset[str]:
    """Return English words that are no pinyin: those of the glossaries."""
    keys = (word for key in (*glossary(), *bureaus()) for word in key.split())
    return frozenset(keys)


def _parts(count: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of some words, the longest first."""
    for size in range(count, 0, -1):
        yield from ((first, first + size) for first in range(count - size + 1))


def _spellings(sounds: Sequence[frozenset[str]]) -> set[str]:
    """Return a name in pinyin, a spelling for each way to read its characters (at most eight)."""
    return {"".join(parts) for parts in islice(product(*map(sorted, sounds)), _MOST_SPELLINGS)}


def _begins(sounds: Sequence[frozenset[str]], typed: str) -> bool:
    """Tell whether letters are the first syllables of a name, two at least but not all.

    >>> _begins([frozenset({"xi"}), frozenset({"bei"}), frozenset({"hu"})], "xibei")
    True
    """
    begun = {""}
    for place, syllables in enumerate(sounds, 1):
        begun = {part for b in begun for s in syllables if typed.startswith(part := b + s)}
        if typed in begun:
            return place > 1
    return False


def _initials(sounds: Sequence[frozenset[str]]) -> str:
    """Return the first letters of a name's characters: 江汉路 is jhl."""
    return "".join(min(syllables)[:1] for syllables in sounds)


def _sound_alike(first: str, second: str) -> bool:
    sounds = readings(first + second)
    return bool({s for s in sounds[first] & sounds[second] if s.isascii()})
