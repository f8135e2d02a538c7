"""Documents that are zips of XML parts, opened with care: they come from strangers."""

import io
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal

from lxml import etree

from qda.formats.archives import climbs_out
from qda.formats.readers.docx_elements import Element

MAX_UNPACKED = 1_000_000_000
"""The most that all members of the zip may hold, in bytes, by what it declares."""

MAX_PART = 40_000_000
"""The largest part that is parsed, in bytes, by what is really in it."""

MAX_MARKS = 5_000_000
"""The most tags and attributes of one part, about: in memory each is a hundred bytes."""

MAX_MEMBERS = 20_000

_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))

Reason = Literal["climbs", "locked", "big", "dtd", "damaged"]


class UnfitPackage(Exception):
    """A zip that is not read; `reason` says why, each reader has its own sentence for it."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason: Reason = reason


class OfficeZip:
    """The members of a checked zip; names are compared without regard to case."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        """Check the members. Raises UnfitPackage."""
        self._package = package
        members = package.infolist()
        _check_members(members)
        self._members = {member.filename.lstrip("/").lower(): member for member in members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def content(self, name: str) -> bytes | None:
        """Return the bytes of a member, None where it is not there. Raises UnfitPackage."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        with self._package.open(member) as stream:
            # The size that a zip declares may be a lie.
            content = stream.read(MAX_PART + 1)
        if len(content) > MAX_PART:
            raise UnfitPackage("big")
        return content

    def xml(self, name: str) -> Element | None:
        """Parse a member, None where it is not there. Raises UnfitPackage."""
        content = self.content(name)
        return None if content is None else _parse(content)


@contextmanager
def opened(source: bytes) -> Generator[OfficeZip]:
    """Open a zip for the time of the block, in which members are read.

    Raises UnfitPackage for what is no zip, encrypted, broken, too big when unpacked, has members
    that climb out of it, or parts with a DTD.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            yield OfficeZip(package)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
        UnicodeError, RuntimeError,
    ) as error:  # fmt: skip
        # zipfile says in these ways that the archive is broken or packed in an unknown way.
        raise UnfitPackage("damaged") from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        if climbs_out(member.filename):
            raise UnfitPackage("climbs")
        if member.flag_bits & 1:
            raise UnfitPackage("locked")
    if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
        raise UnfitPackage("big")


def _parse(content: bytes) -> Element:
    if any(doctype in content for doctype in _DOCTYPES):
        raise UnfitPackage("dtd")
    if content.count(b"<") + content.count(b"=") > MAX_MARKS:
        raise UnfitPackage("big")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnfitPackage("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnfitPackage("dtd")
    return root
