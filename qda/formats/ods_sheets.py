"""OpenDocument spreadsheets (ODF 1.3): sheets of numbers and texts, their first lines frozen."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

from qda.formats.matrix_files.view import clean
from qda.model.entities import Value

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SPACES = re.compile(" {2,}")
_ILLEGAL_IN_NAME = str.maketrans("[]:*?/\\'", "        ")
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"), ("config", "config"), ("manifest", "manifest"),
    )
) + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'  # fmt: skip
_STYLES = (
    '<number:percentage-style style:name="N1"><number:number number:decimal-places="1"'
    ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    '<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="wrapped" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>'
)
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties'
    ' fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape"'
    ' fo:margin="14mm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>'
    "</office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles>'
)
"""Paper on its side, as many pages down as it takes and one across."""
_LETTER_MM, _NARROWEST_MM, _WIDEST_MM = 2.1, 18, 80
Row = Sequence[Value | None]


def ods_package(sheets: Iterable[tuple[str, Sequence[Row], int]]) -> bytes:
    """Return a spreadsheet: numbers as numbers, and every text a text, never a formula.

    Each sheet has a name, its rows, and how many cells behind the first of each row but the top
    are shares. The same sheets give the same bytes.
    """
    named = [(name.translate(_ILLEGAL_IN_NAME), rows, n) for name, rows, n in sheets]
    body = "".join(_table(*one) for one in named)
    widths = sorted({width for _name, rows, _n in named for width in _widths(rows)})
    columns = "".join(
        f'<style:style style:name="mm{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}mm"/></style:style>'
        for width in widths
    )
    parts = {
        "content.xml": _document(
            "document-content",
            f"<office:automatic-styles>{_STYLES}{columns}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>",
        ),
        "styles.xml": _document("document-styles", _PAGE),
        "settings.xml": _document("document-settings", _frozen(name for name, _rows, _n in named)),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _TYPE), *((path, "text/xml") for path in parts))
    )
    manifest = f'<manifest:manifest {_NAMES} manifest:version="1.3">{entries}</manifest:manifest>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        # First and not compressed: by this programs know the kind of file.
        package.writestr(zipfile.ZipInfo("mimetype", _EPOCH), _TYPE)
        for path, text in (*parts.items(), ("META-INF/manifest.xml", manifest)):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return buffer.getvalue()


def _table(name: str, rows: Sequence[Row], percent: int) -> str:
    """Write a sheet; the `percent` cells behind the first of each row but the top are shares."""
    lines: list[str] = []
    for at, row in enumerate(rows):
        cells = (
            _written(value, head=at == 0, share=at > 0 and 0 < place <= percent)
            for place, value in enumerate(row)
        )
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = "".join(
        f'<table:table-column table:style-name="mm{width}"/>' for width in _widths(rows)
    )
    # The head stands again on every page.
    head = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>" if lines else ""
    return (
        f'<table:table table:name="{escape(name)}" table:style-name="sheet">'
        f"{columns}{head}{''.join(lines[1:])}</table:table>"
    )


def _widths(rows: Sequence[Row]) -> list[int]:
    """Return the width of each column in millimetres: its longest line, within bounds."""
    widths = [_NARROWEST_MM] * max((len(row) for row in rows), default=0)
    for row in rows:
        for at, value in enumerate(row):
            longest = max(map(len, str("" if value is None else value).split("\n")))
            widths[at] = min(_WIDEST_MM, max(widths[at], round(longest * _LETTER_MM) + 4))
    return widths


def _written(value: Value | None, *, head: bool, share: bool) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, str) or not math.isfinite(value):
        lines = "".join(f"<text:p>{_text(line)}</text:p>" for line in clean(str(value)).split("\n"))
        style = "head" if head else "wrapped"
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            f"{lines}</table:table-cell>"
        )
    if isinstance(value, bool):
        said = str(value).lower()
        kind = f'office:value-type="boolean" office:boolean-value="{said}"'
        return f"<table:table-cell {kind}><text:p>{said.upper()}</text:p></table:table-cell>"
    kind = "percentage" if share else "float"
    style = ' table:style-name="percent"' if share else ""
    said = f"{value:.1%}" if share else f"{value}"
    return (
        f'<table:table-cell{style} office:value-type="{kind}" office:value="{value!r}">'
        f"<text:p>{said}</text:p></table:table-cell>"
    )


def _text(line: str) -> str:
    """Escape a line; ODF would fold its tabs and its runs of spaces."""
    marked = escape(line).replace("\t", "<text:tab/>")
    marked = _SPACES.sub(lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', marked)
    return '<text:s text:c="1"/>' + marked[1:] if marked.startswith(" ") else marked


def _frozen(names: Iterable[str]) -> str:
    """Freeze the first row and the first column of the sheets."""
    items = "".join(
        f'<config:config-item config:name="{side}{what}" config:type="{kind}">{value}'
        "</config:config-item>"
        for side in ("Horizontal", "Vertical")
        for what, kind, value in (("SplitMode", "short", 2), ("SplitPosition", "int", 1))
    )
    entries = "".join(
        f'<config:config-item-map-entry config:name="{escape(name)}">{items}'
        "</config:config-item-map-entry>"
        for name in names
    )
    return (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{entries}'
        "</config:config-item-map-named></config:config-item-map-entry>"
        "</config:config-item-map-indexed></config:config-item-set></office:settings>"
    )


def _document(kind: str, inside: str) -> str:
    return f'<office:{kind} {_NAMES} office:version="1.3">{inside}</office:{kind}>'
