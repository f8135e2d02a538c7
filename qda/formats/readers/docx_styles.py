"""What styles say of bold, hidden and numbered text."""

from dataclasses import dataclass

from qda.formats.readers.docx_elements import Element, child, switch, value, word_name

_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    bold: bool | None
    hidden: bool | None
    list_id: str
    level: str


class Styles:
    """The styles of a document by their identifiers."""

    def __init__(self, root: Element | None) -> None:
        """Read them from styles.xml, or from nothing."""
        self._styles: dict[str, _Style] = {}
        for element in root if root is not None else ():
            if word_name(element) == "style":
                listed = child(element, "pPr", "numPr")
                self._styles[value(element, "styleId")] = _Style(
                    value(child(element, "basedOn")),
                    switch(child(element, "rPr", "b")),
                    switch(child(element, "rPr", "vanish")),
                    value(child(listed, "numId")),
                    value(child(listed, "ilvl")),
                )

    def is_bold(self, style: str) -> bool:
        """Tell whether text of the style is bold."""
        return next((one.bold for one in self._line(style) if one.bold is not None), False)

    def is_hidden(self, style: str) -> bool:
        """Tell whether text of the style is hidden."""
        return next((one.hidden for one in self._line(style) if one.hidden is not None), False)

    def numbering(self, style: str) -> tuple[str, str]:
        """Return the list and the level that the style puts a paragraph in; empty without one."""
        found = next((one for one in self._line(style) if one.list_id), None)
        return (found.list_id, found.level) if found else ("", "")

    def _line(self, style: str) -> list[_Style]:
        """Return the style and those it is based on, nearest first."""
        line: list[_Style] = []
        while style in self._styles and len(line) < _MAX_DEPTH:
            line.append(self._styles[style])
            style = line[-1].based_on
        return line
