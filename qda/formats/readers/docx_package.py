"""The parts of a .docx: a zip from a stranger, opened with care."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from qda.formats.readers.docx_elements import Element
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

MAX_UNPACKED = 1_000_000_000
"""The most that all members of the zip may hold, in bytes, by what it declares."""

MAX_PART = 40_000_000
"""The largest part that is parsed, in bytes, by what is really in it."""

_MAX_MEMBERS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OFFICE_DOCUMENT = "/officeDocument"
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))


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
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            return _read_parts(package, file_name)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
        UnicodeError, RuntimeError,
    ) as error:  # fmt: skip
        # zipfile says in these ways that the archive is broken or packed in an unknown way.
        raise FileProblem(
            message("{name} is damaged or is no Word document.", name=file_name)
        ) from error


def _ole_problem(source: bytes, name: str) -> Message:
    if _ENCRYPTED in source:
        return message(
            "{name} is protected by a password; open it in Word and save it without one.",
            name=name,
        )
    return message("{name} is in an old format of Word; save it as .docx in Word.", name=name)


def _read_parts(package: zipfile.ZipFile, file_name: str) -> DocxParts:
    members = package.infolist()
    _check_members(members, file_name)
    names = {member.filename.lstrip("/").lower(): member for member in members}
    main = _main_part(package, names, file_name)
    body = _parse(package, names.get(main.lower()), file_name)
    if body is None:
        raise FileProblem(message("{name} is no Word document.", name=file_name))
    folder = posixpath.dirname(main)

    def part(name: str) -> Element | None:
        return _parse(package, names.get(posixpath.join(folder, name).lower()), file_name)

    return DocxParts(
        body,
        part("numbering.xml"),
        part("styles.xml"),
        part("comments.xml"),
        part("footnotes.xml"),
        part("endnotes.xml"),
    )


def _check_members(members: list[zipfile.ZipInfo], file_name: str) -> None:
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            raise FileProblem(
                message(
                    "{name} holds a part that would be written outside it, as no Word document "
                    "does; it is not read.",
                    name=file_name,
                )
            )
        if member.flag_bits & 1:
            raise FileProblem(
                message(
                    "{name} is protected by a password; open it in Word and save it without one.",
                    name=file_name,
                )
            )
    if len(members) > _MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
        raise FileProblem(_too_big(file_name))


def _main_part(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], file_name: str) -> str:
    """Return the name of the part that holds the text, as the package's relations say."""
    relations = _parse(package, names.get("_rels/.rels"), file_name)
    for relation in relations if relations is not None else ():
        kind, target = relation.get("Type") or "", relation.get("Target") or ""
        if kind.endswith(_OFFICE_DOCUMENT) and target:
            return posixpath.normpath(target.lstrip("/"))
    return "word/document.xml"


def _parse(
    package: zipfile.ZipFile, member: zipfile.ZipInfo | None, file_name: str
) -> Element | None:
    if member is None:
        return None
    with package.open(member) as stream:
        # The size that a zip declares may be a lie.
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise FileProblem(_too_big(file_name))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    if any(doctype in content for doctype in _DOCTYPES):
        raise FileProblem(_doctype(file_name))
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FileProblem(
            message("{name} is damaged or is no Word document.", name=file_name)
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileProblem(_doctype(file_name))
    return root


def _doctype(name: str) -> Message:
    return message(
        "{name} has definitions in it that no Word document has (a DTD); it is not read.", name=name
    )


def _too_big(name: str) -> Message:
    return message("{name} is too big when it is unpacked; split it into several files.", name=name)
