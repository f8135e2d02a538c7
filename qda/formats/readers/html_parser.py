"""Follow the elements of a web page as libxml2 tells of them; no tree is built."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qda.formats.readers.docx_elements import number
from qda.formats.readers.docx_numbering import format_number
from qda.formats.readers.html_story import HtmlStory
from qda.formats.readers.html_words import (
    BLOCKS,
    BOLD,
    FORMS,
    SILENT,
    STYLE_FORMS,
    VERBATIM,
    VOID,
)
from qda.text.turn_finding import Span

MAX_ELEMENTS = 2_000_000
"""The most elements and pieces of text that are read of one page."""

MAX_DEPTH = 256
"""The most elements within elements."""

_HEAD = 2048
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
# How LibreOffice (sd) and Word write notes at the end of a page, and what refers to them.
_NOTE = re.compile(r"(?:sdfootnote|ftn|sdendnote|edn)\d{1,6}")
_CALL = re.compile(r"#(?:(sdfootnote\d{1,6}|sdendnote\d{1,6})sym|_((?:ftn|edn)\d{1,6}))")
_BACK = re.compile(r"#(?:sd(?:foot|end)note\d{1,6}anc|_(?:ftn|edn)ref\d{1,6})")
_NOTE_ID = re.compile(rf"""\bid\s*=\s*["']?({_NOTE.pattern})\b""", re.IGNORECASE)


class UnfitPage(ValueError):
    """More elements than any page has; `deep` tells whether within one another."""

    def __init__(self, *, deep: bool) -> None:
        """Keep which of the two."""
        super().__init__(deep)
        self.deep = deep


@dataclass(slots=True)
class _Frame:
    """An open element: what holds in it, and what it counts."""

    tag: str = ""
    silent: bool = False
    bold: bool = False
    verbatim: bool = False
    note: str = ""
    items: int = 0
    form: str = ""
    cells: list[Span] = field(default_factory=list[Span])
    start: int = 0
    mark: tuple[int, int] = (0, 0)


class PageParser:
    """A target for the parser; writes to `main`, and to `notes` by the names of their places."""

    def __init__(self, source: str) -> None:
        """Look through the page for the notes that references may lead to."""
        self.main = HtmlStory()
        self.notes: dict[str, str] = {}
        # LibreOffice writes an empty paragraph with space below it as two line breaks.
        self._double_breaks = "LibreOffice" in source[:_HEAD]
        self._note_names = {one.lower() for one in _NOTE_ID.findall(source)}
        self._story = self.main
        self._frames = [_Frame()]
        self._open: Counter[str] = Counter()
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Heed the beginning of an element."""
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise UnfitPage(deep=False)
        outer = self._frames[-1]
        if tag in VOID:
            if not outer.silent and tag in {"br", "hr"}:
                self._line(tag)
            return
        if len(self._frames) > MAX_DEPTH:
            raise UnfitPage(deep=True)
        frame = replace(outer, tag=tag, note="", items=0, form="", cells=[], start=0)
        self._frames.append(frame)
        self._open[tag] += 1
        if not frame.silent:
            self._begin(frame, outer, attributes)

    def end(self, tag: str) -> None:
        """Heed the end of an element, and of those within it that have none of their own."""
        if not self._open[tag]:
            return
        while True:
            frame = self._frames.pop()
            self._open[frame.tag] -= 1
            if not frame.silent:
                self._end(frame)
            if frame.tag == tag:
                return

    def data(self, text: str) -> None:
        """Write the characters of an element."""
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise UnfitPage(deep=False)
        frame = self._frames[-1]
        if frame.silent:
            return
        if frame.tag == "o:p" and not text.strip(" \n\xa0"):
            # So Word writes an empty paragraph.
            self._story.break_line()
        elif frame.verbatim:
            self._story.write_verbatim(text, bold=frame.bold)
        else:
            self._story.write(text, bold=frame.bold)

    def close(self) -> "PageParser":
        """Return what was read."""
        while len(self._frames) > 1:
            self.end(self._frames[-1].tag)
        return self

    def _line(self, tag: str) -> None:
        if tag == "br":
            self._story.break_line()
        else:
            self._story.end_block()

    def _begin(self, frame: _Frame, outer: _Frame, attributes: Mapping[str, str]) -> None:
        style = attributes.get("style") or ""
        if "hidden" in attributes or _HIDDEN.search(style):
            self._story.text.hidden += 1
            frame.silent = True
        elif frame.tag in SILENT or (frame.tag == "a" and self._is_call(attributes)):
            frame.silent = True
        else:
            weight = _WEIGHT.search(style)
            frame.bold = _is_bold(weight[1]) if weight else frame.bold or frame.tag in BOLD
            frame.verbatim = frame.verbatim or frame.tag in VERBATIM
            self._begin_shown(frame, outer, attributes, style)

    def _is_call(self, attributes: Mapping[str, str]) -> bool:
        """Tell whether a link is the sign of a note, or leads back from it; heed the former."""
        target = attributes.get("href") or ""
        call = _CALL.fullmatch(target)
        name = (call[1] or call[2]) if call else ""
        if name in self._note_names and self._story is self.main:
            place = self.main.place_after_text()
            kind = "footnote" if name.startswith(("sdf", "f")) else "endnote"
            self.main.text.references.append((kind, name, place))
            return True
        return self._story is not self.main and _BACK.fullmatch(target) is not None

    def _begin_shown(
        self, frame: _Frame, outer: _Frame, attributes: Mapping[str, str], style: str
    ) -> None:
        tag, identifier = frame.tag, attributes.get("id") or ""
        if tag in {"td", "th"}:
            frame.start = self._story.begin_cell(first=not outer.cells)
            return
        if tag not in BLOCKS:
            return
        self._story.end_block()
        if _NOTE.fullmatch(identifier) and self._story is self.main:
            frame.note, self._story = identifier, HtmlStory()
        elif tag in {"ol", "ul", "menu", "dir"}:
            kind = _LIST_STYLE.search(style)
            shown = kind[1].lower() if kind else ""
            frame.items = number(attributes.get("start") or "", 1) - 1
            frame.form = attributes.get("type") or STYLE_FORMS.get(shown, "")
            frame.form = "none" if shown == "none" else frame.form
        elif tag == "p":
            frame.mark = self._story.mark()
        elif tag == "li":
            self._story.label = _item(outer, attributes)

    def _end(self, frame: _Frame) -> None:
        tag = frame.tag
        if tag in {"td", "th"}:
            self._frames[-1].cells.append((frame.start, self._story.end_cell()))
        elif tag in BLOCKS:
            self._story.end_block()
            if tag == "p" and self._double_breaks:
                self._story.leave_one_line(frame.mark)
            elif tag == "li":
                self._story.label = ""
            elif tag == "tr" and len(frame.cells) == 2 and frame.cells[0][1] > frame.cells[0][0]:
                self._story.text.cells.append(frame.cells[0])
            elif frame.note:
                self.notes.setdefault(frame.note, self._story.finish().strip())
                self._story = self.main


def _item(outer: _Frame, attributes: Mapping[str, str]) -> str:
    """Count an item and return the number that is shown before it."""
    if outer.form == "none":
        return ""
    if outer.tag != "ol":
        return "•"
    outer.items = number(attributes.get("value") or "", outer.items + 1)
    return f"{format_number(outer.items, FORMS.get(outer.form, 'decimal'))}."


def _is_bold(weight: str) -> bool:
    return weight.lower() in {"bold", "bolder"} or weight in {"600", "700", "800", "900"}
