"""Elements of HTML that a reader of text has to know (HTML Living Standard, sections 4 and 15)."""

SILENT = frozenset(
    [
        "head", "script", "style", "template", "noscript", "iframe", "object", "svg", "audio",
        "video", "canvas", "select", "datalist", "del", "rt", "rp", "noframes", "noembed", "title",
    ]
)  # fmt: skip
"""Elements that show no text of the document; deleted text among them."""

VOID = frozenset(
    [
        "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link",
        "meta", "param", "source", "track", "wbr",
    ]
)  # fmt: skip

BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
        "listing", "main", "menu", "nav", "ol", "optgroup", "p", "plaintext", "pre", "search",
        "section", "summary", "table", "tbody", "textarea", "tfoot", "thead", "tr", "ul", "xmp",
    ]
)  # fmt: skip

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BOLD = frozenset(["b", "strong", "th"]) | HEADINGS
VERBATIM = frozenset(["pre", "listing", "xmp", "plaintext", "textarea"])
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
STYLE_FORMS = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
