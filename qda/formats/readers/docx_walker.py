"""Walk through a Word document in the order in which it is read.

python-docx gives paragraphs without their deleted, moved and boxed text told apart, and loses
numbering; so the tree is walked here, element by element (ECMA-376 part 1, section 17).
"""

from collections.abc import Callable, Iterator

from qda.formats.readers.docx_elements import (
    MATH,
    Element,
    child,
    local_name,
    switch,
    value,
    word_name,
)
from qda.formats.readers.docx_numbering import Numbering
from qda.formats.readers.docx_styles import Styles
from qda.formats.readers.docx_symbols import symbol
from qda.formats.readers.story_text import StoryText

# Python's own limit is a thousand calls; a table in a table costs six of them.
_MAX_DEPTH = 100
_MAX_BLOCKS = 40
_BLOCKS = frozenset(["p", "tbl"])
# Properties, deleted and moved-away text, field codes, marks that are no text.
_SILENT = frozenset(
    [
        "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "del",
        "moveFrom", "delText", "delInstrText", "instrText", "fldData", "rt", "rubyPr",
        "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator",
        "lastRenderedPageBreak", "proofErr", "tblPrEx", "numPr",
    ]
)  # fmt: skip
_MARKS = frozenset(
    ["br", "cr", "fldChar", "footnoteReference", "endnoteReference", "commentReference"]
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


class TooDeep(ValueError):
    """Elements are nested more deeply than any document needs."""


class Walker:
    """Writes the text of one story (the body, a note) to a `StoryText`."""

    def __init__(
        self, text: StoryText, numbering: Numbering, styles: Styles, step: Callable[[], None]
    ) -> None:
        """Write to `text`; `step` is called at each paragraph and may raise Cancelled."""
        self._text = text
        self._numbering = numbering
        self._styles = styles
        self._step = step
        # For each open field whether its code (False) or its result (True) is being read.
        self._fields: list[bool] = []
        self._boxes: list[Element] = []
        self._label = ""
        self._depth = 0

    def story(self, element: Element) -> None:
        """Write all blocks of `element`, one line break between any two."""
        first = True
        for block in self._blocks(element):
            if not first:
                self._text.break_line()
            first = self._block(block)

    def _blocks(self, element: Element, depth: int = 0) -> Iterator[Element]:
        """Yield the paragraphs and tables of a container, content controls opened."""
        if depth > _MAX_DEPTH:
            raise TooDeep
        for one in element:
            name = word_name(one)
            if name in _BLOCKS:
                yield one
            elif name == "altChunk":
                self._text.embedded += 1
            elif local_name(one) == "AlternateContent":
                chosen = _alternative(one)
                if chosen is not None:
                    yield from self._blocks(chosen, depth + 1)
            elif name and name not in _SILENT:
                yield from self._blocks(one, depth + 1)

    def _block(self, element: Element) -> bool:
        """Write one block; return whether the next one goes on in the same line."""
        self._depth += 1
        if self._depth > _MAX_BLOCKS:
            raise TooDeep
        if word_name(element) == "tbl":
            self._table(element)
            goes_on = False
        else:
            goes_on = self._paragraph(element)
        self._depth -= 1
        return goes_on

    def _paragraph(self, element: Element) -> bool:
        self._step()
        outer, self._boxes = self._boxes, []
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle"))
        self._label = self._number(properties, style)
        start = self._text.length
        self._inline(element, style, 0)
        self._label = ""
        # A field code never goes on after its paragraph, unless the field is broken.
        self._fields = [result for result in self._fields if result]
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            if self._text.length > start:
                self._text.break_line()
            self.story(box)
        mark = child(properties, "rPr")
        return child(mark, "del") is not None or child(mark, "moveFrom") is not None

    def _number(self, properties: Element | None, style: str) -> str:
        """Return the number that Word shows before the paragraph."""
        listed = child(properties, "numPr")
        from_style = self._styles.numbering(style)
        list_id = value(child(listed, "numId")) or from_style[0]
        level = value(child(listed, "ilvl")) or from_style[1]
        if not list_id or list_id == "0":
            return ""
        if not level and listed is not None and value(child(listed, "numId")):
            level = "0"
        return self._numbering.label(list_id, level, style)

    def _inline(self, element: Element, style: str, depth: int) -> None:
        """Write what stands in a paragraph or in a container within one."""
        if depth > _MAX_DEPTH:
            raise TooDeep
        for one in element:
            name = word_name(one)
            if name == "r":
                self._run(one, style, depth)
            elif name == "commentRangeStart":
                self._text.open_comment(value(one, "id"))
            elif name == "commentRangeEnd":
                self._text.close_comment(value(one, "id"))
            elif name == "txbxContent":
                self._boxes.append(one)
            elif local_name(one) == "AlternateContent":
                chosen = _alternative(one)
                if chosen is not None:
                    self._inline(chosen, style, depth + 1)
            elif local_name(one) == "t" and str(one.tag)[1:].partition("}")[0] in MATH:
                self._write(one.text or "", bold=False)
            elif name not in _SILENT:
                self._inline(one, style, depth + 1)

    def _run(self, element: Element, paragraph_style: str, depth: int) -> None:
        properties = child(element, "rPr")
        style = value(child(properties, "rStyle"))
        if self._is_hidden(properties, style, paragraph_style):
            self._text.hidden += any(word_name(one) == "t" and one.text for one in element)
            return
        bold = switch(child(properties, "b"))
        if bold is None:
            bold = self._styles.is_bold(style) or self._styles.is_bold(paragraph_style)
        self._run_content(element, paragraph_style, depth, bold=bold)

    def _is_hidden(self, properties: Element | None, style: str, paragraph_style: str) -> bool:
        hidden = switch(child(properties, "vanish"))
        if hidden is None:
            return self._styles.is_hidden(style) or self._styles.is_hidden(paragraph_style)
        return hidden

    def _run_content(self, element: Element, style: str, depth: int, *, bold: bool) -> None:
        for one in element:
            name = word_name(one)
            if name in _CHARACTERS:
                self._write(_CHARACTERS[name], bold=bold)
            elif name == "t":
                # Line ends in the file are white space, no more.
                self._write((one.text or "").replace("\n", " ").replace("\r", " "), bold=bold)
            elif name == "sym":
                self._write(symbol(value(one, "font"), value(one, "char")), bold=bold)
            elif name in _MARKS:
                self._mark(name, one)
            elif local_name(one) == "AlternateContent":
                chosen = _alternative(one)
                if chosen is not None:
                    self._run_content(chosen, style, depth + 1, bold=bold)
            elif name not in _SILENT:
                # Drawings and pictures, for the text boxes in them; ruby text for its base.
                self._inline(one, style, depth + 1)

    def _mark(self, name: str, element: Element) -> None:
        """Heed what is no text itself: line ends, fields, references."""
        if name == "fldChar":
            self._field(value(element, "fldCharType"))
        elif name == "commentReference":
            self._text.close_comment(value(element, "id"))
        elif name in {"footnoteReference", "endnoteReference"}:
            self._text.refer(name.removesuffix("Reference"), value(element, "id"))
        elif name == "cr" or value(element, "type") not in {"page", "column"}:
            self._break()

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _write(self, text: str, *, bold: bool) -> None:
        if not text or not all(self._fields):
            return
        self._write_label()
        self._text.write(text, bold=bold)

    def _break(self) -> None:
        if all(self._fields):
            self._write_label()
            self._text.break_line()

    def _write_label(self) -> None:
        """Write the paragraph's number before its first text: an empty paragraph shows none."""
        if self._label:
            label, self._label = self._label, ""
            self._text.write(label + " ")

    def _table(self, element: Element) -> None:
        first = True
        for row in self._parts_of(element, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            if not first:
                self._text.break_line()
            first = False
            self._row(row)

    def _row(self, row: Element) -> None:
        cells = [
            cell for cell in self._parts_of(row, "tc") if child(cell, "tcPr", "cellDel") is None
        ]
        for number, cell in enumerate(cells):
            if number:
                self._text.write("\t")
            start = self._text.length
            self.story(cell)
            if number == 0 and len(cells) == 2 and self._text.length > start:
                self._text.cells.append((start, self._text.length))

    def _parts_of(self, element: Element, wanted: str, depth: int = 0) -> Iterator[Element]:
        """Yield the rows of a table or the cells of a row, content controls opened."""
        if depth > _MAX_DEPTH:
            raise TooDeep
        for one in element:
            name = word_name(one)
            if name == wanted:
                yield one
            elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
                yield from self._parts_of(one, wanted, depth + 1)


def _alternative(element: Element) -> Element | None:
    """Choose one of the alternatives in which the same content is written."""
    choices = [one for one in element if local_name(one) == "Choice"]
    fallback = [one for one in element if local_name(one) == "Fallback"]
    for one in choices + fallback:
        if any(word_name(inner) in {"t", "p", "txbxContent"} for inner in one.iter()):
            return one
    return next(iter(choices + fallback), None)
