"""Write a text as one HTML page that needs nothing else."""

from collections.abc import Iterator
from html import escape

from qda.formats.pictures.svg import svg_element
from qda.model.writeup import (
    Block,
    Heading,
    Paragraph,
    PictureBlock,
    QuoteBlock,
    Run,
    TableBlock,
    WriteUp,
    numbered_captions,
)

_STYLE = """
:root { color-scheme: light dark; --ink: #22252a; --muted: #5e6168; --paper: #fff; --line: #e2e0da;
  --accent: #1f5f73; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4df; --muted: #a5a8ad; --paper: #1f2225;
  --line: #33373c; --accent: #7fc4d6; } td[style], th[style] { color: #22252a; } }
body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.5rem 6rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 Georgia, "Noto Serif", serif; }
body.wide { max-width: 72rem; }
h1, h2, h3, h4, table, figure, .about, .below, .muted { font-family: "Noto Sans", "Segoe UI",
  system-ui, sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 .75rem; font-size: 1.4rem; }
h3 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
h4 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
.about, .below, .muted { color: var(--muted); font-size: .9rem; }
a { color: var(--accent); }
blockquote { margin: 1rem 0 1rem 1.5rem; }
blockquote:target { outline: 2px solid var(--accent); outline-offset: .5rem; }
.below { margin: .25rem 0 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; font-size: .9rem; }
caption { text-align: left; padding: .5rem 0; font-weight: 600; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
td[style], th[style] { padding-left: .5rem; }
th { border-bottom-color: var(--ink); }
figure { margin: 1rem 0 1.5rem; font-size: .9rem; font-weight: 600; }
figure svg { max-width: 100%; height: auto; }
figure a:hover rect, figure a:focus rect { stroke: #1f5f73; stroke-width: 2; }
figcaption { padding: .5rem 0; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3, h4 { break-after: avoid; } blockquote, figure, tr { break-inside: avoid; } }
"""


def html_text(text: WriteUp) -> str:
    """Return the page."""
    title = escape(text.title)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(text.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        '<body class="wide">' if text.wide else "<body>",
        "<main>",
        f"<h1>{title}</h1>",
        f'<p class="about">{escape(text.about)}</p>',
    ]
    for block, number in zip(text.blocks, numbered_captions(text), strict=True):
        lines += _block(block, number)
    lines += ["</main>", "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _block(block: Block, number: str) -> Iterator[str]:
    if isinstance(block, Heading):
        level = min(block.level + 1, 4)
        yield f"<h{level}{_id(block.anchor)}>{escape(block.text)}</h{level}>"
    elif isinstance(block, Paragraph):
        kind = ' class="muted"' if block.muted else ""
        yield f"<p{kind}>{''.join(map(_run, block.runs))}</p>"
    elif isinstance(block, QuoteBlock):
        yield from _quote(block)
    elif isinstance(block, PictureBlock):
        yield "<figure>"
        yield svg_element(block.picture, number.rsplit(maxsplit=1)[-1].rstrip("."), block.links)
        yield f"<figcaption>{number}{escape(block.caption)}</figcaption>"
        yield "</figure>"
    else:
        yield from _table(block, number)


def _quote(block: QuoteBlock) -> Iterator[str]:
    yield f"<blockquote{_id(block.anchor)}>"
    said = escape(block.text).replace("\n", "<br>")
    who = f" {_linked(escape(block.who), '' if block.below else block.link)}" if block.who else ""
    yield f"<p>{said}{who}</p>"
    if block.below:
        yield f'<p class="below">{_linked(escape(block.below), block.link)}</p>'
    if block.warning:
        yield f'<p class="below warning">{escape(block.warning)}</p>'
    yield "</blockquote>"


def _table(block: TableBlock, number: str) -> Iterator[str]:
    yield '<div class="scroll"><table>'
    if block.caption:
        yield f"<caption>{number}{escape(block.caption)}</caption>"
    head = "".join(
        f'<th scope="col"{_class(right=one.right)}>{escape(one.text)}</th>' for one in block.header
    )
    yield f"<thead><tr>{head}</tr></thead>"
    yield "<tbody>"
    for row in block.rows:
        cells: list[str] = []
        for at, cell in enumerate(row):
            shade = f' style="background:{escape(cell.shade)}"' if cell.shade else ""
            words = escape(cell.text).replace("\n", "<br>")
            words = _linked(f"<strong>{words}</strong>" if cell.bold else words, cell.link)
            tag = 'th scope="row"' if at == 0 else "td"
            cells.append(f"<{tag}{_class(right=cell.right)}{shade}>{words}</{tag[:2]}>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _run(run: Run) -> str:
    words = escape(run.text).replace("\n", "<br>")
    words = f"<strong>{words}</strong>" if run.bold else words
    return _linked(words, run.link)


def _linked(words: str, link: str) -> str:
    return f'<a href="{escape(link)}">{words}</a>' if link and words else words


def _id(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _class(*, right: bool) -> str:
    return ' class="right"' if right else ""
