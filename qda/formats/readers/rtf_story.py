"""One story of an RTF file: RTF ends paragraphs and cells, a text begins them."""

from dataclasses import dataclass, field

from qda.formats.readers.story_text import StoryText
from qda.text.turn_finding import Span


@dataclass(slots=True)
class RtfStory:
    """Text whose line breaks and tabs wait until something comes after them."""

    text: StoryText = field(default_factory=StoryText)
    label: str = ""
    _breaks: int = 0
    _tab: bool = False
    _row: list[Span] = field(default_factory=list[Span])
    _cell_start: int | None = None
    _paragraph: int = 0
    _boxes: list[StoryText] = field(default_factory=list[StoryText])

    def write(self, words: str, *, bold: bool) -> None:
        """Write text, with the number of its paragraph before it."""
        self.settle()
        if self.label:
            label, self.label = self.label, ""
            self.text.write(label + " ")
        self.text.write(words, bold=bold)

    def settle(self) -> None:
        """Write what waits, so that the place reached is that of the next text."""
        while self._breaks:
            self.text.break_line()
            self._breaks -= 1
            self._paragraph = self.text.length
        if self._tab:
            self.text.write("\t")
            self._tab = False
        if self._cell_start is None:
            self._cell_start = self.text.length

    def break_line(self) -> None:
        """End the line within a paragraph."""
        self.settle()
        self._breaks += 1

    def end_paragraph(self) -> None:
        """End the paragraph; text boxes that are anchored in it follow it."""
        self.settle()
        self._write_boxes()
        self.label = ""
        self._breaks += 1

    def end_cell(self) -> None:
        """End a cell of a table."""
        self.settle()
        self._write_boxes()
        self.label = ""
        start = self._cell_start if self._cell_start is not None else self.text.length
        self._row.append((start, self.text.length))
        self._tab, self._cell_start = True, None

    def end_row(self) -> None:
        """End a row of a table."""
        if len(self._row) == 2 and self._row[0][1] > self._row[0][0]:
            self.text.cells.append(self._row[0])
        self._row.clear()
        self._tab, self._cell_start = False, None
        self._breaks += 1

    def end_inner_cell(self) -> None:
        """End a cell of a table within a cell."""
        self.settle()
        self._tab = True

    def end_inner_row(self) -> None:
        """End a row of a table within a cell."""
        self._tab = False
        self._breaks += 1

    def add_box(self, box: StoryText) -> None:
        """Keep a text box for the end of its paragraph."""
        self._boxes.append(box)

    def finish(self) -> StoryText:
        """Return the text; the end of the last paragraph opens no new line."""
        if self._boxes:
            self.settle()
            self._write_boxes()
        for _ in range(self._breaks - 1):
            self.text.break_line()
        self._breaks = 0
        return self.text

    def _write_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            if self.text.length > self._paragraph:
                self.text.break_line()
            self.text.take(box)
