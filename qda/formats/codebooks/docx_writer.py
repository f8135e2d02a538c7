"""Write a codebook as a Word document."""

import io
from typing import Any

from qda.formats.codebooks.labels import EXAMPLE, labelled_texts, subtitle, title
from qda.formats.word_parts import TAGS, add_page_number, repacked, set_face, set_language
from qda.model.codebook import Codebook, CodebookCode
from qda.model.messages import Translate

_LEVELS = 9
_INK, _MUTED = "22252A", "5E6168"
_SIZES = (22, 16, 12.5, 11)
"""Points of the title and of the first levels of headings; deeper ones are as the last."""
_INDENT_MM = 28


def docx_bytes(codebook: Codebook, translate: Translate) -> bytes:
    """Return the document: headings by level, each with a square in the code's colour.

    Fields stand with their names in a hanging column, in styles of their own, so that the whole
    document is restyled in one place. The proofing language is the codebook's.
    """
    import docx  # lazy: start-up

    document: Any = docx.Document()
    _set_up(document, codebook.language)
    document.core_properties.title = title(codebook, translate)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_paragraph(title(codebook, translate), style="Title")
    document.add_paragraph(subtitle(codebook, translate), style="Subtitle")
    for line in filter(None, codebook.description.split("\n")):
        document.add_paragraph(line)
    for path, code in codebook.walk():
        _add_code(document, code, min(len(path), _LEVELS), translate)
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _add_code(document: Any, code: CodebookCode, level: int, translate: Translate) -> None:  # noqa: ANN401
    from docx.shared import RGBColor  # lazy: start-up

    heading = document.add_heading("", level)
    if code.color:
        marker = heading.add_run("■ ")
        marker.font.color.rgb = RGBColor.from_string(code.color.lstrip("#").upper())
    heading.add_run(code.name)
    texts = labelled_texts(code, translate)
    example = translate(EXAMPLE.text)
    for number, (label, text) in enumerate(texts, start=1):
        style = "Codebook Example" if label == example else "Codebook Field"
        lines = [line for line in text.split("\n") if line.strip()]
        for at, line in enumerate(lines):
            paragraph = document.add_paragraph(style=style)
            if at == 0:
                paragraph.add_run(label, style="Codebook Label")
            paragraph.add_run("\t" + line.replace("\t", " "))
            paragraph.paragraph_format.keep_with_next = number == 1 and len(texts) > 1


def _set_up(document: Any, language: str) -> None:  # noqa: ANN401 - the library has few types
    from docx.shared import Mm, Pt  # lazy: start-up

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(22)
    normal = document.styles["Normal"]
    set_face(normal, 10.5, _INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    if language in TAGS:
        set_language(normal, TAGS[language])
    _set_headings(document)
    _add_field_styles(document)
    add_page_number(section.footer.paragraphs[0])


def _set_headings(document: Any) -> None:  # noqa: ANN401 - the library has few types
    from docx.shared import Pt  # lazy: start-up

    title_style = document.styles["Title"]
    set_face(title_style, _SIZES[0], _INK, bold=True)
    _drop_border(title_style)
    title_style.paragraph_format.space_after = Pt(2)
    subtitle_style = document.styles["Subtitle"]
    set_face(subtitle_style, 10, _MUTED)
    subtitle_style.font.italic = False
    subtitle_style.paragraph_format.space_after = Pt(14)
    for level in range(1, _LEVELS + 1):
        style = document.styles[f"Heading {level}"]
        set_face(style, _SIZES[min(level, len(_SIZES) - 1)], _INK, bold=True)
        style.font.italic = False
        style.paragraph_format.space_before = Pt(26 if level == 1 else 15)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True


def _add_field_styles(document: Any) -> None:  # noqa: ANN401 - the library has few types
    from docx.enum.style import WD_STYLE_TYPE  # lazy: start-up
    from docx.shared import Mm, Pt

    field = document.styles.add_style("Codebook Field", WD_STYLE_TYPE.PARAGRAPH)
    field.base_style = document.styles["Normal"]
    field.paragraph_format.left_indent = Mm(_INDENT_MM)
    field.paragraph_format.first_line_indent = Mm(-_INDENT_MM)
    field.paragraph_format.tab_stops.add_tab_stop(Mm(_INDENT_MM))
    field.paragraph_format.space_after = Pt(3)
    field.paragraph_format.widow_control = True
    example = document.styles.add_style("Codebook Example", WD_STYLE_TYPE.PARAGRAPH)
    example.base_style = field
    example.font.italic = True
    label = document.styles.add_style("Codebook Label", WD_STYLE_TYPE.CHARACTER)
    set_face(label, 9.5, _MUTED)
    label.font.italic = False


def _drop_border(style: Any) -> None:  # noqa: ANN401 - the library has few types
    from docx.oxml.ns import qn  # lazy: start-up

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
