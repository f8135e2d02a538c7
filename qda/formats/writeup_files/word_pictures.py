"""Pictures in Word documents: as SVG, and as a metafile for what cannot show SVG."""

from typing import Any
from xml.sax.saxutils import quoteattr

from qda.formats.pictures.emf import emf_bytes
from qda.formats.pictures.svg import OFFICE_FACES, svg_text
from qda.model.pictures import Picture

_EMU = 9525
"""English Metric Units in a point of a picture: 914400 to the inch."""
_EMU_A_MM = 36_000
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INLINE = """\
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="{a}" xmlns:r="{r}"><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{number}" name={name} title={title} descr={about}/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="{number}" name={name} descr={about}/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{metafile}"><a:extLst>
<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"
 r:embed="{svg}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""


def add_picture(
    document: Any,  # noqa: ANN401 - the library has few types
    paragraph: Any,  # noqa: ANN401
    picture: Picture,
    number: int,
    room: tuple[int, int],
) -> None:
    """Put a picture into a paragraph, no larger than `room` millimetres, with its words.

    Word shows the SVG from version 2016 on, earlier ones and others the metafile.
    """
    from docx.oxml import parse_xml  # lazy: start-up

    metafile = _part(document, f"figure{number}.emf", "image/x-emf", emf_bytes(picture))
    drawn = svg_text(picture, OFFICE_FACES).encode()
    svg = _part(document, f"figure{number}.svg", "image/svg+xml", drawn)
    width, height = picture.width * _EMU, picture.height * _EMU
    scale = min(1.0, room[0] * _EMU_A_MM / width, room[1] * _EMU_A_MM / height)
    paragraph.add_run()._r.append(  # noqa: SLF001 - the library takes pictures of dots alone
        parse_xml(
            _INLINE.format(
                a=_A, r=_R, number=1000 + number, name=quoteattr(f"Figure {number}"),
                title=quoteattr(picture.title), about=quoteattr(picture.about),
                metafile=metafile, svg=svg,
                width=round(width * scale), height=round(height * scale),
            )
        )
    )  # fmt: skip


def _part(document: Any, name: str, kind: str, content: bytes) -> str:  # noqa: ANN401
    """Put a file into the package; return how the document refers to it."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # lazy: start-up
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI(f"/word/media/{name}"), kind, content, document.part.package)
    reference: str = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    return reference
