"""Find the text and the original file of each source of a `.qdpx`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from qda.formats.exchange.offsets import SourceText
from qda.formats.exchange.package import Opened
from qda.formats.exchange.raw import RawSource
from qda.formats.exchange.report import ExchangeReport
from qda.formats.readers.encodings import decode
from qda.formats.readers.raw import MAX_CHARACTERS
from qda.formats.readers.reading import known_endings, reread
from qda.model.errors import FileProblem
from qda.model.messages import Message, message
from qda.text.normalise import normalise

_INTERNAL = "internal://"
_RELATIVE = "relative://"
_OUTSIDE = ("relative:", "absolute:", "file:", "http:", "https:")
_RICH = (b"PK\x03\x04", b"{\\rtf", b"%PDF")
"""How files begin that are no plain text, whatever they are said to be."""

_BOM = "\ufeff"
_UNREAD = message("Its text is not in the exchange file.")


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """The text of a source, the file it is kept as, and how both were read."""

    text: SourceText
    source: bytes
    file_name: str
    file_type: str
    encoding: str


def load_source(raw: RawSource, package: Opened, report: ExchangeReport) -> LoadedSource | None:
    """Return the text of a source with the file it came from, None where there is no text.

    The plain text comes first, then what stands in the project, then what our own readers make of
    the original file.
    """
    original, original_path = _member(raw.rich_path, package), raw.rich_path
    plain = _member(raw.plain_path, package)
    if plain is not None and plain.startswith(_RICH):
        original, original_path = original or plain, raw.rich_path if original else raw.plain_path
        plain = None
    text, encoding, why = _plain_text(raw, plain, report)
    if text is None and original is not None:
        text, why = _read_original(original_path, original)
        if text is not None:
            report.decided(
                "documents",
                message("The text of {name}", name=raw.name),
                raw.where,
                message("There was no plain text, so the original file was read."),
            )
    if text is None:
        report.left_out(
            "documents", message("The document {name}", name=raw.name), raw.where, why or _UNREAD
        )
        return None
    kept = original if original is not None else plain
    path = original_path if original is not None else raw.plain_path if plain is not None else ""
    file_type = PurePosixPath(_inner(path)).suffix.lower().removeprefix(".") or "txt"
    name = raw.name.strip()
    if path and not name.lower().endswith("." + file_type):
        name = f"{name}.{file_type}"
    return LoadedSource(
        SourceText(text), kept or b"", name if path else "", file_type,
        encoding if original is None else "",
    )  # fmt: skip


def read_note_text(paths: Iterable[str], package: Opened, where: str) -> str:
    """Return the text of a note that is a file of its own: the first of its files that has one."""
    for path in paths:
        content = _member(path, package)
        if content is None:
            continue
        name = PurePosixPath(_inner(path)).name
        try:
            if PurePosixPath(name).suffix.lower() in known_endings():
                return reread(content, name).text
            return normalise(decode(content, where).text)[0]
        except FileProblem:
            continue
    return ""


def _plain_text(
    raw: RawSource, plain: bytes | None, report: ExchangeReport
) -> tuple[str | None, str, Message | None]:
    if plain is not None:
        try:
            decoded = decode(plain, raw.name)
        except FileProblem as problem:
            return None, "", problem.message
        if decoded.encoding not in ("utf-8", "utf-8-sig"):
            report.decided(
                "documents",
                message("The encoding of {name}", name=raw.name),
                raw.where,
                message("It is not in UTF-8; it was read as {name}.", name=decoded.encoding),
            )
        marked = decoded.encoding == "utf-8-sig" or plain[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = _BOM + decoded.text if marked else decoded.text
        if len(text) > MAX_CHARACTERS:
            return None, "", message("The text is longer than any that is kept here.")
        return text, decoded.encoding, None
    if raw.content is not None:
        return raw.content, "", None
    if raw.plain_path.startswith(_OUTSIDE):
        return None, "", message("Its text is a file outside the exchange file.")
    return None, "", _UNREAD


def _read_original(path: str, original: bytes) -> tuple[str | None, Message | None]:
    name = PurePosixPath(_inner(path)).name
    if PurePosixPath(name).suffix.lower() not in known_endings():
        return None, message("There is no plain text of it, and its file cannot be read here.")
    try:
        return reread(original, name).text, None
    except FileProblem as problem:
        return None, problem.message


def _inner(path: str) -> str:
    path = path.strip()
    for scheme in (_INTERNAL, _RELATIVE):
        if path.casefold().startswith(scheme):
            return path[len(scheme) :]
    return path


def _member(path: str, package: Opened) -> bytes | None:
    """Return a file of the package; one that lies outside it is never looked for there.

    What is said to lie beside the package may be in it all the same.
    """
    inner = _inner(path)
    if not inner or inner.casefold().startswith(_OUTSIDE):
        return None
    return package.source(inner)
