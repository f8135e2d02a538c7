"""Quoted passages of a manuscript: where they stand, and where their writer cut or added words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_CLOSERS = {"«": "»", "“": "”“", "„": "“”", "”": "”", '"': '"', "‘": "’", "``": "''"}
_OPENER = re.compile(r'``|[«“„”"]|(?<![^\W_])‘')
_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_ENVIRONMENT = re.compile(r"\\begin\{(quote|quotation|displayquote)\}(.*?)\\end\{\1\}", re.DOTALL)
_COMMAND = re.compile(r"\\(?:enquote|textquote|blockquote)\*?\{")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")
_ATTRIBUTION = re.compile(r"\s*\([^()\n]{1,80}\)\s*[.]?\s*\Z")
CUT = re.compile(r"\(\s*(?:\.\.+|…)\s*\)|\[\s*(?:\.\.+|…)\s*\]")
"""How cuts are printed: (..), (...), [...], […], (…)."""
BARE = re.compile(r"(?<!\w)(?:\.\.\.|…)(?!\w)")
"""Cuts without brackets; in a transcript the same marks stand for a pause."""
LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W_])")
"""A letter changed in size at the head of a word: [V]i."""
INSERTION = re.compile(r"\[[^\[\]\n]{1,120}\]")
"""Words of the writer's own: [kontoret]."""
_LATEX = (
    (re.compile(r"\\(?:ldots|dots|textellipsis)(?:\{\}|\b)"), "…"),
    (re.compile(r"\\(?:emph|textit|textbf|textsc|text)\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\([%&#_$])"), r"\1"),
    (re.compile(r"---?"), "–"),
    (re.compile(r"~|\\,|\\ "), " "),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage: what stands between its marks, and where that is in the manuscript.

    `start:end` are half-open code points of the manuscript's text.
    """

    text: str
    start: int
    end: int


def find_passages(text: str, *, latex: bool = False) -> tuple[Passage, ...]:
    """Return the quoted passages of a text in its order: in quotation marks or set apart.

    Marks of any of the usual kinds count, also ” on both sides. A mark that is not closed in its
    paragraph ends with it. With `latex`, quotation environments and commands count too.
    """
    found: list[Passage] = [*_blocks(text)]
    if latex:
        found += [*_environments(text), *_commands(text)]
    taken = [(one.start, one.end) for one in found]
    for one in _in_marks(text):
        if not any(start <= one.start and one.end <= end for start, end in taken):
            found.append(one)
    if latex:
        found = [Passage(_plain(one.text), one.start, one.end) for one in found]
    return tuple(sorted((one for one in found if one.text.strip()), key=lambda one: one.start))


def _in_marks(text: str) -> Iterator[Passage]:
    at = 0
    while (opening := _OPENER.search(text, at)) is not None:
        mark, start = opening.group(), opening.end()
        limit = _paragraph_end(text, start)
        end = _closing(text, start, limit, mark)
        if end is None:
            # An inch sign, an apostrophe or a mark that was never closed: « and “ still open.
            if mark in "«“„":
                yield Passage(text[start:limit], start, limit)
                at = limit
            else:
                at = start
            continue
        yield Passage(text[start:end], start, end)
        at = end + len("''" if mark == "``" else "x")


def _paragraph_end(text: str, at: int) -> int:
    found = _PARAGRAPH_END.search(text, at)
    return found.start() if found is not None else len(text)


def _closing(text: str, start: int, limit: int, mark: str) -> int | None:
    """Return where the mark closes; marks of the same kind inside it count up and down."""
    if mark == "``":
        at = text.find("''", start, limit)
        return at if at >= 0 else None
    closers = _CLOSERS[mark]
    depth = 1
    for at in range(start, limit):
        character = text[at]
        if character == mark and mark not in closers:
            depth += 1
        elif character in closers:
            if mark == "‘" and at + 1 < limit and text[at + 1].isalnum():
                continue
            depth -= 1
            if not depth:
                return at
    return None


def _blocks(text: str) -> Iterator[Passage]:
    """Yield Markdown's quotations: lines that begin with >."""
    for found in _BLOCK.finditer(text):
        yield from _set_apart(_BLOCK_MARK.sub("", found.group()), found.start(), found.end())


def _environments(text: str) -> Iterator[Passage]:
    for found in _ENVIRONMENT.finditer(text):
        yield from _set_apart(found.group(2), found.start(2), found.end(2))


def set_apart(text: str, start: int, end: int) -> Iterator[Passage]:
    """Yield a paragraph that is set as a quotation, without its attribution and marks."""
    yield from _set_apart(text, start, end)


def _set_apart(text: str, start: int, end: int) -> Iterator[Passage]:
    inner = _ATTRIBUTION.sub("", text) if not CUT.search(text[-12:]) else text
    inner = inner.strip()
    if inner[:1] in _CLOSERS and inner[-1:] in _CLOSERS[inner[:1]]:
        inner = inner[1:-1]
    yield Passage(inner, start, end)


def _commands(text: str) -> Iterator[Passage]:
    for found in _COMMAND.finditer(text):
        depth = 1
        for at in range(found.end(), len(text)):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if not depth:
                yield Passage(text[found.end() : at], found.end(), at)
                break


def _plain(text: str) -> str:
    for pattern, plain in _LATEX:
        text = pattern.sub(plain, text)
    return text


_WORDS = re.compile(r"\w")
Gap = Literal["", "cut", "insertion"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage without marks of the writer's.

    `gap` says what stands before it: nothing, a cut of any length, or words of the writer's.
    """

    text: str
    gap: Gap


def pieces_of(passage: str, *, bare: bool = False) -> tuple[tuple[Piece, ...], bool]:
    """Return the stretches between cuts and insertions, and whether there are any marks.

    With `bare`, dots without brackets are cuts too.
    """
    marked = LETTER.search(passage) is not None
    passage = LETTER.sub(r"\1", passage)
    pieces: list[Piece] = []
    gap: Gap = ""
    at = 0
    cut = f"{CUT.pattern}|{BARE.pattern}" if bare else CUT.pattern
    for found in re.finditer(f"{cut}|{INSERTION.pattern}", passage):
        marked = True
        if _WORDS.search(passage, at, found.start()) is not None:
            pieces.append(Piece(passage[at : found.start()], gap))
            gap = ""
        if re.fullmatch(cut, found.group()) is not None:
            gap = "cut"
        elif not gap:
            gap = "insertion"
        at = found.end()
    if _WORDS.search(passage, at) is not None:
        pieces.append(Piece(passage[at:], gap))
    return tuple(pieces), marked
