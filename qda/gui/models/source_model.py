"""The documents as an item model, grouped by office, with how much of each is coded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QStandardItem, QStandardItemModel

from qda.gui.language import current_catalogue, tr
from qda.gui.widgets import roles
from qda.model.entities import Case, Document
from qda.model.ids import CaseId, DocumentId
from qda.text.collation import sort_key


class SourceModel(QStandardItemModel):
    """Offices as headings, their documents below; those of several or of no office come last."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._items: dict[DocumentId, QStandardItem] = {}
        self._marks: Mapping[DocumentId, str] = {}
        self._places: dict[DocumentId, float] = {}

    def set_documents(
        self,
        documents: Sequence[Document],
        cases: Sequence[Case],
        links: Mapping[DocumentId, tuple[CaseId, ...]],
        shares: Mapping[DocumentId, float],
    ) -> None:
        """Show `documents`; `shares` is how much of each is coded, 0 to 1."""
        self.clear()
        self._items.clear()
        language = current_catalogue().language
        names = {case.id: case.name for case in cases}
        groups: dict[object, list[Document]] = {case.id: [] for case in cases}
        groups |= {"several": [], "none": []}
        for document in documents:
            linked = links.get(document.id, ())
            key: object = linked[0] if len(linked) == 1 else "several" if linked else "none"
            groups[key].append(document)
        for key, members in groups.items():
            if not members:
                continue
            title = {"several": tr("Several offices"), "none": tr("No office")}.get(
                key if isinstance(key, str) else "", ""
            )
            office = title or names.get(CaseId(key) if isinstance(key, int) else CaseId(0), "")
            heading = QStandardItem(office)
            heading.setData(True, roles.HEADING_ROLE)
            heading.setEditable(False)
            heading.setSelectable(False)
            self.appendRow(heading)
            for document in sorted(members, key=lambda one: sort_key(one.name, language)):
                heading.appendRow(self._item(document, office, shares.get(document.id, 0.0)))

    def _item(self, document: Document, office: str, share: float) -> QStandardItem:
        item = QStandardItem(short_name(document.name, office))
        item.setEditable(False)
        item.setData(document.id, roles.ID_ROLE)
        item.setToolTip(document.name)
        item.setData(document.done, roles.DONE_ROLE)
        self._items[document.id] = item
        self._set_share(item, document.name, share)
        return item

    def _set_share(self, item: QStandardItem, name: str, share: float) -> None:
        item.setData(share, roles.SHARE_ROLE)
        percent = round(share * 100)
        spoken = tr("{name}, {n} % coded", name=name, n=percent)
        if item.data(roles.DONE_ROLE):
            spoken = tr("{row}, done", row=spoken)
        mark = self._marks.get(item.data(roles.ID_ROLE))
        if mark:
            spoken = tr("{row}, open: {where}", row=spoken, where=mark)
        item.setData(mark, roles.DETAIL_ROLE)
        place = self._places.get(item.data(roles.ID_ROLE))
        if place:
            spoken = tr("{row}, last read at {n} %", row=spoken, n=round(place * 100))
        item.setData(place or None, roles.PLACE_ROLE)
        item.setAccessibleText(spoken)

    def set_share(self, document: DocumentId, share: float) -> None:
        """Show that more or less of a document is coded."""
        item = self._items.get(document)
        if item is not None and item.data(roles.SHARE_ROLE) != share:
            self._set_share(item, item.toolTip(), share)

    def mark_open(self, marks: Mapping[DocumentId, str]) -> None:
        """Say of these documents, and of no others, where they are open."""
        if marks == self._marks:
            return
        touched, self._marks = {*marks, *self._marks}, dict(marks)
        for document in touched:
            item = self._items.get(document)
            if item is not None:
                self._set_share(item, item.toolTip(), item.data(roles.SHARE_ROLE))

    def set_places(self, places: Mapping[DocumentId, float]) -> None:
        """Show where one was in some documents the last time, 0 to 1."""
        self._places.update(places)
        for document in places:
            item = self._items.get(document)
            if item is not None:
                self._set_share(item, item.toolTip(), item.data(roles.SHARE_ROLE))

    def documents(self) -> tuple[DocumentId, ...]:
        """Return the documents in the order shown."""
        found: list[DocumentId] = []
        for row in range(self.rowCount()):
            heading = self.item(row)
            found += [
                heading.child(place).data(roles.ID_ROLE) for place in range(heading.rowCount())
            ]
        return tuple(found)


def short_name(name: str, office: str) -> str:
    """Return a document's name without the office's, which stands above it anyway.

    `NAV Storlia` above makes `Storlia leder` into `Leder`; nothing is cut within a word.
    """
    for part in (office, office.removeprefix("NAV ")):
        rest = name.removeprefix(part)
        if part and rest != name and rest[:1] in (" ", "-", "–", "_", ",", ":"):
            shortened = rest.strip(" -–_,:")
            if shortened:
                return shortened[0].upper() + shortened[1:]
    return name
