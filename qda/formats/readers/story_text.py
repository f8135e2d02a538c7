"""The text of a document as it grows, with what is anchored in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qda.formats.readers.raw import MAX_CHARACTERS
from qda.model.messages import Message, counted
from qda.text.normalise import dropped_warning, normalise
from qda.text.turn_finding import Span

MAX_PIECES = 600_000
"""The most runs of text, tabs and line breaks of one document."""


class TooLong(ValueError):
    """More text than any document has."""


@dataclass(slots=True)
class StoryText:
    """Canonical text in pieces; offsets are known at any moment.

    `bold` are the bold beginnings of lines, `cells` the first cells of tables of two columns,
    `hidden` counts runs that are hidden, `dropped` forbidden characters.
    """

    length: int = 0
    bold: list[Span] = field(default_factory=list[Span])
    cells: list[Span] = field(default_factory=list[Span])
    comments: dict[str, Span] = field(default_factory=dict[str, Span])
    references: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    hidden: int = 0
    dropped: int = 0
    embedded: int = 0
    _pieces: list[str] = field(default_factory=list[str])
    _line: int = 0
    _bold_to: int = 0

    def write(self, text: str, *, bold: bool = False) -> None:
        """Append text of one line."""
        text, dropped = normalise(text)
        self.dropped += dropped
        if bold and text and self._bold_to == self.length:
            self._bold_to += len(text)
        self._append(text)

    def break_line(self) -> None:
        """End the line."""
        if self._bold_to > self._line:
            self.bold.append((self._line, self._bold_to))
        self._append("\n")
        self._line = self._bold_to = self.length

    def finish(self) -> str:
        """Return the whole text."""
        if self._bold_to > self._line:
            self.bold.append((self._line, self._bold_to))
        return "".join(self._pieces)

    def open_comment(self, identifier: str) -> None:
        """Remember where the text that a comment is about begins."""
        self.comments.setdefault(identifier, (self.length, self.length))

    def close_comment(self, identifier: str) -> None:
        """Remember where the text that a comment is about ends, or stands where it has none."""
        start, end = self.comments.get(identifier, (self.length, self.length))
        self.comments[identifier] = (start, max(end, self.length))

    def refer(self, kind: str, identifier: str) -> None:
        """Remember where a footnote or an endnote is referred to."""
        self.references.append((kind, identifier, self.length))

    def take(self, other: "StoryText") -> None:
        """Append another story, with what is anchored in it; the line goes on."""
        base = self.length
        text = other.finish()
        self.bold += [(start + base, end + base) for start, end in other.bold]
        self.cells += [(start + base, end + base) for start, end in other.cells]
        for identifier, (start, end) in other.comments.items():
            self.comments.setdefault(identifier, (start + base, end + base))
        self.references += [(kind, name, at + base) for kind, name, at in other.references]
        self.hidden += other.hidden
        self.dropped += other.dropped
        self._append(text)

    def _append(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self.length += len(text)
            if self.length > MAX_CHARACTERS or len(self._pieces) > MAX_PIECES:
                raise TooLong


def story_warnings(text: StoryText) -> Iterator[Message]:
    """Yield what the user ought to know of what was left out."""
    if text.dropped:
        yield dropped_warning(text.dropped)
    if text.hidden:
        yield counted(
            "{n} piece of hidden text was left out.",
            "{n} pieces of hidden text were left out.",
            text.hidden,
        )
    if text.embedded:
        yield counted(
            "{n} embedded document was left out; import it on its own.",
            "{n} embedded documents were left out; import them on their own.",
            text.embedded,
        )
