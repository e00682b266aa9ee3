"""The writer of a document: its text, with the roles of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.tagger.roles import Role


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A span of a document's text and its role."""

    start: int
    end: int
    role: Role


@dataclass(slots=True)
class Writer:
    """The text of a document as it is written.

    Text without a role surrounds the tasks.

    >>> writer = Writer()
    >>> writer.write("1", "number")
    >>> writer.mark("、")
    >>> writer.write("建桥", "task")
    >>> writer.text, writer.spans[1]
    ('1、建桥', RoleSpan(start=2, end=4, role='task'))
    """

    parts: list[str] = field(default_factory=list)
    spans: list[RoleSpan] = field(default_factory=list)
    length: int = 0

    def write(self, text: str, role: Role | None = None) -> None:
        """Append text; with a role it is a span of its own."""
        if role and text.strip():
            lead = len(text) - len(text.lstrip())
            end = len(text.rstrip())
            self.spans.append(RoleSpan(self.length + lead, self.length + end, role))
        self.parts.append(text)
        self.length += len(text)

    def mark(self, text: str) -> None:
        """Append text between parts: white space, bars, list markers."""
        self.write(text)

    @property
    def text(self) -> str:
        """The text that was written so far."""
        return "".join(self.parts)
