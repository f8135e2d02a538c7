"""The parts of a .docx: a zip from a stranger, opened with care."""

import posixpath
from dataclasses import dataclass

from qda.formats.readers.docx_elements import Element
from qda.formats.readers.office_zip import OfficeZip, Reason, UnfitPackage, opened
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OFFICE_DOCUMENT = "/officeDocument"


@dataclass(frozen=True, slots=True)
class DocxParts:
    """The parts of a document that are read; a part that is not there is None."""

    body: Element
    numbering: Element | None
    styles: Element | None
    comments: Element | None
    footnotes: Element | None
    endnotes: Element | None


def open_docx(source: bytes, file_name: str) -> DocxParts:
    """Unpack and parse the parts of a .docx.

    Raises FileProblem for what is no zip, encrypted, broken, too big when unpacked, has members
    that climb out of it, or carries a DTD.
    """
    if source.startswith(_OLE):
        raise FileProblem(_ole_problem(source, file_name))
    try:
        with opened(source) as package:
            return _read_parts(package, file_name)
    except UnfitPackage as error:
        raise FileProblem(_problem(error.reason, file_name)) from error


def _ole_problem(source: bytes, name: str) -> Message:
    if _ENCRYPTED in source:
        return _problem("locked", name)
    return message("{name} is in an old format of Word; save it as .docx in Word.", name=name)


def _problem(reason: Reason, name: str) -> Message:
    if reason == "climbs":
        return message(
            "{name} holds a part that would be written outside it, as no Word document "
            "does; it is not read.",
            name=name,
        )
    if reason == "locked":
        return message(
            "{name} is protected by a password; open it in Word and save it without one.",
            name=name,
        )
    if reason == "big":
        return message(
            "{name} is too big when it is unpacked; split it into several files.", name=name
        )
    if reason == "dtd":
        return message(
            "{name} has definitions in it that no Word document has (a DTD); it is not read.",
            name=name,
        )
    return message("{name} is damaged or is no Word document.", name=name)


def _read_parts(package: OfficeZip, file_name: str) -> DocxParts:
    main = _main_part(package)
    body = package.xml(main)
    if body is None:
        raise FileProblem(message("{name} is no Word document.", name=file_name))
    folder = posixpath.dirname(main)

    def part(name: str) -> Element | None:
        return package.xml(posixpath.join(folder, name))

    return DocxParts(
        body,
        part("numbering.xml"),
        part("styles.xml"),
        part("comments.xml"),
        part("footnotes.xml"),
        part("endnotes.xml"),
    )


def _main_part(package: OfficeZip) -> str:
    """Return the name of the part that holds the text, as the package's relations say."""
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        kind, target = relation.get("Type") or "", relation.get("Target") or ""
        if kind.endswith(_OFFICE_DOCUMENT) and target:
            return posixpath.normpath(target.lstrip("/"))
    return "word/document.xml"
