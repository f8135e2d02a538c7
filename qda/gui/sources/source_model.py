"""The list of sources as an item model: sorted, filtered, and grouped by office if wished."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.sources.source_rows import SourceRow, group_key, kind_name
from qda.gui.widgets import roles
from qda.model.entities import Case
from qda.model.ids import DocumentId
from qda.text.collation import sort_key

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NAME, OFFICES, KIND, TURNS, WORDS, CODINGS, SHARE, DONE = range(8)
NUMBERS = (TURNS, WORDS, CODINGS)
DESCENDING = Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    rows: tuple[SourceRow, ...]


class SourceModel(QAbstractTableModel):
    """All sources in one list, under headings if wished; `roles.ID_ROLE` is the DocumentId.

    Headings are rows like others, so that a view asks only for the rows in sight.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty, grouped and sorted by name."""
        super().__init__(parent)
        self._rows: Sequence[SourceRow] = ()
        self._cases: Sequence[Case] = ()
        self._filter = ""
        self._grouped = True
        self._column = NAME
        self._order = Qt.SortOrder.AscendingOrder
        self._lines: list[SourceRow | _Group] = []
        self._last: dict[DocumentId, float] = {}
        self._places: dict[DocumentId, int] = {}

    def set_rows(self, rows: Sequence[SourceRow], cases: Sequence[Case]) -> None:
        """Show other sources; `cases` gives the order of the groups."""
        self._rows, self._cases = rows, cases
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Keep the sources whose name, office or file holds every word of `text`."""
        self._filter = text.casefold()
        self._arrange()

    def set_grouped(self, *, grouped: bool) -> None:
        """Group by office, or show one list."""
        self._grouped = grouped
        self._arrange()

    @property
    def grouped(self) -> bool:
        """Tell whether the sources are grouped by office."""
        return self._grouped

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, within each group."""
        self._column, self._order = max(column, 0), order
        self._arrange()

    def index_of(self, document: DocumentId) -> QModelIndex:
        """Return where a source stands, invalid when it is not shown."""
        place = self._places.get(document)
        return QModelIndex() if place is None else self.index(place, NAME)

    def shown(self) -> tuple[DocumentId, ...]:
        """Return the sources in the order shown."""
        return tuple(self._places)

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        return [place for place, one in enumerate(self._lines) if isinstance(one, _Group)]

    def row_at(self, index: Index) -> SourceRow | None:
        """Return the source at an index, None for a heading."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        return line if isinstance(line, SourceRow) else None

    # ------------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else DONE + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let sources be chosen, and headings be passed over by the keyboard."""
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _headings()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        row = self.row_at(index)
        if row is None:
            return self._heading_data(index, role)
        column = index.column()
        answers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: _text(row, column),
            roles.ID_ROLE: lambda: row.document.id,
            roles.SHARE_ROLE: lambda: row.share,
            roles.PLACE_ROLE: lambda: self._last.get(row.document.id),
            Qt.ItemDataRole.AccessibleTextRole: lambda: (
                f"{_headings()[column]}: {self._said(row, column)}"
            ),
            Qt.ItemDataRole.ToolTipRole: lambda: (
                self._said(row, column) if column in (NAME, OFFICES, SHARE) else None
            ),
        }
        answer = answers.get(role)
        return answer() if answer is not None else None

    def set_last(self, places: Mapping[DocumentId, float]) -> None:
        """Show how far into each source, 0 to 1, one was the last time."""
        if places != self._last and self._lines:
            self._last = dict(places)
            last = self.index(len(self._lines) - 1, SHARE)
            self.dataChanged.emit(self.index(0, SHARE), last, [roles.PLACE_ROLE])
        self._last = dict(places)

    def _said(self, row: SourceRow, column: int) -> str:
        place = self._last.get(row.document.id)
        said = _spoken(row, column)
        if column != SHARE or not place:
            return said
        return tr("{share} coded, last read at {n} %", share=said, n=round(place * 100))

    def _heading_data(self, index: Index, role: int) -> object:
        group = self._lines[index.row()] if index.isValid() else None
        if not isinstance(group, _Group):
            return None
        if role == roles.HEADING_ROLE:
            return True
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return group.title if index.column() == NAME else ""
        if role == roles.DETAIL_ROLE:
            return tr_n("{n} source", "{n} sources", len(group.rows))
        return None

    # -------------------------------------------------------------------------------- arranging

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._filter.split()
        kept = [row for row in self._rows if _matches(row, words)]
        keys = _sort_keys(current_catalogue().language)
        kept.sort(key=keys[NAME])
        if self._column != NAME:
            # Names stay in their order among equals, whichever way the column is sorted.
            kept.sort(key=keys[self._column], reverse=self._order == DESCENDING)
        elif self._order == DESCENDING:
            kept.reverse()
        self._lines = []
        for group in self._in_groups(kept) if self._grouped else [_Group("", tuple(kept))]:
            if self._grouped:
                self._lines.append(group)
            self._lines += group.rows
        self._places = {
            one.document.id: place
            for place, one in enumerate(self._lines)
            if isinstance(one, SourceRow)
        }
        self.endResetModel()

    def _in_groups(self, rows: Sequence[SourceRow]) -> list[_Group]:
        members: dict[object, list[SourceRow]] = {}
        for row in rows:
            members.setdefault(group_key(row), []).append(row)
        titles: list[tuple[object, str]] = [(case.id, case.name) for case in self._cases]
        titles += [("several", tr("Several offices")), ("none", tr("No office"))]
        return [_Group(title, tuple(members[key])) for key, title in titles if key in members]


def _headings() -> tuple[str, ...]:
    return (
        tr("Name"), tr("Offices"), tr("Kind"), tr("Turns"), tr("Words"), tr("Codings"),
        tr("Coded"), tr("Done"),
    )  # fmt: skip


def offices_text(row: SourceRow) -> str:
    """Return the names of a source's offices in one line."""
    return ", ".join(office.name for office in row.offices)


def _text(row: SourceRow, column: int) -> str:
    catalogue = current_catalogue()
    document = row.document
    if column == NAME:
        return document.name
    if column == OFFICES:
        return offices_text(row)
    if column == KIND:
        return kind_name(document.kind)
    if column == SHARE:
        return catalogue.format_percent(row.share) if row.share else ""
    if column == DONE:
        return tr("Done") if document.done else ""
    number = {TURNS: document.turns, WORDS: document.words, CODINGS: row.codings}[column]
    return catalogue.format_number(number)


def _spoken(row: SourceRow, column: int) -> str:
    if column == SHARE:
        return current_catalogue().format_percent(row.share)
    if column == DONE:
        return tr("Done") if row.document.done else tr("Not done")
    return _text(row, column)


def _matches(row: SourceRow, words: Sequence[str]) -> bool:
    if not words:
        return True
    hay = f"{row.document.name} {row.document.file_name} {offices_text(row)}".casefold()
    return all(word in hay for word in words)


def _sort_keys(language: str) -> dict[int, Callable[[SourceRow], Any]]:
    return {
        NAME: lambda row: sort_key(row.document.name, language),
        OFFICES: lambda row: sort_key(offices_text(row), language),
        KIND: lambda row: row.document.kind,
        TURNS: lambda row: row.document.turns,
        WORDS: lambda row: row.document.words,
        CODINGS: lambda row: row.codings,
        SHARE: lambda row: row.share,
        DONE: lambda row: row.document.done,
    }
