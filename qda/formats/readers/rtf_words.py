"""Control words of RTF that a reader of text has to know (RTF 1.9.1), and the code pages."""

CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f", "zwbo": "\u200b", "zwnbo": "\u2060",
}  # fmt: skip

SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\t": "\t"}
ESCAPED = frozenset("\\{}")

SILENT = frozenset(
    [
        "colortbl", "stylesheet", "info", "pict", "nonshppict", "nonesttables", "shprslt",
        "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
        "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "fldinst", "objdata",
        "objclass", "objname", "xe", "tc", "tcn", "rxe", "txe", "filetbl", "listtable",
        "listoverridetable", "revtbl", "pnseclvl", "pn", "private", "template", "nextfile",
        "bkmkstart", "bkmkend", "datafield", "falt", "panose", "sp", "pgdsctbl", "mmath",
    ]
)  # fmt: skip
"""Destinations that hold no text of the document."""

HEEDED = frozenset(
    [
        "shpinst", "ud", "footnote", "annotation", "atnauthor", "atnref", "atrfstart", "atrfend",
        "shptxt", "do", "dptxbxtext", "nesttableprops",
    ]
)  # fmt: skip
"""Destinations that are read although they are marked as such that may be left out."""

_CODE_PAGES = {10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 65001: "utf-8"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL_CHARSET = 2
MULTIBYTE = frozenset(["cp932", "cp949", "cp950", "johab", "gb18030", "cp936", "utf-8"])
_KNOWN_PAGES = frozenset(
    [437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932,
     949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258]
)  # fmt: skip


def code_page(number: int) -> str:
    """Return the codec of a Windows code page, an empty text where it is unknown."""
    if number in _CODE_PAGES:
        return _CODE_PAGES[number]
    if number == 936:
        return "gb18030"
    return f"cp{number}" if number in _KNOWN_PAGES else ""


def charset(number: int) -> str:
    """Return the codec of a font's character set, an empty text for the document's own."""
    return _CHARSETS.get(number, "")
