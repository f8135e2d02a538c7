"""Interview guides from files: which lines are headings, questions, probes, and notes for oneself.

Researchers write guides in their own ways, so this is a proposal that a person goes through.
Numbers, bullets, indents and headings tell first; where a file has none of them, a line that ends
with a question mark is a question and a short line before such is a heading.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from qda.formats.readers.reading import read_file
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.guides import GuideLine, LineKind, ReadGuide
from qda.model.messages import message
from qda.model.reading import ReadOptions

ENDINGS = (".docx", ".odt", ".rtf", ".txt", ".md", ".markdown", ".html", ".htm", ".pdf")
"""What a guide may be written in: the texts among the sources, not sheets or subtitles."""
MOST_LINES = 2_000
_SHORT = 8
"""The most words of a heading that nothing else marks."""
_TAB = 4
_INDENT = 2
"""Blanks from which on a line stands further in than another; one is what a page break leaves."""

_IMPERATIVES = frozenset(
    {
        "fortell", "fortel", "beskriv", "skildr", "forklar", "gi", "gje", "nevn", "nemn", "tenk",
        "ta", "vis", "si", "sei", "tell", "describe", "explain", "give", "name", "think", "walk",
        "take", "talk",
    }
)  # fmt: skip
_MARKDOWN = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_NUMBER = re.compile(
    r"(?P<number>(?:(?:spørsmål|question|spm\.?)\s+)?\d{1,3}(?:\.\d{1,3})*[.):]?|[a-zæøå][.)]"
    r"|[ivx]{1,5}[.)])\s+(?P<text>\S.*)",
    re.IGNORECASE,
)
# Bullets of word processors come as signs of any kind, in text from PDF as private characters.
_BULLET = re.compile(r"(?:[^\w\s\"'«»“”‘’„(\[#.…?!]|o)\s+(?P<text>\S.*)")
_EMPHASIS = re.compile(r"(\*\*|__)(?P<text>.+?)\1(?P<rest>.*)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it stands: how far in, its number or bullet, and what its file says of it."""

    text: str
    indent: int = 0
    number: str = ""
    bullet: bool = False
    heading: int = 0
    """The level of a heading, 0 where nothing marks it as one."""
    strong: bool = False
    after_blank: bool = False

    @property
    def asks(self) -> bool:
        return "?" in self.text

    @property
    def depth(self) -> int:
        """Return how deep a number is: 1 for 3., 2 for 3.1, more than any of these for a)."""
        if not self.number:
            return 0
        figures = re.findall(r"\d+", self.number)
        return len(figures) if figures else 9

    @property
    def short(self) -> bool:
        return len(_WORD.findall(self.text)) <= _SHORT and not self.text.endswith((".", "?", "!"))


def read_guide(path: Path, progress: Progress | None = None) -> ReadGuide:
    """Read a guide. Raises FileProblem for a file that is none or holds no question."""
    if path.suffix.casefold() not in ENDINGS:
        raise FileProblem(
            message(
                "{name} cannot be an interview guide; choose a file that ends in {endings}.",
                name=path.name,
                endings=", ".join(ENDINGS),
            )
        )
    read = read_file(path, ReadOptions(hyphens="auto", paragraphs="lines"), progress)
    marks = _docx_marks(path) if path.suffix.casefold() == ".docx" else []
    lines = guide_lines(read.text, marks)
    if len(lines) > MOST_LINES:
        raise FileProblem(
            message("{name} is too long for an interview guide; choose another file.",
                    name=path.name)
        )  # fmt: skip
    if not any(one.kind == "question" for one in lines):
        raise FileProblem(
            message(
                "No questions were found in {name}; number them, or end them with a question mark.",
                name=path.name,
            )
        )
    return ReadGuide(PurePath(path.name).stem, path.name, lines)


Mark = tuple[str, int, int]
"""What a word processor says of a paragraph: its text, the level of its heading (0 for none) and
how deep it stands in a list."""


def guide_lines(text: str, marks: Sequence[Mark] = ()) -> tuple[GuideLine, ...]:
    """Return what each line of a guide is taken for; lines without words are left out."""
    lines = _marked(_lines(text), marks)
    if lines and lines[0].heading and _is_title(lines):
        lines = lines[1:]
    return tuple(_told_apart(lines))


# ----------------------------------------------------------------------------- single lines
def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    blank = True
    for raw in text.split("\n"):
        stripped = raw.strip("\u00a0 \t\r\ufeff")
        if not _WORD.search(stripped):
            blank = True
            continue
        before = raw.replace("\t", " " * _TAB).replace("\u00a0", " ")
        indent = len(before) - len(before.lstrip(" "))
        line = replace(_line(stripped), indent=indent, after_blank=blank)
        blank = False
        if found and _goes_on(found[-1], line):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def _goes_on(before: _Line, line: _Line) -> bool:
    """Tell whether a line is the rest of the one before it, which was broken at its end."""
    if line.number or line.bullet or line.heading or before.heading:
        return False
    begins = line.text[0].islower() or line.text[0] == "("
    return begins and not before.text.endswith((".", "?", "!", ":")) and not line.strong


def _line(text: str) -> _Line:
    if hit := _MARKDOWN.match(text):
        return _Line(_plain(hit[2]), heading=len(hit[1]))
    bullet = _BULLET.match(text)
    text = bullet["text"] if bullet else text
    numbered = _NUMBER.match(text)
    if numbered:
        return _Line(_plain(numbered["text"]), number=numbered["number"], bullet=bullet is not None)
    emphasis = _EMPHASIS.match(text)
    strong = emphasis is not None and not emphasis["rest"].strip(" :.")
    return _Line(_plain(text), bullet=bullet is not None, strong=strong)


def _plain(text: str) -> str:
    """Take the marks of Markdown off."""
    return re.sub(r"(\*\*|__|\*|`)(.+?)\1", r"\2", text).strip()


def _marked(lines: list[_Line], marks: Sequence[Mark]) -> list[_Line]:
    """Put what a word processor says of its paragraphs on the lines that have their text."""
    at = 0
    found: list[_Line] = []
    for line in lines:
        for place in range(at, len(marks)):
            said, heading, deep = marks[place]
            if (said and said in line.text) or line.text in said:
                indent = max(line.indent, deep * _TAB)
                line = replace(line, heading=heading, indent=indent)  # noqa: PLW2901
                at = place + 1
                break
        found.append(line)
    return found


def _is_title(lines: Sequence[_Line]) -> bool:
    """Tell whether the first line is the title: a heading above all others, or with no like."""
    level = lines[0].heading
    others = [one.heading for one in lines[1:] if one.heading]
    return bool(others) and all(other > level for other in others)


# -------------------------------------------------------------------------- lines together
def _told_apart(lines: Sequence[_Line]) -> list[GuideLine]:
    numbered = _numbers_ask(lines)
    found: list[GuideLine] = []
    question: _Line | None = None
    for place, line in enumerate(lines):
        kind = _kind(lines, place, question, numbered=numbered)
        if kind == "question":
            question = line
        elif kind == "heading":
            question = None
        found.append(GuideLine(kind, line.number, line.text))
    return found


def _numbers_ask(lines: Sequence[_Line]) -> bool:
    """Tell whether the guide numbers its questions: then a line without a number is none."""
    return sum(bool(one.number and one.asks) for one in lines) >= 2


def _kind(
    lines: Sequence[_Line], place: int, question: _Line | None, *, numbered: bool
) -> LineKind:
    line = lines[place]
    below = question is not None and _stands_below(line, question)
    if line.heading or (line.strong and not line.asks and not line.number):
        return "heading"
    if line.number:
        if below:
            return "probe"
        themed = _names_a_theme(lines, place) or (numbered and _is_title_line(line))
        return "heading" if themed else "question"
    if line.bullet:
        return "probe" if question is not None and (below or numbered) else "question"
    if line.asks:
        # In a guide with numbers, what asks without one belongs to the question above it.
        return "probe" if below or (numbered and question is not None) else "question"
    if below and line.indent:
        return "probe"
    return "heading" if _leads(lines, place, numbered=numbered) else "note"


def _leads(lines: Sequence[_Line], place: int, *, numbered: bool) -> bool:
    """Tell whether a line that nothing marks is a heading: short, and questions follow."""
    line = lines[place]
    if line.asks or not line.short or place + 1 == len(lines):
        return False
    following = lines[place + 1]
    asked = following.asks or bool(following.number) or following.bullet
    return asked and (line.after_blank or not numbered)


def _stands_below(line: _Line, question: _Line) -> bool:
    """Tell whether a line belongs to a question: it is further in, or numbered deeper."""
    further_in = line.indent >= question.indent + _INDENT
    if line.number and question.number and line.depth != question.depth:
        return line.depth > question.depth
    if line.number or not line.bullet:
        return further_in
    return further_in or bool(question.number) or not question.bullet


def _is_title_line(line: _Line) -> bool:
    """Tell whether a numbered line is a title among questions: 8.2 Appendix, and asks nothing."""
    begins = re.match(r"\w+", line.text.casefold())
    told = begins is not None and begins.group() in _IMPERATIVES
    return line.short and not line.asks and not told


def _names_a_theme(lines: Sequence[_Line], place: int) -> bool:
    """Tell whether a numbered line is a heading: it asks nothing, and what is below it does."""
    line = lines[place]
    if line.asks or not line.short:
        return False
    below: list[_Line] = []
    for other in lines[place + 1 :]:
        if other.heading or (other.number and not _stands_below(other, line)):
            break
        below.append(other)
    return any(one.asks and (one.number or one.bullet) for one in below)


# ------------------------------------------------------------------------------------- .docx
def _docx_marks(path: Path) -> list[Mark]:
    """Return what Word says of each paragraph of a file that was read before and is sound."""
    import docx  # lazy: start-up

    found: list[Mark] = []
    for paragraph in docx.Document(str(path)).paragraphs:
        said = paragraph.text.strip()
        if not said:
            continue
        style = paragraph.style
        name = ((style.name if style is not None else "") or "").casefold()
        heading = 0
        if name.startswith(("heading", "overskrift")):
            heading = int((re.findall(r"\d+", name) or ["1"])[0]) + 1
        elif name in {"title", "tittel"}:
            heading = 1
        # How deep it stands in a list, by its level or by its style (List Bullet 2).
        listed = name.startswith(("list", "liste", "punkt"))
        deep = int((re.findall(r"\d+", name) or ["1"])[0]) - 1 if listed else 0
        level = paragraph.paragraph_format.element.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        found.append((said, heading, int(level[0]) if level else deep))
    return found
