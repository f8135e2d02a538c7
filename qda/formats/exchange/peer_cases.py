"""Cases that are linked to parts of a text: here whole documents and single codings are."""

from dataclasses import replace

from qda.formats.exchange.peer_building import PeerProject
from qda.model.ids import Guid
from qda.model.messages import Message, message

_SHOWN = 200


class CaseParts:
    """Gather which texts and which parts of texts belong to each case."""

    def __init__(self, into: PeerProject, where: str) -> None:
        """Link what is gathered in `into` when all of it is there."""
        self._into = into
        self._where = where
        self._whole: dict[Guid, dict[Guid, None]] = {}
        self._parts: dict[Guid, list[tuple[Guid, int, int]]] = {}

    def add_whole(self, case: Guid, document: Guid) -> None:
        """Link a case to a document."""
        self._whole.setdefault(case, {})[document] = None
        self._into.report.kept["case links"] += 1

    def add_part(self, case: Guid, document: Guid, span: tuple[int, int] | Message) -> None:
        """Link a case to a part of a document, or tell why it has none."""
        if isinstance(span, Message):
            self._into.report.left_out(
                "case links", message("A part of a text of a case"), self._where, span
            )
            return
        self._parts.setdefault(case, []).append((document, *span))

    def settle(self) -> None:
        """Link the cases: documents to them, and each coding within a part to its case.

        A part itself stands in a memo on the case, so that it can be found again.
        """
        into = self._into
        for case, documents in self._whole.items():
            into.cases[case] = replace(into.cases[case], documents=tuple(documents))
        if not self._parts:
            return
        of_document: dict[Guid, list[tuple[int, int, Guid]]] = {}
        for case, parts in self._parts.items():
            for document, start, end in parts:
                of_document.setdefault(document, []).append((start, end, case))
        for number, coding in enumerate(into.codings):
            cases = {
                case: None
                for start, end, case in of_document.get(coding.document, ())
                if start <= coding.start and coding.end <= end
            }
            if cases:
                into.codings[number] = replace(coding, cases=tuple(cases))
        names = {one.guid: (one.name, one.text) for one in into.documents}
        for case, parts in self._parts.items():
            lines = [
                f"{name}, {start}-{end}: «{_beginning(text[start:end])}»"
                for document, start, end in parts
                for name, text in (names[document],)
            ]
            into.add_memo("case", case, "\n".join(lines))
            into.report.kept["case links"] += len(parts)
            into.report.decided(
                "case links",
                message("Parts of texts of the case {name}", name=into.cases[case].name),
                self._where,
                message(
                    "Codings within a part are linked to the case; the part itself stands in a "
                    "memo on it."
                ),
                count=len(parts),
            )


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
