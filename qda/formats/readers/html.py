"""Web pages: the text as it is read, without scripts, styles and whatever else shows none."""

import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from qda.formats.readers.encodings import DecodedText, decode
from qda.formats.readers.html_parser import PageParser, UnfitPage
from qda.formats.readers.raw import RawDocument, ReadTask, check_length
from qda.formats.readers.story_text import story_warnings
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.reading import ReadNote
from qda.text.normalise import normalise
from qda.text.turn_finding import LabelHints

_OTHER_TYPES = (b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_HEAD = 4096
_PIECE = 1 << 16


def read_html(task: ReadTask) -> RawDocument:
    """Read a web page. Blocks and line breaks are lines, whatever the options say."""
    if task.source.startswith(_OTHER_TYPES):
        raise FileProblem(
            message(
                "{name} is no web page, whatever its ending says; give it its own ending.",
                name=task.file_name,
            )
        )
    decoded = _decode(task)
    source, dropped = normalise(decoded.text)
    check_length(source, task.file_name)
    page = _parse(source, task)
    text = page.main.text
    text.dropped += dropped
    notes = sorted(_notes(page), key=lambda note: (note.start, note.end))
    return RawDocument(
        page.main.finish(),
        decoded.encoding,
        hints=LabelHints(tuple(text.bold), tuple(text.cells)),
        notes=tuple(notes),
        warnings=(*decoded.warnings, *story_warnings(text)),
    )


def _decode(task: ReadTask) -> DecodedText:
    """Decode by mark, as UTF-8, by what the page says of itself, and as cp1252 at last."""
    if task.options.encoding:
        return decode(task.source, task.file_name, task.options.encoding)
    found = _CHARSET.search(task.source[:_HEAD])
    if found is not None and not _is_utf8(task.source):
        name = (found[1] or found[2]).decode("ascii", "ignore").lower()
        # What pages call Latin-1 is cp1252 (Encoding Standard, section 4.2).
        latin = name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1"}
        if not latin and not name.startswith(("utf-16", "utf-32", "utf-8")):
            try:
                return decode(task.source, task.file_name, name)
            except FileProblem:
                # It is not what it says it is; the usual order finds what it is.
                pass
    return decode(task.source, task.file_name)


def _is_utf8(source: bytes) -> bool:
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parse(source: str, task: ReadTask) -> PageParser:
    """Parse the page. Raises FileProblem for what no page has, and Cancelled."""
    page = PageParser(source)
    # The stubs want targets that take any kind of string; text comes as str.
    target = cast(Any, page)
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    try:
        for at in range(0, len(source), _PIECE):
            task.progress.step()
            parser.feed(source[at : at + _PIECE].encode("utf-8"))
        parser.close()
    except UnfitPage as error:
        raise FileProblem(
            message("{name} is nested too deeply to be a web page.", name=task.file_name)
            if error.deep
            else message("{name} is too big; split it into several files.", name=task.file_name)
        ) from error
    except etree.LxmlError as error:
        raise FileProblem(
            message("{name} is damaged or is no web page.", name=task.file_name)
        ) from error
    return page


def _notes(page: PageParser) -> Iterator[ReadNote]:
    """Yield the notes that the text refers to, in its offsets."""
    for kind, name, at in page.main.text.references:
        said = page.notes.get(name)
        if said:
            yield ReadNote("endnote" if kind == "endnote" else "footnote", at, at, "", said)
