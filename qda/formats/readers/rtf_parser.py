"""Read the control words, groups and characters of an RTF file (RTF 1.9.1).

Groups are followed on a list instead of by recursion; docs/decisions/030 says why no library does
it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from qda.formats.readers.docx_symbols import symbol
from qda.formats.readers.rtf_story import RtfStory
from qda.formats.readers.rtf_words import (
    CHARACTERS,
    ESCAPED,
    HEEDED,
    MULTIBYTE,
    SILENT,
    SYMBOL_CHARSET,
    SYMBOLS,
    charset,
    code_page,
)

MAX_TOKENS = 2_000_000
"""The most control words, groups and runs of text that are read of one file."""

MAX_NOTES = 50_000
"""The most notes and comments."""

MAX_DEPTH = 2_000
"""The most groups within groups."""

_STEP = 20_000
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}]+)",
    re.DOTALL,
)
_DASHES = frozenset("-–—*")

Kind = Literal["text", "skip", "fonts", "label", "author", "mark"]


class UnfitRtf(ValueError):
    """More groups or words than any document has; `deep` tells which."""

    def __init__(self, *, deep: bool) -> None:
        """Keep which of the two."""
        super().__init__(deep)
        self.deep = deep


@dataclass(slots=True)
class _Font:
    name: str = ""
    codec: str = ""
    is_symbol: bool = False


@dataclass(slots=True)
class _State:
    """What a group changes and its end gives back; `on_end` is called at the end."""

    kind: Kind
    story: RtfStory
    font: int = -1
    skip: int = 1
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    on_end: Callable[[], None] | None = None

    def inner(self) -> "_State":
        """Return the state of a group within this one."""
        return _State(
            self.kind, self.story, self.font, self.skip, self.bold, self.hidden, self.deleted
        )


@dataclass(frozen=True, slots=True)
class RtfNote:
    """What is said in a note, and by whom."""

    author: str
    text: str


@dataclass(slots=True)
class RtfParser:
    """Follows an RTF file; `main` is the text, `notes` what its references and comments name."""

    step: Callable[[], None]
    main: RtfStory = field(default_factory=RtfStory)
    notes: dict[str, RtfNote] = field(default_factory=dict[str, RtfNote])
    misread: int = 0
    _codec: str = "cp1252"
    _fonts: dict[int, _Font] = field(default_factory=dict[int, _Font])
    _default_font: int = -1
    _defined: _Font = field(default_factory=_Font)
    _states: list[_State] = field(default_factory=list[_State])
    _bytes: bytearray = field(default_factory=bytearray)
    _units: str = ""
    _skip: int = 0
    _star: bool = False
    _aside: list[str] = field(default_factory=list[str])
    _author: str = ""
    _reference: str = ""
    _endnote: bool = False
    _hiding: bool = False

    def parse(self, source: str) -> None:
        """Read the file, its bytes as Latin-1. Raises UnfitRtf."""
        self._states = [_State("text", self.main)]
        position = count = 0
        match = _TOKEN.match(source)
        while match is not None:
            count += 1
            if count % _STEP == 0:
                self.step()
                if count > MAX_TOKENS:
                    raise UnfitRtf(deep=False)
            position = match.end()
            if self._token(match):
                position += min(int(match[2] or 0), len(source)) if match[1] == "bin" else 0
                position = max(position, match.end())
            match = _TOKEN.match(source, position)
        while len(self._states) > 1:
            self._close()
        self._flush()

    def _token(self, match: re.Match[str]) -> bool:
        """Heed one token; tell whether it was a control word."""
        word, number, code, sign, brace, run = match.groups()
        if word is not None:
            if self._states[-1].kind != "skip":
                self._word(word, None if number is None else int(number))
            return True
        if brace == "{":
            self._open()
        elif brace == "}":
            self._close()
        elif self._states[-1].kind == "skip":
            self._star = False
        elif run is not None:
            self._run(run)
        elif code is not None:
            self._byte(int(code, 16))
        elif sign is not None:
            self._sign(sign)
        return False

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._states) >= MAX_DEPTH:
            raise UnfitRtf(deep=True)
        self._states.append(self._states[-1].inner())

    def _close(self) -> None:
        self._flush()
        self._skip, self._star = 0, False
        if len(self._states) > 1:
            ended = self._states.pop()
            if ended.on_end is not None:
                ended.on_end()

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        if word == "u" and number is not None:
            self._unicode(number)
            return
        if self._skip:
            # A control word counts as one character of those that stand for a Unicode one.
            self._skip -= 1
            return
        state = self._states[-1]
        if word == "uc":
            # It may stand between the two halves of one character.
            state.skip = min(max(number or 0, 0), 100)
            return
        self._flush()
        if word in SILENT or (star and word not in HEEDED):
            state.kind = "skip"
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif not (self._format(state, word, number) or self._page(word, number)):
            self._structure(state, word)

    def _format(self, state: _State, word: str, number: int | None) -> bool:
        """Heed what changes how the following characters are read."""
        on = number != 0
        if word == "f":
            state.font = -1 if number is None else number
            if state.kind == "fonts":
                self._defined = self._fonts.setdefault(state.font, _Font())
        elif word == "plain":
            state.bold = state.hidden = False
            state.font = self._default_font
        elif word == "b":
            state.bold = on
        elif word == "v":
            state.hidden = on
        elif word == "deleted":
            state.deleted = on
        else:
            return False
        return True

    def _page(self, word: str, number: int | None) -> bool:
        """Heed what names code pages and fonts."""
        if word == "ansicpg":
            self._codec = code_page(number or 0) or self._codec
        elif word in {"mac", "pc", "pca"}:
            self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "deff":
            self._default_font = self._states[-1].font = -1 if number is None else number
        elif word == "fcharset":
            self._defined.is_symbol = number == SYMBOL_CHARSET
            self._defined.codec = self._defined.codec or charset(number or 0)
        elif word == "cpg":
            self._defined.codec = code_page(number or 0)
        elif word == "fonttbl":
            self._states[-1].kind = "fonts"
        else:
            return False
        return True

    def _structure(self, state: _State, word: str) -> None:
        """Heed what ends lines and opens destinations."""
        if word in {"par", "sect"}:
            self._end_paragraph()
        elif state.kind == "text" and word in _BREAKS:
            _BREAKS[word](state.story)
        elif word in {"listtext", "pntext"}:
            self._collect(state, "label", lambda: self._end_label(state.story))
        elif word == "atnauthor":
            self._collect(state, "author", self._end_author)
        elif word in {"atrfstart", "atrfend", "atnref"}:
            self._collect(state, "mark", lambda: self._end_mark(word, state.story))
        elif word in {"footnote", "annotation", "shptxt", "dptxbxtext"}:
            self._begin_story(state, word)
        elif word == "ftnalt":
            self._endnote = True
        elif word == "upr":
            # The first group is for programs without Unicode; the second is read.
            state.kind = "skip"

    def _end_paragraph(self) -> None:
        state = self._states[-1]
        if state.kind == "text" and not state.deleted:
            state.story.end_paragraph()

    def _collect(self, state: _State, kind: Kind, on_end: Callable[[], None]) -> None:
        self._aside = []
        state.kind, state.on_end = kind, on_end

    def _end_label(self, story: RtfStory) -> None:
        label = "".join(self._aside).strip()
        single = len(label) == 1 and not label.isalnum() and label not in _DASHES
        story.label = "•" if single else label

    def _end_author(self) -> None:
        self._author = "".join(self._aside).strip()

    def _end_mark(self, word: str, story: RtfStory) -> None:
        name = "".join(self._aside).strip()
        if word == "atnref":
            self._reference = name
        elif word == "atrfstart":
            story.settle()
            story.text.open_comment(name)
        elif name in story.text.comments:
            story.text.close_comment(name)

    def _begin_story(self, state: _State, word: str) -> None:
        if state.deleted or state.kind != "text":
            state.kind = "skip"
            return
        outer, state.story = state.story, RtfStory()
        self._endnote, self._reference = False, ""
        story = state.story
        state.hidden = state.bold = False
        if word in {"shptxt", "dptxbxtext"}:
            state.on_end = lambda: outer.add_box(story.finish())
        elif word == "footnote":
            state.on_end = lambda: self._end_footnote(outer, story)
        else:
            state.on_end = lambda: self._end_annotation(outer, story)

    def _new_name(self) -> str:
        if len(self.notes) >= MAX_NOTES:
            raise UnfitRtf(deep=False)
        return f"#{len(self.notes)}"

    def _end_footnote(self, outer: RtfStory, story: RtfStory) -> None:
        name = self._new_name()
        self.notes[name] = RtfNote("", story.finish().finish().strip())
        outer.settle()
        outer.text.refer("endnote" if self._endnote else "footnote", name)

    def _end_annotation(self, outer: RtfStory, story: RtfStory) -> None:
        name = self._reference
        if name not in outer.text.comments or name in self.notes:
            name = self._new_name()
            outer.settle()
            outer.text.open_comment(name)
        self.notes[name] = RtfNote(self._author, story.finish().finish().strip())
        self._author = ""

    def _run(self, run: str) -> None:
        """Read characters that stand in the file as they are."""
        self._star = False
        # Line ends in the file are nothing but that.
        run = run.replace("\r", "").replace("\n", "")
        if self._skip:
            skipped = min(self._skip, len(run))
            self._skip -= skipped
            run = run[skipped:]
        if not run:
            return
        codec = self._codec_now()
        if self._states[-1].kind == "fonts":
            self._defined.name = (self._defined.name + run).rstrip("; ").strip()[:64]
        elif not run.isascii() or (self._bytes and codec in MULTIBYTE) or not codec:
            self._flush_units()
            self._bytes += run.encode("latin-1")
        else:
            self._flush()
            self._write(run)

    def _byte(self, byte: int) -> None:
        self._star = False
        if self._skip:
            self._skip -= 1
        else:
            self._flush_units()
            self._bytes.append(byte)

    def _sign(self, sign: str) -> None:
        """Heed a control symbol."""
        if sign == "*":
            self._star = True
            return
        self._star = False
        if self._skip:
            self._skip -= 1
            return
        self._flush()
        if sign in ESCAPED:
            self._write(sign)
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign in SYMBOLS:
            self._write(SYMBOLS[sign])

    def _unicode(self, number: int) -> None:
        self._skip = self._states[-1].skip
        self._flush_bytes()
        number += 0x10000 if number < 0 else 0
        if 0 <= number <= 0x10FFFF:
            self._units += chr(number)

    def _codec_now(self) -> str:
        """Return the codec of the font in use, an empty text for one of symbols."""
        font = self._fonts.get(self._states[-1].font)
        if font is None:
            return self._codec
        return "" if font.is_symbol else font.codec or self._codec

    def _flush(self) -> None:
        """Write the bytes and UTF-16 units that wait for what completes them."""
        self._flush_bytes()
        self._flush_units()

    def _flush_bytes(self) -> None:
        if not self._bytes:
            return
        found, codec = bytes(self._bytes), self._codec_now()
        self._bytes.clear()
        if codec:
            text = found.decode(codec, "replace")
            self.misread += text.count("\ufffd")
        else:
            name = self._fonts[self._states[-1].font].name
            text = "".join(symbol(name, f"{byte:x}") for byte in found)
        self._write(text)

    def _flush_units(self) -> None:
        if self._units:
            units, self._units = self._units, ""
            self._write(units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def _write(self, text: str) -> None:
        state = self._states[-1]
        if state.kind == "text":
            if state.deleted:
                return
            if state.hidden:
                state.story.text.hidden += not self._hiding
                self._hiding = True
                return
            self._hiding = False
            state.story.write(text, bold=state.bold)
        elif state.kind in {"label", "author", "mark"}:
            self._aside.append(text)


_BREAKS: dict[str, Callable[[RtfStory], None]] = {
    "line": RtfStory.break_line,
    "cell": RtfStory.end_cell,
    "row": RtfStory.end_row,
    "nestcell": RtfStory.end_inner_cell,
    "nestrow": RtfStory.end_inner_row,
}
