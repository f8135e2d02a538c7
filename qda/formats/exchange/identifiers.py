"""GUIDs as files in the wild have them: in braces, in upper case, missing or double."""

import hashlib
import re
import uuid

from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid, parse_guid
from qda.model.messages import message

_CANONICAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_FOREIGN = uuid.UUID("6f6e2f0e-58cb-5b5a-9d3c-1b0f5d1d3f61")
"""What GUIDs are made from for things whose own identifier is no GUID."""


def derived_guid(guid: Guid, name: str) -> Guid:
    """Return a GUID that is always the same for this `guid` and `name`."""
    if not _CANONICAL.fullmatch(guid):
        return made_guid(f"{guid} {name}")
    digest = hashlib.sha1(
        bytes.fromhex(guid.replace("-", "")) + name.encode("utf-8"), usedforsecurity=False
    ).digest()
    # What `uuid.uuid5` does, without its objects: there is one for each segment.
    variant = (digest[8] & 0x3F) | 0x80
    text = digest[:6].hex() + f"5{digest[6:8].hex()[1:]}{variant:02x}" + digest[9:16].hex()
    return Guid(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")


def made_guid(text: str) -> Guid:
    """Return a GUID that is always the same for this text."""
    return Guid(str(uuid.uuid5(_FOREIGN, text)))


class Identifiers:
    """Read the GUIDs of one file, each thing getting one that no other of its kind has."""

    def __init__(self, report: ExchangeReport) -> None:
        """Report what is no GUID to `report`."""
        self._report = report
        self._known: dict[str, Guid] = {}
        self._made: set[Guid] = set()
        self._taken: dict[str, set[Guid]] = {}

    def read(self, text: str) -> Guid:
        """Return the GUID that `text` is or, where it is none, one made from it."""
        found = self._known.get(text)
        if found is None:
            if _CANONICAL.fullmatch(text):
                found = Guid(text)
            else:
                parsed = parse_guid(text)
                found = parsed or made_guid(text.strip())
                if parsed is None:
                    self._made.add(found)
            self._known[text] = found
        return found

    def own(self, node: Node, item: str, where: str, among: str = "") -> Guid:
        """Return the GUID of an element itself, a new one where another of its kind has it.

        Those that may share theirs with others of the kind are told apart `among` themselves.
        """
        text = node.get("guid").strip()
        taken = self._taken.setdefault(among or item, set())
        if not text:
            guid = made_guid(f"{item} {node.line} {len(taken)}")
            why = message("It has no GUID; it was given one.")
        else:
            guid = self.read(text)
            why = message("Its identifier is no GUID; it was given one.")
            if guid in taken:
                guid = derived_guid(guid, f"{item} {node.line} {len(taken)}")
                why = message("Another has the same GUID; it was given a new one.")
            elif guid not in self._made:
                taken.add(guid)
                return guid
        taken.add(guid)
        self._report.decided(item, message("{item}: identifier", item=item), where, why)
        return guid

    def reference(self, node: Node, attribute: str = "targetGUID") -> Guid | None:
        """Return the GUID that an element refers to, wherever the file writes it."""
        text = (node.get(attribute) or node.get("guid") or node.text).strip()
        return self.read(text) if text else None

    def attribute(self, node: Node, name: str) -> Guid | None:
        """Return the GUID in an attribute, None where there is none."""
        text = node.get(name).strip()
        return self.read(text) if text else None
