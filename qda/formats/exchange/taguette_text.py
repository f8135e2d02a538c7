"""The text of a document that Taguette keeps as HTML, and where its byte offsets lead.

Taguette counts the UTF-8 bytes of the text between the tags, as it stands there. Here lines are
lines: blocks end them, and white space that no browser shows is gone.
"""

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.formats.exchange.offsets import Unit
from qda.text.normalise import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))  # fmt: skip
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_TAG_STOP = re.compile(r"[\"'>]")
_BLANK = re.compile(r"[ \t\n\f]+")


class TaguetteText:
    """The canonical text of a document, with `span` for the offsets of its highlights."""

    def __init__(self, source: str) -> None:
        """Read the HTML of a document."""
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        parts = _Parts()
        for tag, closing, piece in _pieces(source):
            if tag:
                parts.tag(tag, closing=closing)
            else:
                parts.write(piece)
        self.raw, self.text, self.dropped, self._starts, self._ends = parts.finish()
        self._bytes: Numbers | None = None

    def span(self, start: int, end: int, unit: Unit = "UTF-8") -> tuple[int, int] | None:
        """Return the canonical span of two offsets, None where it is empty or outside.

        By bytes as the program counts, or by the code points of the text as it is shown, as some
        who write its files do.
        """
        if unit != "UTF-8":
            return (start, end) if 0 <= start < end <= len(self.text) else None
        characters = self._characters()
        last = len(characters) - 1
        if not 0 <= start < end <= last:
            return None
        first, after = int(characters[start]), int(characters[end])
        begin, stop = int(self._starts[first]), int(self._ends[after])
        return (begin, stop) if begin < stop else None

    def _characters(self) -> "Numbers":
        """Return the number of characters before each byte offset; one cut in two counts."""
        import numpy as np  # lazy: start-up

        if self._bytes is None:
            encoded = np.frombuffer(self.raw.encode("utf-8", "replace"), dtype=np.uint8)
            begins = (encoded & 0xC0) != 0x80
            self._bytes = np.concatenate(([0], np.cumsum(begins, dtype=np.int64)))
        return self._bytes


@dataclass(slots=True)
class _Run:
    """Characters of the raw text that come into the canonical one, as they are or as `shown`."""

    start: int
    end: int
    before: str
    shown: str | None = None


class _Parts:
    """Put the text together: what stands between the tags, and the lines that the tags end."""

    def __init__(self) -> None:
        self._raw: list[str] = []
        self._length = 0
        self._runs: list[_Run] = []
        self._pending = ""
        self._blank: tuple[int, int] | None = None
        self._verbatim = 0
        self._fresh_pre = False

    def tag(self, name: str, *, closing: bool) -> None:
        """Heed a tag."""
        self._fresh_pre = False
        if name == "br":
            self._break("\n", always=True)
        elif name in _CELLS:
            if closing:
                self._break("\t")
        elif name in _BLOCKS:
            self._break("\n")
        if name == "pre":
            self._verbatim = max(0, self._verbatim + (-1 if closing else 1))
            self._fresh_pre = not closing

    def _break(self, sign: str, *, always: bool = False) -> None:
        self._blank = None
        if sign == "\t":
            self._pending = self._pending or sign
        elif always:
            self._pending = self._pending.replace("\t", "") + sign
        elif "\n" not in self._pending:
            self._pending = sign

    def write(self, piece: str) -> None:
        """Write what stands between two tags."""
        text = html.unescape(piece) if "&" in piece else piece
        if self._fresh_pre and text.startswith("\n"):
            # No browser counts the line break right after the tag.
            text = text[1:]
        self._fresh_pre = False
        start, at = self._length, 0
        self._raw.append(text)
        self._length += len(text)
        if self._verbatim:
            self._add(start, self._length)
            return
        for blank in _BLANK.finditer(text):
            if blank.start() > at:
                self._add(start + at, start + blank.start())
            at = blank.end()
            if self._blank is None and not self._pending and self._runs:
                self._blank = (start + blank.start(), start + at)
        if at < len(text):
            self._add(start + at, self._length)

    def _add(self, start: int, end: int) -> None:
        if end <= start:
            return
        if self._blank is not None:
            self._runs.append(_Run(*self._blank, "", " "))
            self._blank = None
        # Nothing stands before the first line.
        before = self._pending if self._runs else ""
        self._pending = ""
        self._runs.append(_Run(start, end, before))

    def finish(self) -> tuple[str, str, int, "Numbers", "Numbers"]:
        """Return raw and canonical text, how much was dropped, and where raw places lead.

        The first array leads from each place of the raw text to the next character that came over,
        the second behind the last one that did.
        """
        import numpy as np  # lazy: start-up

        raw = "".join(self._raw)
        forbidden = {one for one in set(raw) if not normalise(one)[0]}
        table = {ord(one): None for one in forbidden}
        written: list[str] = []
        starts = np.full(len(raw) + 1, -1, dtype=np.int64)
        ends = np.zeros(len(raw) + 1, dtype=np.int64)
        length = dropped = 0
        carried = ""
        for run in self._runs:
            piece = raw[run.start : run.end]
            kept = piece.translate(table) if forbidden else piece
            if run.shown is None and not kept:
                # Nothing of it is text, so what ends before it ends before the next.
                dropped += len(piece)
                carried = carried or run.before
                continue
            before, carried = run.before or carried, ""
            if before and length:
                written.append(before)
                length += len(before)
            if run.shown is not None:
                written.append(run.shown)
                starts[run.start] = length
                length += len(run.shown)
                ends[run.end] = length
                continue
            written.append(kept)
            if len(kept) == len(piece):
                count = len(piece)
                starts[run.start : run.end] = np.arange(length, length + count)
                ends[run.start + 1 : run.end + 1] = np.arange(length + 1, length + count + 1)
                length += count
                continue
            dropped += len(piece) - len(kept)
            for at, one in enumerate(piece, start=run.start):
                if one not in forbidden:
                    starts[at] = length
                    length += 1
                    ends[at + 1] = length
        starts[len(raw)] = length
        # What was dropped leads to the next character that stayed, backwards to the last one.
        filled = np.where(starts < 0, length, starts)
        starts = np.minimum.accumulate(filled[::-1])[::-1]
        return raw, "".join(written), dropped, starts, np.maximum.accumulate(ends)


def _pieces(source: str) -> "list[tuple[str, bool, str]]":
    """Cut HTML into tags (name, whether it closes) and what stands between them."""
    found: list[tuple[str, bool, str]] = []
    at, length = 0, len(source)
    endless: set[str] = set()
    while at < length:
        opened = source.find("<", at)
        if opened < 0:
            found.append(("", False, source[at:]))
            break
        match = _TAG.match(source, opened)
        if match is None and not source.startswith(("<!", "<?"), opened):
            stop = source.find("<", opened + 1)
            stop = length if stop < 0 else stop
            found.append(("", False, source[at:stop]))
            at = stop
            continue
        if opened > at:
            found.append(("", False, source[at:opened]))
        if match is None:
            comment = source.startswith("<!--", opened)
            end = source.find("-->" if comment else ">", opened + (4 if comment else 2))
            at = length if end < 0 else end + (3 if comment else 1)
            continue
        at = _tag_end(source, match.end(), endless)
        name = match[1].lower()
        closing = source[opened + 1] == "/"
        if name not in _VOID or not closing or name == "br":
            found.append((name, closing, ""))
    return found


def _tag_end(source: str, at: int, endless: set[str]) -> int:
    """Return the place behind a tag; quotes that nothing ends are none."""
    while True:
        stop = _TAG_STOP.search(source, at)
        if stop is None:
            return len(source)
        sign = stop[0]
        if sign == ">":
            return stop.end()
        at = stop.end()
        if sign not in endless:
            end = source.find(sign, at)
            if end < 0:
                endless.add(sign)
            else:
                at = end + 1
