"""The left pane: documents by office, with how much of each is coded."""

import time
from collections.abc import Collection, Generator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.models.source_model import Arrangement, SourceModel, arranged
from qda.gui.theme import Theme
from qda.gui.transcripts.open_document import coded_shares
from qda.gui.turns import Turns
from qda.gui.widgets import roles
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.row_tree import Index, RowTree
from qda.model.changes import Changes
from qda.model.entities import Case
from qda.model.ids import CaseId, CoderId, DocumentId
from qda.store import cases, documents
from qda.store.documents import Listed
from qda.store.project_file import ProjectFile

_BACKWARDS = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MoveLeft,
)
AT_ONCE = 100
"""Documents whose coded share is counted before the window is given back."""
SOME = 20
"""Documents whose coded share is counted by one sweep afterwards."""
COUNTING = 0.02
"""Seconds after which counting gives the window back."""
LINKS = ("case", "document_case")
"""Tables that say under which headings documents stand."""
Listing = tuple[Sequence[Listed], Sequence[Case], Mapping[DocumentId, tuple[CaseId, ...]]]
"""The documents, all cases, and which documents are linked to which."""


class SourcePane(QFrame):
    """Choose what to read."""

    document_chosen = Signal(object)
    """The user chose a document.

    Parameters: its DocumentId.
    """
    document_entered = Signal()
    """The user pressed Enter on a document: it is to be read."""
    beside_wanted = Signal(object)
    """The user wants a document beside the one that is open.

    Parameters: its DocumentId.
    """

    def __init__(self, theme: Theme, turns: Turns, parent: QWidget | None = None) -> None:
        """Build an empty pane; what it counts later waits for one of `turns`."""
        super().__init__(parent)
        self._turns = turns
        self.setProperty("kind", "pane")
        self._header = PaneHeader(theme, tr("Sources"), "", self)
        self._opens = QLabel(self)
        self._opens.setProperty("kind", "small")
        self._opens.setWordWrap(True)
        self._opens.hide()
        self._tree = SourceTree(theme, tr("Sources"), self)
        self._tree.setProperty("kind", "pane")
        self._model = SourceModel(self)
        self._tree.setModel(self._model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._opens)
        layout.addWidget(self._tree, 1)
        self.set_theme(theme)
        self._loading = False
        self._project: ProjectFile | None = None
        self._listing: Listing | None = None
        self._fresh: Listing | None = None
        self._arranged: Arrangement | None = None
        self._waiting: list[Listed] = []
        self._coders: Collection[CoderId] | None = None
        self._whose = ""
        self._tree.row_chosen.connect(self._on_tree_row_chosen)
        self._tree.row_activated.connect(self._on_tree_row_activated)
        self._tree.beside_wanted.connect(self.beside_wanted)
        self._tree.context_menu_wanted.connect(self._on_tree_context_menu_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Measure by `theme` from now on."""
        self._opens.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(6))

    def mark_open(self, marks: Mapping[DocumentId, str], opens: str) -> None:
        """Say where documents are open, and where one that is chosen opens; empty for one place."""
        self._model.mark_open(marks)
        if self._opens.text() != opens:
            self._opens.setText(opens)
            self._opens.setVisible(bool(opens))
            self._tree.setAccessibleDescription(opens)

    def opens(self) -> str:
        """Return what is said of where a chosen document opens."""
        return self._opens.text()

    def count_only(self, coders: Collection[CoderId] | None, whose: str) -> None:
        """Tell from now on how much some coders coded, None for all; `whose` says it in words."""
        self._coders = coders
        self._whose = whose

    def load(self, project: ProjectFile, current: DocumentId | None) -> None:
        """Read the documents again and keep `current` chosen."""
        self._project = project
        self._listing = self._fresh or self._read_listing(project)
        made = self._arranged or arranged(*self._listing)
        self._fresh = self._arranged = None
        everything = self._listing[0]
        self._loading = True
        shares = coded_shares(project, _lengths(everything[:AT_ONCE]), self._coders)
        self._model.set_documents(made, shares)
        self._waiting = list(everything[AT_ONCE:])
        if self._waiting:
            self._turns.want(self._count_more)
        count = str(len(everything))
        self._header.set_right(f"{self._whose} · {count}" if self._whose else count)
        if current is not None:
            self._tree.choose(current)
        self._loading = False
        if self._waiting and not self.isVisible():
            self._turns.want(self._lay_out)

    def _lay_out(self) -> None:
        """Lay the rows of a long list out that is not in sight, so that showing it is quick."""
        self._tree.scrollTo(self._tree.currentIndex())

    def read_ahead(self, project: ProjectFile, changes: Changes) -> Generator[None]:
        """Read in pieces what changes have made of the list; `follow` shows it later."""
        if changes.touches(*LINKS):
            project.once(cases.document_links)
            yield
        before = self._listing
        self._fresh, self._arranged = self._listing_now(project, changes), None
        yield
        fresh = self._fresh
        if before is None or len(before[0]) != len(fresh[0]):
            self._arranged = arranged(*fresh)

    def is_long(self) -> bool:
        """Tell whether there are so many documents that listing them again takes its time."""
        return self._listing is not None and len(self._listing[0]) > _FEW

    def follow(
        self, project: ProjectFile, changes: Changes, counted: Collection[DocumentId]
    ) -> bool:
        """Take in changes of documents; False where the list is another because of them.

        It is to be loaded then, of what was just read. Of those that are to be `counted`, it says
        anew how much is coded.
        """
        before, now = self._listing, self._fresh or self._listing_now(project, changes)
        if before is None or _differ(before, now):
            self._fresh = now
            return False
        self._fresh = self._arranged = None
        self._listing = now
        for one in documents.listed_of(project.connection, counted).values():
            for document, share in coded_shares(project, _lengths([one]), self._coders).items():
                self._model.set_share(document, share)
        return True

    def _listing_now(self, project: ProjectFile, changes: Changes) -> Listing:
        """Return what is to be listed now; of documents, few that changed are read alone."""
        changed = {DocumentId(one) for one in changes.of("document")}
        if self._listing is None or len(changed) > AT_ONCE:
            return self._read_listing(project)
        everything, offices, links = self._listing
        if changed:
            new = documents.listed_of(project.connection, changed)
            kept = [one for one in everything if one.id not in changed]
            everything = sorted([*kept, *new.values()])
        if changes.touches(*LINKS):
            offices = cases.all_cases(project.connection)
            links = project.once(cases.document_links)
        return everything, offices, links

    def _read_listing(self, project: ProjectFile) -> Listing:
        connection = project.connection
        return (
            documents.listed(connection),
            cases.all_cases(connection),
            project.once(cases.document_links),
        )

    def _count_more(self) -> None:
        """Tell of some more documents how much is coded, and let the window live meanwhile."""
        assert self._project is not None  # noqa: S101 - loaded before
        began = time.perf_counter()
        while self._waiting and time.perf_counter() - began < COUNTING:
            some, self._waiting = self._waiting[:SOME], self._waiting[SOME:]
            shares = coded_shares(self._project, _lengths(some), self._coders)
            for document, share in shares.items():
                self._model.set_share(document, share)
        if self._waiting:
            self._turns.want(self._count_more)

    def stop(self) -> None:
        """Leave off counting; before the project is closed."""
        self._turns.drop(self._count_more)
        self._turns.drop(self._lay_out)
        self._waiting.clear()

    def choose(self, document: DocumentId) -> None:
        """Mark a document as the open one, without a signal."""
        self._loading = True
        self._tree.choose(document)
        self._loading = False

    def set_share(self, document: DocumentId, share: float) -> None:
        """Show that more or less of a document is coded."""
        self._model.set_share(document, share)

    def set_places(self, places: Mapping[DocumentId, float]) -> None:
        """Show where one was in some documents the last time, 0 to 1."""
        self._model.set_places(places)

    def neighbour(self, document: DocumentId | None, step: int) -> DocumentId | None:
        """Return the document `step` rows further, the first one when none is open."""
        return self._model.neighbour(document, step)

    def documents(self) -> tuple[DocumentId, ...]:
        """Return the documents in the order shown."""
        return self._model.documents()

    @property
    def tree(self) -> RowTree:
        """Return the tree, for the focus order."""
        return self._tree

    def _on_tree_row_chosen(self, document: object) -> None:
        if not self._loading and isinstance(document, int):
            self.document_chosen.emit(DocumentId(document))

    def _on_tree_row_activated(self, document: object) -> None:
        self._on_tree_row_chosen(document)
        if isinstance(document, int):
            self.document_entered.emit()

    def _on_tree_context_menu_wanted(self, place: QPoint, document: object) -> None:
        if not isinstance(document, int):
            return
        number = DocumentId(document)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        here = menu.addAction(tr("Open"))
        here.triggered.connect(partial(self._tree.choose, number))
        beside = menu.addAction(tr("Open in the other transcript"))
        beside.triggered.connect(partial(self.beside_wanted.emit, number))
        menu.popup(place)


_FEW = 2_000
"""Rows that may differ in height."""


def _lengths(some: Sequence[Listed]) -> dict[DocumentId, int]:
    return {one.id: one.characters for one in some}


def _differ(one: Listing, other: Listing) -> bool:
    """Tell whether two lists say something else, apart from what is coded."""
    return len(one[0]) != len(other[0]) or _shown(one) != _shown(other)


def _shown(listing: Listing) -> object:
    """Return what the list says, without what is coded."""
    everything, offices, links = listing
    return [(one.id, one.name, one.done) for one in everything], list(offices), dict(links)


class SourceTree(RowTree):
    """Sources in which a click with Ctrl or the middle button opens one beside.

    Offices stand a little apart. In long lists all rows have one height, so that thousands are laid
    out without asking for each.
    """

    beside_wanted = Signal(object)
    """The user wants a document beside the one that is open.

    Parameters: its DocumentId.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Make an empty list; `name` is what a screen reader calls it."""
        super().__init__(theme, name, parent)
        self.setUniformRowHeights(True)

    def reset(self) -> None:
        """Lay the rows out anew."""
        model = self.model()
        self.setUniformRowHeights(model is not None and model.rowCount() > _FEW)
        super().reset()

    def index_of(self, identifier: object) -> QModelIndex:
        """Return the index of a document, invalid when it is not there."""
        model = self.model()
        if not isinstance(model, SourceModel) or not isinstance(identifier, int):
            return QModelIndex()
        return model.index_of(DocumentId(identifier))

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Pass over headings, which are only to be read."""
        index = super().moveCursor(action, modifiers)
        if not index.data(roles.HEADING_ROLE):
            return index
        above = self.indexAbove(index) if action in _BACKWARDS else QModelIndex()
        return above if above.isValid() else self.indexBelow(index)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Go to what begins with the letters typed; from an office on to its first document."""
        super().keyboardSearch(search)
        index = self.currentIndex()
        if index.data(roles.HEADING_ROLE):
            self.setCurrentIndex(self.indexBelow(index))

    def content_left(self, index: Index) -> float:
        """Return where a row begins: documents stand in a little below their office."""
        below = 0 if index.data(roles.HEADING_ROLE) else self.indentation()
        return super().content_left(index) + below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open beside with Ctrl or the middle button; the right one opens nothing by itself."""
        button = event.button()
        if self.indexAt(event.position().toPoint()).data(roles.HEADING_ROLE):
            event.accept()
            return
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if button == Qt.MouseButton.RightButton:
            event.accept()
        elif button == Qt.MouseButton.MiddleButton or held:
            document = self.indexAt(event.position().toPoint()).data(roles.ID_ROLE)
            if isinstance(document, int):
                self.beside_wanted.emit(DocumentId(document))
        else:
            super().mousePressEvent(event)
