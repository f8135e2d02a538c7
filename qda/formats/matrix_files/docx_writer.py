"""Write a matrix as a Word document: a real landscape table, then the quotes behind it.

Quotes are attributed by role only. Cases are named in headings, never beside a person.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

from qda.formats.matrix_files import words
from qda.formats.matrix_files.courses import HEIGHT, WIDTH, Months, as_png
from qda.formats.matrix_files.page import MARGIN_MM, PAGE_MM, Part, divide
from qda.formats.matrix_files.view import Line, View, moment
from qda.formats.word_parts import TAGS, add_page_number, repacked, set_face
from qda.model.matrix import MatrixCount

_INK, _MUTED, _LINE = "22252A", "6E7178", "BFBDB6"
_EMU = 9525
"""English metric units in a point of 1/96 inch."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HEADING, _LABEL, _NUMBER, _TEXT = "Matrix Heading", "Matrix Label", "Matrix Number", "Matrix Text"
_SMALL, _NOTE, _QUOTE, _WHO = "Matrix Small", "Matrix Note", "Matrix Quote", "Matrix Attribution"


def docx_bytes(view: View) -> bytes:
    """Return the document; its styles are named, so that a report restyles it in one place."""
    import docx  # lazy: start-up

    document: Any = docx.Document()
    _set_up(document, view)
    document.add_paragraph(view.title, style="Title")
    document.add_paragraph(view.about, style="Subtitle")
    parts = divide(view)
    for number, part in enumerate(parts, start=1):
        if len(parts) > 1:
            heading = view.say(words.part_of(view.title, number, len(parts)))
            document.add_paragraph(heading, style="Matrix Part")
        _add_table(document, view, part)
    for note in (view.say(words.N_LEGEND), *view.notes):
        document.add_paragraph(note, style=_NOTE)
    if not view.shows_quotes and view.export.quotes:
        _add_quotes(document, view)
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _add_table(document: Any, view: View, part: Part) -> None:  # noqa: ANN401
    """Add one part of the table with a heading row that repeats and rows that hold together."""
    from docx.shared import Mm  # lazy: start-up

    groups = view.groups(part.columns)
    above = 1 if groups else 0
    height = len(view.rows) + 2 + above
    table = document.add_table(rows=height, cols=len(part.widths))
    table.autofit = False
    _set_borders(table)
    rows: list[list[Any]] = _cells_of(table)
    for width, column in zip(part.widths, table.columns, strict=True):
        column.width = Mm(width)
    for cells in rows:
        for width, cell in zip(part.widths, cells, strict=True):
            cell.width = Mm(width)
    for at, row in enumerate(table.rows):
        _set_row(row, header=at <= above, whole=at <= above or not view.shows_texts)
    if groups:
        _fill_groups(groups, rows[0])
    _fill_head(view, part, rows[above])
    for at, line in enumerate(view.rows):
        _fill_row(view, part, rows[at + 1 + above], at, line)
    _fill_n(view, part, rows[-1])


def _cells_of(table: Any) -> list[list[Any]]:  # noqa: ANN401 - the library has few types
    """Return the cells row by row; asking the table for one cell at a time walks it all."""
    width = len(table.columns)
    flat = table._cells  # noqa: SLF001 - the library offers no quick way
    return [flat[at : at + width] for at in range(0, len(flat), width)]


def _fill_groups(groups: Sequence[tuple[str, int]], cells: Sequence[Any]) -> None:
    """Write the names that columns are nested in, each across its columns."""
    place = 1
    for name, span in groups:
        cell = cells[place]
        if span > 1:
            cell = cell.merge(cells[place + span - 1])
            for empty in cell._tc.p_lst[1:]:  # noqa: SLF001 - what merging leaves behind
                cell._tc.remove(empty)  # noqa: SLF001 - likewise
        _write(cell, name, _HEADING, right=span == 1)
        if name:
            _set_bottom(cell, _LINE, 6)
        place += span


def _fill_head(view: View, part: Part, cells: Sequence[Any]) -> None:
    _write(cells[0], view.corner, _HEADING)
    if view.spec.sort_by:
        _write_small(cells[0], view.say(words.sorted_by(view.spec.sort_by)), right=False)
    _set_bottom(cells[0], _INK, 8)
    for cell, at in zip(cells[1:], part.columns, strict=False):
        column = view.columns[at]
        _write(cell, _breakable(view.inner_label(at)), _HEADING, right=not view.shows_words)
        _set_bottom(cell, column.color.lstrip("#").upper() or _INK, 18 if column.color else 8)
    if part.with_n:
        _write(cells[-1], "N", _HEADING, right=True)
        _set_bottom(cells[-1], _INK, 8)


def _fill_row(view: View, part: Part, cells: Sequence[Any], at: int, line: Line) -> None:
    _write(cells[0], _breakable(line.label), _LABEL)
    if line.sort_value is not None:
        value = line.sort_value
        text = value if isinstance(value, str) else view.number(value)
        _write_small(cells[0], text, right=False)
    for cell, column in zip(cells[1:], part.columns, strict=False):
        if view.shows_quotes and view.columns[column].counted:
            _write_quotes(cell, view, at, column)
        elif months := view.months(at, column):
            _write_course(cell, view, months, view.text(at, column))
        else:
            right = not (view.shows_words and view.columns[column].counted)
            _write(cell, view.text(at, column), _NUMBER if right else _TEXT, right=right)
            if below := view.below(at, column):
                _write_small(cell, below, right=right)
    if part.with_n:
        _write_n(cells[-1], view, line.n)


def _fill_n(view: View, part: Part, cells: Sequence[Any]) -> None:
    _write(cells[0], "N", _LABEL)
    for cell, column in zip(cells[1:], part.columns, strict=False):
        if view.columns[column].beside is None:
            _write_n(cell, view, view.columns[column].n, right=not view.shows_words)
    if part.with_n:
        _write_n(cells[-1], view, view.export.matrix.total)


def _write(cell: Any, text: str, style: str, *, right: bool = False) -> None:  # noqa: ANN401
    """Put a paragraph in the place of the empty one that a new cell has."""
    element = cell._tc  # noqa: SLF001 - thousands of cells: the library's way is slow
    element.replace(element.p_lst[0], _aligned(_paragraph(_id(style), _run(text)), right=right))


def _write_course(cell: Any, view: View, months: Months, about: str) -> None:  # noqa: ANN401
    """Draw the months in a cell, told in words too, with the last number below."""
    from docx.shared import Emu  # lazy: start-up
    from lxml import etree

    size = WIDTH * _EMU, HEIGHT * _EMU
    inline = cell.part.new_pic_inline(io.BytesIO(as_png(months)), Emu(size[0]), Emu(size[1]))
    inline.docPr.set("descr", about)
    run = etree.Element(_W + "r")
    etree.SubElement(run, _W + "drawing").append(inline)
    element = cell._tc  # noqa: SLF001 - as in `_write`
    element.replace(element.p_lst[0], _aligned(_paragraph(_id(_NUMBER), run), right=True))
    _write_small(cell, view.number(months[-1][1]))


def _write_small(cell: Any, text: str, *, right: bool = True) -> None:  # noqa: ANN401
    element = cell._tc  # noqa: SLF001 - likewise
    element.append(_aligned(_paragraph(_id(_SMALL), _run(text)), right=right))


def _aligned(paragraph: Any, *, right: bool) -> Any:  # noqa: ANN401 - an XML element
    from lxml import etree  # lazy: start-up

    etree.SubElement(paragraph[0], _W + "jc").set(_W + "val", "right" if right else "left")
    return paragraph


def _id(style: str) -> str:
    """Return the identifier that the library gives a style of that name."""
    return style.replace(" ", "")


def _write_n(cell: Any, view: View, n: MatrixCount, *, right: bool = True) -> None:  # noqa: ANN401
    _write(cell, str(n.segments), _NUMBER if right else _TEXT, right=right)
    _write_small(cell, view.small_n(n), right=right)


def _write_quotes(cell: Any, view: View, row: int, column: int) -> None:  # noqa: ANN401
    quotes = view.quotes(row, column)
    if not quotes:
        return
    element = cell._tc  # noqa: SLF001 - as in `_write`
    element.remove(element.p_lst[0])
    for one in quotes:
        said = view.attribution(one)
        who = [_run(f" {said}", style=_id(_WHO))] if said else []
        element.append(_paragraph(_id(_TEXT), _run(view.quoted(one)), *who))


def _add_quotes(document: Any, view: View) -> None:  # noqa: ANN401
    """Add the quotes by row and column on upright pages."""
    from docx.enum.section import WD_ORIENT, WD_SECTION  # lazy: start-up
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    # The library looks for the end of the document with every paragraph it adds; thousands of
    # quotes are put before the last section's properties directly.
    add: Callable[[Any], None] = document.element.body[-1].addprevious
    add(_paragraph(_id("Heading 1"), _run(view.say(words.SHEET_QUOTES))))
    for _at, row, cells in view.sections():
        add(_paragraph(_id("Heading 2"), _run(row.label)))
        for _place, column, quotes in cells:
            color = column.color.lstrip("#").upper()
            marker = [_run("■ ", color=color)] if color else []
            add(_paragraph(_id("Heading 3"), *marker, _run(column.label)))
            for one in quotes:
                who = view.attribution(one.quote)
                said = [_run(one.lead + view.quoted(one.quote))]
                said += [_run(f" {who}", style=_id(_WHO))] if who else []
                add(_paragraph(_id(_QUOTE), *said))


def _paragraph(style: str, *runs: Any) -> Any:  # noqa: ANN401 - XML elements
    from lxml import etree  # lazy: start-up

    paragraph = etree.Element(_W + "p")
    properties = etree.SubElement(paragraph, _W + "pPr")
    etree.SubElement(properties, _W + "pStyle").set(_W + "val", style)
    paragraph.extend(runs)
    return paragraph


def _run(text: str, *, style: str = "", color: str = "") -> Any:  # noqa: ANN401 - an XML element
    """Return a run; line breaks and tabs stay what they are."""
    from lxml import etree  # lazy: start-up

    run = etree.Element(_W + "r")
    if style or color:
        properties = etree.SubElement(run, _W + "rPr")
        kind = _W + ("rStyle" if style else "color")
        etree.SubElement(properties, kind).set(_W + "val", style or color)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, _W + "br")
        for place, part in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, _W + "tab")
            if part:
                written = etree.SubElement(run, _W + "t")
                written.text = part
                written.set(_SPACE, "preserve")
    return run


def _breakable(label: str) -> str:
    """Let a long path break after its slashes."""
    return label.replace("/", "/\u200b")


def _set_row(row: Any, *, header: bool, whole: bool) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement  # lazy: start-up

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library offers no other way
    if whole:
        properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _set_borders(table: Any) -> None:  # noqa: ANN401
    """Draw thin lines between the rows and none between the columns."""
    properties = table._tbl.tblPr  # noqa: SLF001 - the library offers no other way
    lines = {"top": 0, "bottom": 8, "insideH": 4}
    borders = _borders("w:tblBorders", {edge: (_LINE, size) for edge, size in lines.items()})
    layout = properties.find(_tag("w:tblLayout"))
    if layout is not None:
        layout.addprevious(borders)
    else:
        properties.append(borders)


def _set_bottom(cell: Any, color: str, size: int) -> None:  # noqa: ANN401
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - the library offers no other way
    properties.append(_borders("w:tcBorders", {"bottom": (color, size)}))
    from docx.enum.table import WD_ALIGN_VERTICAL  # lazy: start-up

    cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


def _borders(name: str, edges: dict[str, tuple[str, int]]) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement  # lazy: start-up

    borders: Any = OxmlElement(name)
    for edge, (color, size) in edges.items():
        line: Any = OxmlElement(f"w:{edge}")
        line.set(_tag("w:val"), "single" if size else "nil")
        line.set(_tag("w:sz"), str(size))
        line.set(_tag("w:space"), "0")
        line.set(_tag("w:color"), color)
        borders.append(line)
    return borders


def _tag(name: str) -> str:
    from docx.oxml.ns import qn  # lazy: start-up

    return qn(name)


def _set_up(document: Any, view: View) -> None:  # noqa: ANN401
    """Set page, properties and styles."""
    from docx.enum.section import WD_ORIENT  # lazy: start-up
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE_MM), Mm(210)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(18)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = view.title, "", ""
    properties.created = properties.modified = moment(view.export)
    properties.last_modified_by, properties.revision = "", 1
    language = view.export.codebook.language
    _set_styles(document, TAGS.get(language, TAGS["en"]))
    add_page_number(section.footer.paragraphs[0])


def _set_styles(document: Any, language: str) -> None:  # noqa: ANN401
    from docx.enum.style import WD_STYLE_TYPE  # lazy: start-up
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    styles = document.styles
    normal = styles["Normal"]
    set_face(normal, 10.5, _INK)
    tag: Any = OxmlElement("w:lang")
    tag.set(_tag("w:val"), language)
    normal.element.get_or_add_rPr().append(tag)
    _set_headings(document)
    made = {
        name: styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        for name in (_HEADING, _LABEL, _NUMBER, _TEXT, _SMALL, _NOTE, _QUOTE, "Matrix Part")
    }
    for style in made.values():
        style.base_style = normal
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    set_face(made[_HEADING], 9.5, _INK, bold=True)
    set_face(made[_LABEL], 9.5, _INK, bold=True)
    set_face(made[_NUMBER], 10, _INK)
    set_face(made[_TEXT], 9, _INK)
    set_face(made[_SMALL], 8, _MUTED)
    set_face(made[_NOTE], 9, _MUTED)
    set_face(made[_QUOTE], 10.5, _INK)
    set_face(made["Matrix Part"], 9.5, _MUTED)
    made["Matrix Part"].paragraph_format.space_before = Pt(12)
    made["Matrix Part"].paragraph_format.keep_with_next = True
    for name in (_NUMBER, _SMALL):
        made[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made[_TEXT].paragraph_format.space_after = Pt(5)
    made[_NOTE].paragraph_format.space_before = Pt(4)
    made[_QUOTE].paragraph_format.left_indent = Mm(6)
    made[_QUOTE].paragraph_format.space_after = Pt(6)
    made[_QUOTE].paragraph_format.widow_control = True
    who = styles.add_style(_WHO, WD_STYLE_TYPE.CHARACTER)
    set_face(who, 9, _MUTED)


def _set_headings(document: Any) -> None:  # noqa: ANN401
    from docx.shared import Pt  # lazy: start-up

    styles = document.styles
    set_face(styles["Title"], 18, _INK, bold=True)
    set_face(styles["Subtitle"], 10, _MUTED)
    styles["Subtitle"].font.italic = False
    for name in ("Title", "Subtitle"):
        letters = styles[name].element.get_or_add_rPr()
        for spacing in letters.findall(_tag("w:spacing")):
            letters.remove(spacing)
    properties = styles["Title"].element.get_or_add_pPr()
    for border in properties.findall(_tag("w:pBdr")):
        properties.remove(border)
    styles["Title"].paragraph_format.space_after = Pt(2)
    styles["Subtitle"].paragraph_format.space_after = Pt(10)
    for level, points in ((1, 16), (2, 13), (3, 10.5)):
        style = styles[f"Heading {level}"]
        set_face(style, points, _INK, bold=True)
        style.paragraph_format.space_before = Pt(18 if level < 3 else 10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
