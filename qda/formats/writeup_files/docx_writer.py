"""Write a text as a Word document with headings, captions, quotations and tables as styles."""

import io
from typing import Any

from qda.formats.word_parts import TAGS, add_page_number, repacked, set_face, set_language
from qda.formats.writeup_files.fitting import HEADING_POINTS, Look, look_of
from qda.formats.writeup_files.word_pictures import add_picture
from qda.model.entities import Language
from qda.model.writeup import (
    FIGURE_WORDS,
    TABLE_WORDS,
    Block,
    Heading,
    Paragraph,
    PictureBlock,
    QuoteBlock,
    TableBlock,
    TableCell,
    WriteUp,
    column_widths,
)

_INK, _MUTED, _LINK = "22252A", "5E6168", "1F5F73"
_CAPTION_MM = 38
"""What stays free of a page with a picture on it, for its caption."""
_NOTE, _TABLE = "Report Note", "Report Table"
_QUOTE = "Quote"


def docx_bytes(text: WriteUp) -> bytes:
    """Return the document; the same text gives the same bytes."""
    import docx  # lazy: start-up

    document: Any = docx.Document()
    look = look_of(text)
    _set_up(document, text, look)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = text.title, "", ""
    document.add_paragraph(text.title, style="Title")
    document.add_paragraph(text.about, style="Subtitle")
    marks = _Marks(text, look)
    for block in text.blocks:
        _add_block(document, block, marks)
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


class _Marks:
    """Numbers for bookmarks, tables and pictures, and the room between the margins."""

    def __init__(self, text: WriteUp, look: Look) -> None:
        self.count = 0
        self.tables = 0
        self.figures = 0
        self.room = look.room
        self.language: Language = text.language

    def set(self, paragraph: Any, anchor: str) -> None:  # noqa: ANN401
        """Let a link within the document lead to a paragraph."""
        if not anchor:
            return
        self.count += 1
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = _element(name, {"w:id": str(self.count)})
            if name.endswith("Start"):
                mark.set(_q("w:name"), anchor.replace("-", "_")[:40])
            paragraph._p.append(mark)  # noqa: SLF001 - the library has no bookmarks


def _add_block(document: Any, block: Block, marks: _Marks) -> None:  # noqa: ANN401
    if isinstance(block, Heading):
        marks.set(document.add_heading(block.text, min(block.level, 4)), block.anchor)
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph(style=_NOTE if block.muted else "Normal")
        for run in block.runs:
            _add_words(document, paragraph, run.text, run.link, bold=run.bold)
    elif isinstance(block, QuoteBlock):
        paragraph = document.add_paragraph(style=_QUOTE)
        marks.set(paragraph, block.anchor)
        _add_words(document, paragraph, f"{block.text} " if block.who else block.text, "")
        if block.who:
            _add_words(document, paragraph, block.who, "" if block.below else block.link)
        for words, link in ((block.below, block.link), (block.warning, "")):
            if words:
                # What is said of a quote stands close below it, and the next one apart.
                paragraph.paragraph_format.space_after = _points(2)
                paragraph.paragraph_format.keep_with_next = True
                paragraph = document.add_paragraph(style=_NOTE)
                paragraph.paragraph_format.left_indent = _mm(10)
                paragraph.paragraph_format.space_after = _points(8)
                _add_words(document, paragraph, words, link)
    elif isinstance(block, PictureBlock):
        _add_figure(document, block, marks)
    else:
        _add_table(document, block, marks)


def _add_words(
    document: Any,  # noqa: ANN401
    paragraph: Any,  # noqa: ANN401
    text: str,
    link: str,
    *,
    bold: bool = False,
) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # lazy: start-up
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.bold = bold or None
    if not link:
        return
    run.font.color.rgb = RGBColor.from_string(_LINK)
    run.font.underline = True
    if link.startswith("#"):
        hyperlink = _element("w:hyperlink", {"w:anchor": link[1:].replace("-", "_")[:40]})
    else:
        target = document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        hyperlink = _element("w:hyperlink", {"r:id": target})
    run._r.addprevious(hyperlink)  # noqa: SLF001 - the library has no hyperlinks to make
    hyperlink.append(run._r)  # noqa: SLF001 - likewise


def _add_number(caption: Any, word: str, number: int) -> None:  # noqa: ANN401
    """Begin a caption with a number that Word counts itself, so that lists of tables find it."""
    caption.add_run(f"{word} ")
    field = _element("w:fldSimple", {"w:instr": f" SEQ {word} \\* ARABIC "})
    run = caption.add_run(str(number))
    field.append(run._r)  # noqa: SLF001 - the library has no fields
    caption._p.append(field)  # noqa: SLF001 - likewise


def _add_figure(document: Any, block: PictureBlock, marks: _Marks) -> None:  # noqa: ANN401
    marks.figures += 1
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.space_before = _points(10)
    room = marks.room[0], marks.room[1] - _CAPTION_MM
    add_picture(document, paragraph, block.picture, marks.figures, room)
    caption = document.add_paragraph(style="Caption")
    _add_number(caption, FIGURE_WORDS[marks.language], marks.figures)
    caption.add_run(f". {block.caption}")


def _add_table(document: Any, block: TableBlock, marks: "_Marks") -> None:  # noqa: ANN401
    if block.caption:
        caption = document.add_paragraph(style="Caption")
        marks.tables += 1
        _add_number(caption, TABLE_WORDS[marks.language], marks.tables)
        caption.add_run(f". {block.caption}")
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(block.header), style="Table Grid")
    table.autofit = False
    _thin_borders(table)
    widths = [_mm(one) for one in column_widths(block, marks.room[0])]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate((block.header, *block.rows)):
        added = table.add_row()
        properties = added._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no such switch
        properties.append(_element("w:cantSplit", {}))
        if number == 0:
            properties.append(_element("w:tblHeader", {}))
        for place, (cell, content) in enumerate(zip(added.cells, row, strict=True)):
            cell.width = widths[place]
            _fill(document, cell, content, bold=number == 0 or place == 0 or content.bold)
    document.add_paragraph(style=_NOTE)


def _fill(document: Any, cell: Any, content: TableCell, *, bold: bool) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # lazy: start-up

    paragraph = cell.paragraphs[0]
    paragraph.style = document.styles[_TABLE]
    if content.right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_words(document, paragraph, content.text, content.link, bold=bold)
    if content.shade:
        shade = {"w:val": "clear", "w:color": "auto", "w:fill": content.shade.lstrip("#").upper()}
        cell._tc.get_or_add_tcPr().append(_element("w:shd", shade))  # noqa: SLF001 - likewise


def _thin_borders(table: Any) -> None:  # noqa: ANN401
    """Rule the rows alone, thinly."""
    borders = _element("w:tblBorders", {})
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        ruled = edge in ("top", "bottom", "insideH")
        look = {"w:val": "single" if ruled else "nil", "w:sz": "4", "w:color": "BFBDB6"}
        borders.append(_element(f"w:{edge}", look))
    properties = table._tbl.tblPr  # noqa: SLF001 - the library has no borders
    # The standard has an order, and Word repairs what is out of it.
    behind = {_q(f"w:{one}") for one in ("shd", "tblLayout", "tblCellMar", "tblLook")}
    following = next((one for one in properties if one.tag in behind), None)
    if following is None:
        properties.append(borders)
    else:
        following.addprevious(borders)


def _set_up(document: Any, text: WriteUp, look: Look) -> None:  # noqa: ANN401
    from docx.enum.style import WD_STYLE_TYPE  # lazy: start-up

    section = document.sections[0]
    section.page_width, section.page_height = (_mm(one) for one in look.paper)
    if text.wide:
        from docx.enum.section import WD_ORIENT

        section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = _mm(look.side)
    section.top_margin = section.bottom_margin = _mm(look.top)
    section.footer_distance = _mm(min(look.top - 5, 12))
    styles = document.styles
    set_face(styles["Normal"], look.points(11), _INK)
    styles["Normal"].paragraph_format.space_after = _points(7 * look.scale)
    styles["Normal"].paragraph_format.line_spacing = look.lead
    set_language(styles["Normal"], TAGS.get(text.language, TAGS["en"]))
    set_face(styles["Title"], look.points(22), _INK, bold=True)
    set_face(styles["Subtitle"], look.points(10), _MUTED)
    styles["Subtitle"].font.italic = False
    if text.one_page:
        styles["Title"].paragraph_format.space_after = _points(6)
        styles["Subtitle"].paragraph_format.space_after = _points(4)
    set_face(styles["Caption"], look.points(10), _INK, bold=True)
    styles["Caption"].paragraph_format.space_before = _points(8)
    set_face(styles[_QUOTE], look.points(11), _INK)
    styles[_QUOTE].font.italic = False
    styles[_QUOTE].paragraph_format.left_indent = _mm(10)
    styles[_QUOTE].paragraph_format.right_indent = _mm(10)
    for level, points in enumerate(HEADING_POINTS, start=1):
        heading = styles[f"Heading {level}"]
        set_face(heading, look.points(points), _INK, bold=True)
        heading.paragraph_format.space_before = _points((22 if level == 1 else 14) * look.scale)
        heading.paragraph_format.space_after = _points(4)
        heading.paragraph_format.keep_with_next = True
    for name, points, color in ((_NOTE, 9, _MUTED), (_TABLE, 9.5, _INK)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        set_face(style, look.points(points), color)
        style.paragraph_format.space_after = _points(2)
    styles[_TABLE].paragraph_format.space_before = _points(2)
    add_page_number(section.footer.paragraphs[0])


def _mm(number: float) -> Any:  # noqa: ANN401
    from docx.shared import Mm  # lazy: start-up

    return Mm(number)


def _points(number: float) -> Any:  # noqa: ANN401
    from docx.shared import Pt  # lazy: start-up

    return Pt(number)


def _element(name: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement  # lazy: start-up

    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_q(key), value)
    return made


def _q(name: str) -> str:
    from docx.oxml.ns import qn  # lazy: start-up

    return qn(name)
