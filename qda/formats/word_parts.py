"""What every Word document that is written needs: faces, languages, page numbers, a fixed date."""

import io
import zipfile
from typing import Any

TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
"""The languages that texts are proofread in."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes) -> bytes:
    """Write the package anew with a fixed date, so that the same matrix gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return buffer.getvalue()


def set_face(style: Any, points: float, color: str, *, bold: bool = False) -> None:  # noqa: ANN401
    """Set face, size and colour of a style, in place of those the theme gives."""
    from docx.oxml.ns import qn  # lazy: start-up
    from docx.shared import Pt, RGBColor

    style.font.name = "Calibri"
    style.font.size = Pt(points)
    style.font.color.rgb = RGBColor.from_string(color)
    style.font.bold = bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def set_language(style: Any, tag: str) -> None:  # noqa: ANN401 - the library has few types
    """Let a style be proofread in a language."""
    from docx.oxml import OxmlElement  # lazy: start-up
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    style.element.get_or_add_rPr().append(language)


def add_page_number(paragraph: Any) -> None:  # noqa: ANN401 - the library has few types
    """Put the number of the page, which Word counts, into the middle of a paragraph."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # lazy: start-up
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - the library offers no other way
