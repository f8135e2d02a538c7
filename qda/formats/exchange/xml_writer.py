"""XML as text: elements with their attributes, and what XML 1.0 forbids left out and counted."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ATTRIBUTE = _TEXT | {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


class XmlLines:
    """Write elements one after the other; `dropped` counts the characters that were left out."""

    def __init__(self, *, declared: bool = True) -> None:
        """Begin with the declaration, unless this is only a part."""
        self.dropped = 0
        self._lines = ['<?xml version="1.0" encoding="utf-8"?>'] if declared else []

    def open(self, element: str, /, **attributes: str | None) -> None:
        """Begin an element; attributes that are None are left out."""
        self._lines.append(f"<{element}{self._attributes(attributes)}>")

    def close(self, name: str) -> None:
        """End an element."""
        self._lines.append(f"</{name}>")

    def empty(self, element: str, /, **attributes: str | None) -> None:
        """Write an element without content."""
        self._lines.append(f"<{element}{self._attributes(attributes)}/>")

    def text(self, name: str, text: str) -> None:
        """Write an element that holds nothing but a text."""
        self._lines.append(f"<{name}>{self._escaped(text, _TEXT)}</{name}>")

    def reference(self, name: str, guid: str) -> None:
        """Write an element that refers to a GUID."""
        self._lines.append(f'<{name} targetGUID="{guid}"/>')

    def text_so_far(self) -> str:
        """Return everything as text."""
        return "\n".join(self._lines)

    def encoded(self) -> bytes:
        """Return everything as UTF-8."""
        return ("\n".join(self._lines) + "\n").encode("utf-8")

    def _attributes(self, attributes: dict[str, str | None]) -> str:
        parts: list[str] = []
        for name, value in attributes.items():
            if value is not None:
                # Most values need nothing, and there are a great many of them.
                shown = self._escaped(value, _ATTRIBUTE) if _SPECIAL.search(value) else value
                parts.append(f' {name}="{shown}"')
        return "".join(parts)

    def _escaped(self, text: str, table: dict[int, str]) -> str:
        if not _SPECIAL.search(text):
            return text
        text, count = _FORBIDDEN.subn("", text)
        self.dropped += count
        return text.translate(table)
