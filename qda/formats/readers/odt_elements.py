"""Small helpers for OpenDocument XML: names and attributes by their usual prefixes."""

from typing import cast

from qda.formats.readers.docx_elements import Element

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    "office": f"{_ODF}office:1.0",
    "text": f"{_ODF}text:1.0",
    "table": f"{_ODF}table:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "style": f"{_ODF}style:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "form": f"{_ODF}form:1.0",
    "presentation": f"{_ODF}presentation:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": f"{_ODF}meta:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_PREFIXES = {namespace: prefix for prefix, namespace in _NAMESPACES.items()}


def odf_name(element: Element) -> str:
    """Return the name as `text:p`, empty for other namespaces and for what is no element."""
    tag = cast(object, element.tag)
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else ""


def attribute(element: Element | None, name: str) -> str:
    """Return the attribute called `text:c`, empty where it is missing."""
    if element is None:
        return ""
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_NAMESPACES[prefix]}}}{local}") or ""


def inner(element: Element | None, name: str) -> Element | None:
    """Return the first child called `name`, or None."""
    if element is None:
        return None
    return next((one for one in element if odf_name(one) == name), None)
