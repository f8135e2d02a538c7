"""Write a codebook as one HTML page that needs nothing else."""

from collections.abc import Iterator
from html import escape

from qda.formats.codebooks.labels import CODEBOOK, labelled_texts, subtitle, title
from qda.model.codebook import Codebook, CodebookCode
from qda.model.messages import Translate

_STYLE = """
:root { color-scheme: light dark; --ink: #22252a; --muted: #6e7178; --paper: #fff; --line: #e2e0da;
  --pane: #f3f2ee; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e4df; --muted: #989ba1; --paper: #1f2225; --line: #33373c; --pane: #222529; } }
body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.5rem 6rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 Georgia, "Noto Serif", serif; }
h1, h2, h3, h4, h5, h6, dt, nav, .about { font-family: "Noto Sans", "Segoe UI", system-ui,
  sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line);
  font-size: 1.4rem; }
h3 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
h4, h5, h6 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
.marker { display: inline-block; width: .7em; height: .7em; margin-right: .5em;
  border-radius: .15em; }
.about { margin: .5rem 0 1.5rem; color: var(--muted); font-size: .9rem; }
nav { margin: 2rem 0; padding: 1rem 1.25rem; border-radius: 6px; background: var(--pane);
  font-size: .9rem; }
nav ul { margin: 0; padding-left: 1.1rem; }
nav > ul { padding: 0; list-style: none; }
nav > ul > li { margin: .35rem 0; }
nav a { color: inherit; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: .35rem 1rem; margin: 0; }
dt { color: var(--muted); font-size: .85rem; line-height: 1.82; }
dd { margin: 0; white-space: pre-line; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } nav { display: none; }
  h2, h3, h4, h5, h6 { break-after: avoid; } dl { break-inside: avoid; } }
"""
_LEVELS = 6


def html_text(codebook: Codebook, translate: Translate) -> str:
    """Return the page: title, table of contents, and one section for each code."""
    language = f' lang="{escape(codebook.language)}"' if codebook.language else ""
    name = escape(title(codebook, translate))
    anchors = {id(code): f"code-{at}" for at, (_, code) in enumerate(codebook.walk(), start=1)}
    lines = [
        "<!DOCTYPE html>",
        f"<html{language}>",
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{name}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{name}</h1>",
        f'<p class="about">{escape(subtitle(codebook, translate))}</p>',
    ]
    if codebook.description:
        lines.append(f'<p style="white-space: pre-line">{escape(codebook.description)}</p>')
    if codebook.codes:
        lines.append(f'<nav aria-label="{escape(translate(CODEBOOK.text))}">')
        lines += _contents(codebook.codes, anchors)
        lines.append("</nav>")
    for path, code in codebook.walk():
        lines += _section(code, min(len(path) + 1, _LEVELS), anchors[id(code)], translate)
    lines += ["</main>", "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _contents(codes: tuple[CodebookCode, ...], anchors: dict[int, str]) -> Iterator[str]:
    yield "<ul>"
    for code in codes:
        link = f'<a href="#{anchors[id(code)]}">{_marker(code)}{escape(code.name)}</a>'
        if code.children:
            yield f"<li>{link}"
            yield from _contents(code.children, anchors)
            yield "</li>"
        else:
            yield f"<li>{link}</li>"
    yield "</ul>"


def _section(code: CodebookCode, level: int, anchor: str, translate: Translate) -> Iterator[str]:
    yield f'<h{level} id="{anchor}">{_marker(code)}{escape(code.name)}</h{level}>'
    texts = labelled_texts(code, translate)
    if texts:
        yield "<dl>"
        for label, text in texts:
            yield f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>"
        yield "</dl>"


def _marker(code: CodebookCode) -> str:
    """Return the coloured square; the colour was checked to be `#rrggbb`."""
    if not code.color:
        return ""
    return f'<span class="marker" style="background:{code.color}" aria-hidden="true"></span>'
