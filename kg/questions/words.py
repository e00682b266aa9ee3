"""Groups of Chinese and English words in questions that have the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.extraction.lexicon import lexicon_pattern

_LATIN = re.compile(r"[a-z0-9][a-z0-9'-]*")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean the same.

    Attributes:
        name: The first of them; empty for words without meaning, such as 请问.
        values: The values that they stand for, by kind of parameter.
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """All known words in lower case, with their groups."""

    groups: Mapping[str, Group]
    pattern: re.Pattern[str]

    def match_at(self, text: str, start: int) -> tuple[int, Group] | None:
        """Return the end and the group of the longest word at a position, or None."""
        match = self.pattern.match(text, start)
        if match is None:
            return None
        word = match.group()
        forms = (word, word.removesuffix("s"), word.removesuffix("es"))
        return match.end(), next(self.groups[form] for form in forms if form in self.groups)


def compile_words(groups: Mapping[str, Group]) -> Words:
    """Compile words to a pattern; English ones match as whole words and in the plural."""
    latin = {word for word in groups if _LATIN.match(word)}
    chinese = lexicon_pattern(groups.keys() - latin).pattern
    english = lexicon_pattern(latin).pattern
    return Words(
        groups, re.compile(rf"(?<![a-z0-9])(?:{english})(?:e?s)?(?![a-z0-9])|(?:{chinese})")
    )


@cache
def load_words() -> Words:
    """Return the words of `words.yaml`."""
    import yaml

    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    groups: dict[str, Group] = {}
    for entry in yaml.safe_load(text):
        names = [word.strip() for word in entry.pop("words").split(",")]
        group = Group("" if entry.pop("says", None) else names[0], entry)
        groups |= dict.fromkeys(names, group)
    return compile_words(groups)


def find_unknown_end(text: str, start: int) -> int:
    """Return the end of an unknown word: an English word or a single character."""
    match = _LATIN.match(text, start)
    return match.end() if match else start + 1


def split_phrasing(phrasing: str, known: Words) -> Iterator[tuple[str, str]]:
    """Yield the items of a phrasing: `("word", name of its group)` or `("slot", parameter)`.

    Text that is not a known word is a word of its own.

    >>> list(split_phrasing("which things do departments share {thing}", load_words()))
    [('word', '东西'), ('word', '部门'), ('word', '共同'), ('slot', 'thing')]
    """
    for index, piece in enumerate(_SLOT.split(phrasing)):
        if index % 2:
            yield "slot", piece
            continue
        text, at, new = piece.lower(), 0, ""
        while at < len(text):
            found = known.match_at(text, at)
            end = found[0] if found else find_unknown_end(text, at)
            if found is None and not text[at].isspace():
                new += text[at:end]
            elif new:
                yield "word", new
                new = ""
            if found and found[1].name:
                yield "word", found[1].name
            at = end
        if new:
            yield "word", new
