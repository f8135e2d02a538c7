"""Walk through an OpenDocument text in the order in which it is read (ODF 1.3 part 3).

The tree is walked here as for Word documents; docs/decisions/030 says why no library does it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from qda.formats.readers.docx_elements import Element, number
from qda.formats.readers.odt_elements import attribute, inner, odf_name
from qda.formats.readers.odt_lists import OdtLists, RunningList
from qda.formats.readers.odt_styles import OdtStyles
from qda.formats.readers.story_text import StoryText, TooLong

_MAX_DEPTH = 100
_MAX_BLOCKS = 40
_MAX_SPACES = 1000
_MAX_CELLS = 20_000
_PARAGRAPHS = frozenset(["text:p", "text:h"])
_SHAPES = frozenset(
    [
        "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:line",
        "draw:polyline", "draw:polygon", "draw:path", "draw:connector", "draw:caption",
        "draw:measure", "draw:regular-polygon", "draw:text-box",
    ]
)  # fmt: skip
# What stands in the flow and is no text of it: deleted text, declarations, forms, sources of
# indexes, numbers as somebody else counted them.
_SILENT = frozenset(
    [
        "text:tracked-changes", "text:number", "text:note-citation", "text:ruby-text",
        "text:variable-decls", "text:sequence-decls", "text:user-field-decls", "text:script",
        "text:dde-connection-decls", "text:alphabetical-index-auto-mark-file",
        "text:table-of-content-source", "text:illustration-index-source",
        "text:table-index-source", "text:object-index-source", "text:user-index-source",
        "text:alphabetical-index-source", "text:bibliography-source", "office:forms",
        "office:event-listeners", "svg:title", "svg:desc", "draw:object", "draw:object-ole",
        "draw:image", "draw:image-map", "draw:glue-point", "draw:plugin", "draw:applet",
        "table:table-source", "table:shapes", "table:title", "table:desc", "dc:creator", "dc:date",
        "meta:date-string", "meta:creator-initials",
    ]
)  # fmt: skip
_WHITE = re.compile(r"[ \t\r\n]+")


class TooDeep(ValueError):
    """Elements are nested more deeply than any document needs."""


class OdtWalker:
    """Writes the text of one story (the body, a note) to a `StoryText`.

    `notes` are the footnotes, endnotes and annotations that were passed, by the names under which
    `StoryText` knows their places.
    """

    def __init__(
        self, text: StoryText, lists: OdtLists, styles: OdtStyles, step: Callable[[], None]
    ) -> None:
        """Write to `text`; `step` is called at each paragraph and may raise Cancelled."""
        self.notes: dict[str, Element] = {}
        self._text = text
        self._lists = lists
        self._styles = styles
        self._step = step
        self._boxes: list[Element] = []
        self._label = ""
        self._depth = 0
        # Whether white space that comes now adds to white space before it, and shows nothing.
        self._after_space = True

    def story(self, element: Element) -> None:
        """Write all blocks of `element`, one line break between any two."""
        first = True
        for block, label in self._blocks(element):
            if not first:
                self._text.break_line()
            first = False
            self._block(block, label)

    def _blocks(self, element: Element, depth: int = 0) -> Iterator[tuple[Element, str]]:
        """Yield the paragraphs, tables and boxes of a container, with the numbers of items."""
        if depth > _MAX_DEPTH:
            raise TooDeep
        for one in element:
            name = odf_name(one)
            if name in _PARAGRAPHS or name == "table:table" or name in _SHAPES:
                yield one, ""
            elif name == "text:list":
                yield from self._list(one, None, 1, depth)
            elif name == "text:section" and self._is_hidden_section(one):
                self._text.hidden += 1
            elif name and name not in _SILENT:
                yield from self._blocks(one, depth + 1)

    def _is_hidden_section(self, element: Element) -> bool:
        return attribute(element, "text:display") == "none" or self._styles.is_hidden(
            "section", attribute(element, "text:style-name")
        )

    def _list(
        self, element: Element, outer: RunningList | None, level: int, depth: int
    ) -> Iterator[tuple[Element, str]]:
        if depth > _MAX_DEPTH:
            raise TooDeep
        running = self._lists.begin(element, outer)
        for item in element:
            counted = odf_name(item) == "text:list-item"
            if not counted and odf_name(item) != "text:list-header":
                continue
            for block in item:
                name = odf_name(block)
                if name == "text:list":
                    counted = False
                    yield from self._list(block, running, level + 1, depth + 1)
                elif name in _PARAGRAPHS:
                    # The number stands before the first paragraph, and not behind an inner list.
                    start = attribute(item, "text:start-value")
                    yield block, self._lists.label(running, level, start) if counted else ""
                    counted = False
                elif name == "table:table":
                    yield block, ""

    def _block(self, element: Element, label: str) -> None:
        self._depth += 1
        if self._depth > _MAX_BLOCKS:
            raise TooDeep
        name = odf_name(element)
        if name == "table:table":
            self._table(element)
        elif name in _SHAPES:
            self.story(element)
        else:
            self._paragraph(element, label)
        self._depth -= 1

    def _paragraph(self, element: Element, label: str) -> None:
        self._step()
        style = attribute(element, "text:style-name")
        if self._styles.is_hidden("paragraph", style):
            self._text.hidden += 1
            return
        outer, self._boxes = self._boxes, []
        start = self._text.length
        self._label, self._after_space = label, True
        self._inline(element, 0, bold=bool(self._styles.bold("paragraph", style)))
        self._label = ""
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            if self._text.length > start:
                self._text.break_line()
            self.story(box)

    def _inline(self, element: Element, depth: int, *, bold: bool) -> None:
        """Write what stands in a paragraph or in a container within one."""
        if depth > _MAX_DEPTH:
            raise TooDeep
        self._characters(element.text, bold=bold)
        for one in element:
            name = odf_name(one)
            if name == "text:span":
                self._span(one, depth, bold=bold)
            elif name in {"text:s", "text:tab", "text:line-break"}:
                self._white(name, one, bold=bold)
            elif name in _SHAPES:
                self._boxes.append(one)
            elif not self._aside(name, one) and name not in _SILENT:
                self._inline(one, depth + 1, bold=bold)
            self._characters(one.tail, bold=bold)

    def _span(self, element: Element, depth: int, *, bold: bool) -> None:
        style = attribute(element, "text:style-name")
        if self._styles.is_hidden("text", style):
            self._text.hidden += 1
            return
        own = self._styles.bold("text", style)
        self._inline(element, depth + 1, bold=bold if own is None else own)

    def _white(self, name: str, element: Element, *, bold: bool) -> None:
        if name == "text:line-break":
            self._write_label()
            self._text.break_line()
        elif name == "text:tab":
            self._write("\t", bold=bold)
        else:
            count = min(max(number(attribute(element, "text:c"), 1), 1), _MAX_SPACES)
            self._write(" " * count, bold=bold)
        self._after_space = False

    def _aside(self, name: str, element: Element) -> bool:
        """Heed notes and hidden text; tell whether the element was one of these."""
        if name == "text:note":
            kind = "endnote" if attribute(element, "text:note-class") == "endnote" else "footnote"
            self._text.refer(kind, self._keep(element))
        elif name == "office:annotation":
            self._text.open_comment(self._keep(element, attribute(element, "office:name")))
        elif name == "office:annotation-end":
            identifier = attribute(element, "office:name")
            if identifier in self.notes:
                self._text.close_comment(identifier)
        elif name in {"text:hidden-text", "text:hidden-paragraph"}:
            if attribute(element, "text:is-hidden") != "true":
                return False
            self._text.hidden += 1
        else:
            return False
        return True

    def _keep(self, element: Element, name: str = "") -> str:
        identifier = name if name and name not in self.notes else f"#{len(self.notes)}"
        self.notes[identifier] = element
        return identifier

    def _characters(self, text: str | None, *, bold: bool) -> None:
        """Write text, its white space collapsed (ODF 1.3 part 3, section 6.1.2)."""
        if not text:
            return
        text = _WHITE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self._write(text, bold=bold)

    def _write(self, text: str, *, bold: bool) -> None:
        self._write_label()
        self._text.write(text, bold=bold)

    def _write_label(self) -> None:
        """Write the item's number before its first text: an empty item shows none."""
        if self._label:
            label, self._label = self._label, ""
            self._text.write(label + " ")

    def _table(self, element: Element) -> None:
        first = True
        for row in self._rows(element):
            if not first:
                self._text.break_line()
            first = False
            cells = list(islice(_cells(row), _MAX_CELLS + 1))
            if len(cells) > _MAX_CELLS:
                raise TooLong
            for place, cell in enumerate(cells):
                if place:
                    self._text.write("\t")
                start = self._text.length
                self.story(cell)
                if place == 0 and len(cells) == 2 and self._text.length > start:
                    self._text.cells.append((start, self._text.length))

    def _rows(self, element: Element, depth: int = 0) -> Iterator[Element]:
        if depth > _MAX_DEPTH:
            raise TooDeep
        for one in element:
            name = odf_name(one)
            if name == "table:table-row":
                yield one
            elif name in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
                yield from self._rows(one, depth + 1)


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row: one for several columns counts once, one from above is empty."""
    covered = 0
    for one in row:
        name = odf_name(one)
        if name == "table:table-cell":
            covered = number(attribute(one, "table:number-columns-spanned"), 1) - 1
            yield one
        elif name == "table:covered-table-cell":
            if covered > 0:
                covered -= 1
            else:
                yield one


def annotation_author(element: Element) -> str:
    """Return who wrote an annotation, empty where it does not say."""
    creator = inner(element, "dc:creator")
    return (creator.text or "").strip() if creator is not None else ""
