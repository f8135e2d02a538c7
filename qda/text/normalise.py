"""The canonical form of a text: newlines are LF, what can never be text is out, nothing else."""

import hashlib
import re

from qda.model.messages import Message, counted

# Never text: C0 controls but tab and LF, DEL, C1 controls but NEXT LINE (which some old systems
# write between words), lone surrogates, the byte order mark and the two non-characters that XML
# cannot carry. U+2028, NBSP and the soft hyphen are text and stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BOM = "\ufeff"


def normalise(text: str) -> tuple[str, int]:
    """Return the canonical text and how many forbidden characters were dropped.

    A byte order mark at the very start is dropped without being counted: it is no part of the
    text. No Unicode normalisation takes place; searching does that, the text stays as it is.
    """
    if text.startswith(_BOM):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.subn("", text)


def dropped_warning(count: int) -> Message:
    """Word the warning that `count` forbidden characters were dropped."""
    return counted(
        "{n} control character that cannot be part of a text was left out.",
        "{n} control characters that cannot be part of a text were left out.",
        count,
    )


def text_hash(text: str) -> str:
    """Return the SHA-256 of the canonical text in UTF-8, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
