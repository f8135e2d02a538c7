"""The words of a PDF with their places, by pdfium."""

import ctypes
import math
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from qda.formats.readers.raw import MAX_CHARACTERS
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

_MAX_PAGES = 20_000
_BOLD_WEIGHT = 600
# A gap within a line that is wider than this many times the letters' height parts two columns.
_WIDE_GAP = 1.6
# pdfium puts this, or U+0002, for a hyphen at the end of a line, and no line end behind it.
_HYPHEN_MARK = "\ufffe"
_LINE_END = re.compile(f"\r\n|[\r\n{_HYPHEN_MARK}]")
_GAP = re.compile(" +")
_UNREADABLE = "\0\ufffd\uffff"
_DROPPED = str.maketrans("", "", "\0\uffff")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FONT_NAME = 128
# pdfium may be used by one thread at a time.
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line without a wide gap.

    `left`, `right` and `base` are in points from the lower left corner; `height` is that of the
    letters. `bold` counts the bold characters at the beginning.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: int = 0


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its segments in the order of the file, and whether it shows any picture."""

    segments: tuple[Segment, ...]
    pictures: bool
    unreadable: int


def extract_pages(source: bytes, file_name: str, progress: Progress) -> tuple[PdfPage, ...]:
    """Return the pages of a PDF. Raises FileProblem for what is no PDF, broken or encrypted."""
    if b"%PDF-" not in source[:1024]:
        raise FileProblem(message("{name} is no PDF, whatever its ending says.", name=file_name))
    with _lock:
        try:
            document = pdfium.PdfDocument(source)
        except pdfium.PdfiumError as error:
            code: object = getattr(error, "err_code", None)
            if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
                raise FileProblem(
                    message(
                        "{name} is protected by a password; save a copy without one.",
                        name=file_name,
                    )
                ) from error
            raise FileProblem(_damaged(file_name)) from error
        try:
            return tuple(_pages(document, file_name, progress))
        finally:
            document.close()


def _damaged(name: str) -> Message:
    return message("{name} is damaged or is no PDF.", name=name)


def _pages(document: pdfium.PdfDocument, file_name: str, progress: Progress) -> Iterator[PdfPage]:
    count = len(document)
    if not 0 < count <= _MAX_PAGES:
        raise FileProblem(_damaged(file_name))
    progress.start(count)
    characters = 0
    for number in range(count):
        progress.step()
        try:
            page = document[number]
        except pdfium.PdfiumError:
            # One damaged page does not take the others with it; it is named in a warning.
            yield PdfPage((), pictures=True, unreadable=0)
            continue
        try:
            found = _page(page)
        finally:
            page.close()
        characters += sum(len(one.text) for one in found.segments)
        if characters > MAX_CHARACTERS:
            raise FileProblem(
                message("{name} is too long; split it into several files.", name=file_name)
            )
        yield found


def _page(page: pdfium.PdfPage) -> PdfPage:
    try:
        box = page.get_bbox()
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return PdfPage((), pictures=True, unreadable=0)
    try:
        reader = _PageText(text)
        segments = tuple(one for one in reader.segments() if _is_inside(one, box))
    finally:
        text.close()
    pictures = not segments and any(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, at))
        in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}
        for at in range(raw.FPDFPage_CountObjects(page.raw))
    )
    return PdfPage(segments, pictures, reader.unreadable)


def _is_inside(segment: Segment, box: tuple[float, float, float, float]) -> bool:
    """Tell whether the letters can be seen: some programs write a cut line on both pages."""
    left, bottom, right, top = box
    middle = segment.base + 0.35 * segment.height
    return bottom <= middle <= top and segment.left < right and segment.right > left


class _PageText:
    """Reads the characters of one page and parts them into segments."""

    def __init__(self, page: pdfium.PdfTextPage) -> None:
        self._handle = page.raw
        self._box = [ctypes.c_double() for _ in range(4)]
        self._loose = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._text = self._characters(page)
        self.unreadable = sum(map(self._text.count, _UNREADABLE))

    def _characters(self, page: pdfium.PdfTextPage) -> str:
        """Return one character for each that pdfium has a place for."""
        count = max(0, raw.FPDFText_CountChars(self._handle))
        text = page.get_text_range() if count else ""
        if len(text) == count and "\ufffd" not in text:
            return text.replace("\x02", _HYPHEN_MARK)
        # pdfium leaves characters out of the whole text; one by one takes four times as long.
        codes = [raw.FPDFText_GetUnicode(self._handle, at) for at in range(count)]
        return "".join(
            _HYPHEN_MARK if code == 2 else chr(code) if code <= 0x10FFFF else "\0" for code in codes
        )

    def segments(self) -> Iterator[Segment]:
        """Yield the segments in the order of the file."""
        start = 0
        for match in _LINE_END.finditer(self._text):
            end = match.end() if match.group() == _HYPHEN_MARK else match.start()
            yield from self._line(start, end)
            start = match.end()
        yield from self._line(start, len(self._text))

    def _line(self, start: int, end: int) -> Iterator[Segment]:
        """Part the line `start:end` at its wide gaps."""
        line = self._text[start:end]
        start, end = (
            start + len(line) - len(line.lstrip(" \xa0")),
            start + len(line.rstrip(" \xa0")),
        )
        if start >= end:
            return
        begin = start
        wide = _WIDE_GAP * max(1.0, self._height(start))
        for match in _GAP.finditer(self._text, start, end):
            gap = self._edges(match.end())[0] - self._edges(match.start() - 1)[1]
            if gap > wide:
                yield self._segment(begin, match.start())
                begin = match.end()
        yield self._segment(begin, end)

    def _segment(self, start: int, end: int) -> Segment:
        text = self._text[start:end].replace(_HYPHEN_MARK, "-").translate(_DROPPED)
        left = self._edges(start)[0]
        right = self._edges(end - 1)[1]
        bold = self._bold(start, end)
        return Segment(_whole(text), left, right, self._base(start), self._height(start), bold)

    def _edges(self, at: int) -> tuple[float, float]:
        left, right, bottom, top = self._box
        if not raw.FPDFText_GetCharBox(self._handle, at, left, right, bottom, top):
            return 0.0, 0.0
        return left.value, right.value

    def _base(self, at: int) -> float:
        across, up = self._box[0], self._box[1]
        return up.value if raw.FPDFText_GetCharOrigin(self._handle, at, across, up) else 0.0

    def _height(self, at: int) -> float:
        """Return the size of the font as it is shown.

        The box of a letter is no measure: where a font tells no ascent, as those that LibreOffice
        embeds, the box of a p is a third higher than that of an o.
        """
        size = raw.FPDFText_GetFontSize(self._handle, at)
        if size > 0 and raw.FPDFText_GetMatrix(self._handle, at, self._matrix):
            shown = size * math.hypot(self._matrix.c, self._matrix.d)
            if shown > 0:
                return shown
        if not raw.FPDFText_GetLooseCharBox(self._handle, at, self._loose):
            return 1.0
        return abs(self._loose.top - self._loose.bottom)

    def _bold(self, start: int, end: int) -> int:
        """Count the bold characters that the segment begins with, whole words at a time."""
        if not self._is_bold(start):
            return 0
        for match in _GAP.finditer(self._text, start, end):
            if not self._is_bold(match.end()):
                return match.start() - start
        return end - start

    def _is_bold(self, at: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._handle, at) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(_FONT_NAME)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._handle, at, name, _FONT_NAME, flags)
        return b"bold" in name.value.lower()


def _whole(text: str) -> str:
    """Put pairs of surrogates together."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
