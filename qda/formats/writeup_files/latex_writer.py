r"""Write a text as a LaTeX document of standard packages."""

from collections.abc import Iterator, Sequence

from qda.formats.latex_parts import ENGINES, declarations, escape
from qda.model.pictures import Words
from qda.model.writeup import (
    Heading,
    Paragraph,
    PictureBlock,
    QuoteBlock,
    Run,
    TableBlock,
    TableCell,
    WriteUp,
    column_widths,
    numbered_captions,
    pictures_of,
)

_PREAMBLE = (
    r"\documentclass[a4paper,11pt%s]{article}"
    + ENGINES
    + r"""\usepackage[margin=24mm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage[table]{xcolor}
\usepackage{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
"""
)
_PICTURES = r"""\usepackage{tikz}
% What a picture shows in words, for those who hear the PDF.
\ifPDFTeX
  \newcommand{\inwords}[2]{\pdfliteral page{/Span <</Alt <#1>>> BDC}#2\pdfliteral page{EMC}}
\else\ifLuaTeX
  \newcommand{\inwords}[2]{\pdfextension literal page{/Span <</Alt <#1>>> BDC}#2%
    \pdfextension literal page{EMC}}
\else
  \newcommand{\inwords}[2]{#2}
\fi\fi
"""
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph")
_ROOM_MM = {False: 162, True: 249}


def room_mm(text: WriteUp) -> int:
    """Return how wide what stands between the margins may be."""
    return _ROOM_MM[text.wide]


def latex_text(text: WriteUp, pictures: Sequence[str] = ()) -> str:
    """Return the document; `pictures` are the names of the files beside it with its pictures."""
    body = [
        r"\begin{document}",
        rf"{{\LARGE\bfseries {escape(text.title)}\par}}",
        rf"{{\small {escape(text.about)}\par}}",
    ]
    files = iter(pictures)
    for block, number in zip(text.blocks, numbered_captions(text), strict=True):
        if isinstance(block, PictureBlock):
            body.append(_picture(block, number, next(files)))
        else:
            body += _block(block, room_mm(text), number)
    document = "\n\n".join([*body, r"\end{document}"]) + "\n"
    drawn = [one.picture for one in pictures_of(text)]
    letters = document + "".join(
        shape.text for one in drawn for shape in one.shapes if isinstance(shape, Words)
    )
    preamble = _PREAMBLE % (",landscape" if text.wide else "") + (_PICTURES if drawn else "")
    return preamble + declarations(letters) + document


def _picture(block: PictureBlock, number: str, file: str) -> str:
    about = ("\ufeff" + " ".join(block.picture.about.split())).encode("utf-16-be", "replace")
    return (
        rf"\noindent\inwords{{{about.hex().upper()}}}{{\input{{{file}}}}}"
        rf"\par\nopagebreak\noindent\textbf{{{number}{escape(block.caption)}}}\par\medskip"
    )


def _block(
    block: Heading | Paragraph | QuoteBlock | TableBlock, room: int, number: str
) -> Iterator[str]:
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
    words = escape(cell.text)
    words = _linked(rf"\textbf{{{words}}}" if cell.bold else words, cell.link)
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
