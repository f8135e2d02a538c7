"""The text of a web page as it grows: white space collapsed, blocks on lines of their own."""

import re
from dataclasses import dataclass, field

from qda.formats.readers.story_text import StoryText

_WHITE = re.compile(r"[ \t\n\f\r]+")


@dataclass(slots=True)
class HtmlStory:
    """Text whose line breaks wait until something comes after them."""

    text: StoryText = field(default_factory=StoryText)
    label: str = ""
    _breaks: int = 0
    _open: bool = False
    _space: bool = False

    def write(self, words: str, *, bold: bool) -> None:
        """Write text that flows: white space within it shows as one space at most."""
        words = _WHITE.sub(" ", words)
        if not self._open or self._space:
            words = words.removeprefix(" ")
        if not words:
            return
        ends = words.endswith(" ")
        words = words.removesuffix(" ")
        if words:
            self._settle(bold=bold)
            self.text.write(words, bold=bold)
            self._open = True
        # A space at the end shows only when text follows on the line.
        self._space = ends

    def write_verbatim(self, words: str, *, bold: bool) -> None:
        """Write text whose line breaks and spaces all show."""
        for number, line in enumerate(words.split("\n")):
            if number:
                self.break_line()
            if line:
                self._settle(bold=bold)
                self.text.write(line, bold=bold)
                self._open = True

    def break_line(self) -> None:
        """End the line, be it empty."""
        self._breaks += 1
        self._open = self._space = False

    def mark(self) -> tuple[int, int]:
        """Return how much there is by now: characters written, and line breaks that wait."""
        return self.text.length, self._breaks

    def leave_one_line(self, mark: tuple[int, int]) -> None:
        """Let what came since the mark be one line if it is nothing but empty ones."""
        length, breaks = mark
        if self.text.length == length and self._breaks > breaks + 1:
            self._breaks = breaks + 1

    def end_block(self) -> None:
        """End the line if there is anything on it."""
        if self._open:
            self.break_line()

    def begin_cell(self, *, first: bool) -> int:
        """Begin a cell of a table and return where its text starts."""
        if first:
            self.place()
        else:
            self.text.write("\t")
        self._open = self._space = False
        return self.text.length

    def end_cell(self) -> int:
        """End a cell, in which nothing waits any more, and return where its text ends."""
        self._breaks, self._open, self._space = 0, True, False
        self.label = ""
        return self.text.length

    def place(self) -> int:
        """Return the offset of what would be written now."""
        while self._breaks:
            self.text.break_line()
            self._breaks -= 1
        return self.text.length

    def place_after_text(self) -> int:
        """Return the offset of a sign that stands in the line, right behind its text."""
        if not self._open:
            self.place()
        return self.text.length

    def finish(self) -> str:
        """Return the whole text."""
        return self.text.finish()

    def _settle(self, *, bold: bool) -> None:
        self.place()
        if self._space:
            self.text.write(" ", bold=bold)
            self._space = False
        if self.label:
            label, self.label = self.label, ""
            self.text.write(label + " ")
