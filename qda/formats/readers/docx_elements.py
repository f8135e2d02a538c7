"""Small helpers for WordprocessingML, in its transitional and its strict namespace."""

from typing import TypeAlias, cast

from lxml import etree

# lxml has no public name for the type of its elements.
Element: TypeAlias = etree._Element  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

WORD = frozenset(
    [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ]
)
MATH = frozenset(
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    ]
)
_OFF = frozenset(["0", "false", "off", "none"])


def word_name(element: Element) -> str:
    """Return the element's local name, empty for other namespaces and for what is no element."""
    tag = cast(object, element.tag)
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag[1:].partition("}")
    return name if namespace in WORD else ""


def local_name(element: Element) -> str:
    """Return the element's local name in whatever namespace, empty for what is no element."""
    tag = cast(object, element.tag)
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along `path`, or None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if word_name(one) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of the element's own namespace, empty where it is missing."""
    if element is None:
        return ""
    namespace = str(element.tag)[1:].partition("}")[0]
    return element.get(f"{{{namespace}}}{name}") or ""


def number(text: str, default: int) -> int:
    """Return a small whole number, `default` for what is none."""
    try:
        found = int(text)
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


def switch(element: Element | None) -> bool | None:
    """Return what an on-off property says, None where it is not there."""
    if element is None:
        return None
    return value(element).lower() not in _OFF
