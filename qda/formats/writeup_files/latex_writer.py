r"""Write a text as a LaTeX document of standard packages."""

from collections.abc import Iterator

from qda.formats.latex_parts import declarations, escape
from qda.model.writeup import (
    Block,
    Heading,
    Paragraph,
    QuoteBlock,
    Run,
    TableBlock,
    TableCell,
    WriteUp,
    column_widths,
    numbered_captions,
)

_PREAMBLE = r"""\documentclass[a4paper,11pt%s]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \usepackage{lmodern}
\fi
\usepackage[margin=24mm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage[table]{xcolor}
\usepackage{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
"""
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph")
_ROOM_MM = {False: 162, True: 249}


def latex_text(text: WriteUp) -> str:
    """Return the document."""
    body = [
        r"\begin{document}",
        rf"{{\LARGE\bfseries {escape(text.title)}\par}}",
        rf"{{\small {escape(text.about)}\par}}",
    ]
    for block, number in zip(text.blocks, numbered_captions(text), strict=True):
        body += _block(block, _ROOM_MM[text.wide], number)
    document = "\n\n".join([*body, r"\end{document}"]) + "\n"
    return _PREAMBLE % (",landscape" if text.wide else "") + declarations(document) + document


def _block(block: Block, room: int, number: str) -> Iterator[str]:
    if isinstance(block, Heading):
        kind = _SECTIONS[min(block.level, len(_SECTIONS)) - 1]
        yield rf"\{kind}*{{{_target(block.anchor)}{escape(block.text)}}}"
    elif isinstance(block, Paragraph):
        words = "".join(map(_run, block.runs))
        yield rf"{{\small {words}\par}}" if block.muted else words
    elif isinstance(block, QuoteBlock):
        said = r"\newline ".join(escape(one) for one in block.text.split("\n") if one.strip())
        below = _linked(escape(block.below), block.link)
        small = rf"\newline{{\small {below}}}" if below else ""
        if block.warning:
            small += rf"\newline{{\small {escape(block.warning)}}}"
        linked = _linked(escape(block.who), "" if block.below else block.link)
        who = f" {linked}" if linked else ""
        yield rf"\begin{{quote}}{_target(block.anchor)}{said}{who}{small}\end{{quote}}"
    else:
        yield "\n".join(_table(block, room, number))


def _table(block: TableBlock, room: int, number: str) -> Iterator[str]:
    widths = column_widths(block, room - 4.3 * len(block.header))
    columns = "".join(
        rf">{{{_side(one)}\arraybackslash}}p{{{width:.1f}mm}}"
        for one, width in zip(block.header, widths, strict=True)
    )
    head = " & ".join(rf"\textbf{{{escape(one.text)}}}" for one in block.header) + r" \\"
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    if block.caption:
        caption = rf"\textbf{{{number}{escape(block.caption)}}}"
        yield rf"\multicolumn{{{len(block.header)}}}{{@{{}}l}}{{{caption}}} \\"
    yield rf"\toprule {head} \midrule \endhead"
    yield r"\bottomrule \endfoot"
    for row in block.rows:
        yield " & ".join(map(_cell, row)) + r" \\"
    yield r"\end{longtable}"


def _cell(cell: TableCell) -> str:
    words = _linked(escape(cell.text), cell.link)
    color = cell.shade.lstrip("#").upper()
    return rf"\cellcolor[HTML]{{{color}}}{words}" if color else words


def _run(run: Run) -> str:
    words = escape(run.text)
    return _linked(rf"\textbf{{{words}}}" if run.bold else words, run.link)


def _linked(words: str, link: str) -> str:
    if not link or not words:
        return words
    if link.startswith("#"):
        return rf"\hyperlink{{{link[1:]}}}{{{words}}}"
    address = link.replace("#", r"\#").replace("%", r"\%")
    return rf"\href{{{address}}}{{{words}}}"


def _target(anchor: str) -> str:
    return rf"\hypertarget{{{anchor}}}{{}}" if anchor else ""


def _side(cell: TableCell) -> str:
    return r"\raggedleft" if cell.right else r"\raggedright"
