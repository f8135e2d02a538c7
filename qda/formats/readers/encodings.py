"""From bytes to text: byte order mark, UTF-16 without one, strict UTF-8, then cp1252."""

import codecs
import re
from dataclasses import dataclass

from qda.model.errors import FileProblem
from qda.model.messages import Message, message

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
# Codecs that Python has and that are no encodings of text files.
_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
_MISREAD = re.compile("Ã[¥¦¸†˜…©¤¶]|â€[™œ“”]|Â[ «»]")
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text as decoded, the encoding that fitted, and what the user ought to look at."""

    text: str
    encoding: str
    warnings: tuple[Message, ...] = ()


def decode(source: bytes, file_name: str, encoding: str = "") -> DecodedText:
    """Decode `source`; `encoding` forces one. Raises FileProblem where nothing fits."""
    if encoding:
        return _decode_forced(source, file_name, encoding)
    for mark, codec, name in _MARKS:
        if source.startswith(mark):
            text = _try(source[len(mark) :], codec)
            if text is not None:
                return DecodedText(text, name)
    codec = _utf16_without_mark(source)
    if codec:
        text = _try(source, codec)
        if text is not None:
            return DecodedText(text, codec)
    text = _try(source, "utf-8")
    if text is not None:
        return DecodedText(text, "utf-8")
    text = _try(source, "cp1252")
    if text is None:
        raise FileProblem(
            message(
                "The text in {name} is in no known encoding; open it in the program that wrote it "
                "and save it as UTF-8.",
                name=file_name,
            )
        )
    return DecodedText(text, "cp1252", _misread_warning(text))


def _decode_forced(source: bytes, file_name: str, encoding: str) -> DecodedText:
    try:
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec.replace("-", "_") in _NO_TEXT:
        raise FileProblem(
            message("There is no encoding called {encoding}.", encoding=encoding)
        ) from None
    try:
        text = source.decode(codec)
    except LookupError:
        raise FileProblem(
            message("There is no encoding called {encoding}.", encoding=encoding)
        ) from None
    except UnicodeError:
        raise FileProblem(
            message(
                "The text in {name} is not in the encoding {encoding}; choose another.",
                name=file_name,
                encoding=encoding,
            )
        ) from None
    return DecodedText(text, codec)


def _try(source: bytes, codec: str) -> str | None:
    # Lone surrogates do occur in UTF-16 of Windows programs; they are dropped and counted later.
    errors = "surrogatepass" if codec.startswith("utf-16") else "strict"
    try:
        return source.decode(codec, errors)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(source: bytes) -> str:
    """Name the UTF-16 that the pattern of zero bytes gives away, or return an empty text."""
    if len(source) < 4 or len(source) % 2:
        return ""
    sample = source[:_SAMPLE]
    half = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 0.6 * half and low < 0.05 * half:
        return "utf-16-le"
    if low > 0.6 * half and high < 0.05 * half:
        return "utf-16-be"
    return ""


def _misread_warning(text: str) -> tuple[Message, ...]:
    if len(_MISREAD.findall(text)) < 3:
        return ()
    return (
        message(
            "Some letters look misread (Ã¥ for å): the file seems to be damaged UTF-8. "
            "Check it against the original."
        ),
    )
