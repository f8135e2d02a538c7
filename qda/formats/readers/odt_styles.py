"""What styles of an OpenDocument text say of bold and hidden text."""

from collections.abc import Iterable
from dataclasses import dataclass

from qda.formats.readers.docx_elements import Element
from qda.formats.readers.odt_elements import attribute, inner, odf_name

_MAX_DEPTH = 20
_CONTAINERS = frozenset(["office:styles", "office:automatic-styles"])


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    bold: bool | None
    hidden: bool | None


class OdtStyles:
    """The styles of a document, by family and name."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        """Read them from the roots of styles.xml and content.xml; the later ones win."""
        self._styles: dict[tuple[str, str], _Style] = {}
        for element in style_elements(roots, "style:style"):
            key = (attribute(element, "style:family"), attribute(element, "style:name"))
            properties = inner(element, "style:text-properties")
            hidden = attribute(properties, "text:display")
            if key[0] == "section":
                hidden = attribute(inner(element, "style:section-properties"), "text:display")
            self._styles[key] = _Style(
                attribute(element, "style:parent-style-name"),
                _bold(attribute(properties, "fo:font-weight")),
                hidden == "none" if hidden else None,
            )

    def bold(self, family: str, style: str) -> bool | None:
        """Tell whether text of the style is bold; None where the style says nothing of it."""
        return next((one.bold for one in self._line(family, style) if one.bold is not None), None)

    def is_hidden(self, family: str, style: str) -> bool:
        """Tell whether text of the style is hidden."""
        found = (one.hidden for one in self._line(family, style) if one.hidden is not None)
        return next(found, False)

    def _line(self, family: str, style: str) -> list[_Style]:
        """Return the style and those it is based on, nearest first."""
        line: list[_Style] = []
        while (family, style) in self._styles and len(line) < _MAX_DEPTH:
            line.append(self._styles[family, style])
            style = line[-1].parent
        return line


def style_elements(roots: Iterable[Element | None], name: str) -> Iterable[Element]:
    """Yield the named styles of all roots, common ones and automatic ones."""
    for root in roots:
        for container in root if root is not None else ():
            if odf_name(container) in _CONTAINERS:
                yield from (one for one in container if odf_name(one) == name)


def _bold(weight: str) -> bool | None:
    if not weight:
        return None
    return weight == "bold" or (weight.isdigit() and 600 <= int(weight[:4]) <= 900)
