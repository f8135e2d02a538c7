"""Write a text as Markdown (CommonMark, with pipe tables)."""

import re
from collections.abc import Sequence

from qda.model.writeup import (
    Heading,
    Paragraph,
    PictureBlock,
    QuoteBlock,
    Run,
    TableBlock,
    TableCell,
    WriteUp,
    numbered_captions,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=>])|(\d{1,9})([.)]))", re.MULTILINE)


def markdown_text(text: WriteUp, pictures: Sequence[str] = ()) -> str:
    """Return the document; `pictures` are the names of the files beside it with its pictures."""
    parts = [f"# {_line(text.title)}", _line(text.about)]
    files = iter(pictures)
    for block, number in zip(text.blocks, numbered_captions(text), strict=True):
        if isinstance(block, PictureBlock):
            parts.append(_picture(block, number, next(files)))
        else:
            parts.append(_block(block, number))
    return "\n\n".join(filter(None, parts)) + "\n"


def _picture(block: PictureBlock, number: str, file: str) -> str:
    about = _line(block.picture.about)
    return f"![{about}](<{file}>)\n\n**{number}{_line(block.caption)}**"


def _block(block: Heading | Paragraph | QuoteBlock | TableBlock, number: str) -> str:
    if isinstance(block, Heading):
        anchor = f'<a id="{block.anchor}"></a>' if block.anchor else ""
        return f"{'#' * min(block.level + 1, 6)} {anchor}{_line(block.text)}"
    if isinstance(block, Paragraph):
        return _LINE_START.sub(_escaped, "".join(map(_run, block.runs)))
    if isinstance(block, QuoteBlock):
        return _quote(block)
    return _table(block, number)


def _quote(block: QuoteBlock) -> str:
    anchor = f'<a id="{block.anchor}"></a>' if block.anchor else ""
    said = "\\\n".join(_line(one) for one in block.text.split("\n"))
    who = _linked(_line(block.who), "" if block.below else block.link)
    lines = [anchor + said + (f" {who}" if who else "")]
    if block.below:
        lines += ["", _linked(_line(block.below), block.link)]
    if block.warning:
        lines += ["", f"*{_line(block.warning)}*"]
    return "\n".join(f"> {line}".rstrip() for line in "\n".join(lines).split("\n"))


def _table(block: TableBlock, number: str) -> str:
    rule = ["---:" if one.right else "---" for one in block.header]
    rows = [[_linked(_cell(one), one.link) for one in row] for row in (block.header, *block.rows)]
    rows.insert(1, rule)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    caption = f"**{number}{_line(block.caption)}**\n\n" if block.caption else ""
    return caption + "\n".join(lines)


def _cell(cell: TableCell) -> str:
    words = _line(cell.text)
    return f"**{words}**" if cell.bold and words else words


def _run(run: Run) -> str:
    words = _SPECIAL.sub(r"\\\1", run.text)
    words = f"**{words.strip()}**" if run.bold and words.strip() else words
    return _linked(words, run.link)


def _linked(words: str, link: str) -> str:
    return f"[{words}](<{link}>)" if link and words else words


def _line(text: str) -> str:
    return _LINE_START.sub(_escaped, _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _escaped(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"
