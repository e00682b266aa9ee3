"""Find names by their sound: by their pinyin, its initials, or a homophone of a character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product

from kg.pinyin.readings import readings

_SHORTEST, _MOST_SPELLINGS = 4, 8
# The least number of letters that may match inside a name: jingjipucha in 全国第四次经济普查.
_LONG = 8

Sounds = Sequence[frozenset[str]]


def sounds_of(names: Iterable[str]) -> Mapping[str, Sounds]:
    """Return names with the readings of each of their characters.

    >>> sounds_of(["重庆"])["重庆"][1]
    frozenset({'qing'})
    """
    names = list(names)
    sound = {
        character: frozenset(r for r in spelt if r.isascii()) or frozenset((character,))
        for character, spelt in readings(set("".join(names))).items()
    }
    return {name: [sound[character] for character in name] for name in names}


def match_typed_names(typed: str, ending: str, sounds: Mapping[str, Sounds]) -> list[str]:
    """Return the names that match typed letters: by whole syllables, or else by initials.

    Args:
        typed: The letters, in lower case.
        ending: The last character of the name if it is known, such as 湖 for Xibei Lake, or empty.
        sounds: The names with their sounds.

    >>> known = sounds_of(["西北湖", "江汉路"])
    >>> [match_typed_names(typed, "", known) for typed in ("xibeihu", "xibei", "jhl", "xi")]
    [['西北湖'], ['西北湖'], ['江汉路'], []]
    """
    whole = [name for name, spelt in sounds.items() if typed in _spellings(spelt)]
    if not whole and len(typed) >= _LONG:
        whole = [n for n, spelt in sounds.items() if any(typed in s for s in _spellings(spelt))]
    if not whole and len(typed) > _SHORTEST:
        # Xibei for 西北湖, Tangjiadun for 唐家墩街.
        begun = [name for name, spelt in sounds.items() if _is_prefix(spelt, typed)]
        whole = sorted(begun, key=lambda name: (not name.endswith(ending), len(name), name))[:1]
    return whole or [name for name, spelt in sounds.items() if _initials(spelt) == typed]


def _spellings(sounds: Sequence[frozenset[str]]) -> set[str]:
    """Return a name in pinyin, with at most eight spellings for ambiguous readings."""
    return {"".join(parts) for parts in islice(product(*map(sorted, sounds)), _MOST_SPELLINGS)}


def _is_prefix(sounds: Sequence[frozenset[str]], typed: str) -> bool:
    """Return whether letters are the first two or more, but not all, syllables of a name.

    >>> _is_prefix([frozenset({"xi"}), frozenset({"bei"}), frozenset({"hu"})], "xibei")
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


def is_homophone(first: str, second: str) -> bool:
    """Return whether two characters have a common reading, regardless of the tone."""
    sounds = readings(first + second)
    return bool({s for s in sounds[first] & sounds[second] if s.isascii()})
