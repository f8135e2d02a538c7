"""The left pane: documents by office, with how much of each is coded."""

from collections.abc import Collection

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qda.gui.coding.open_document import coded_shares
from qda.gui.language import tr
from qda.gui.models.source_model import SourceModel
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.row_tree import RowTree
from qda.model.entities import Document
from qda.model.ids import CoderId, DocumentId
from qda.store import cases, documents
from qda.store.project_file import ProjectFile

AT_ONCE = 100
"""Documents whose coded share is counted before the window is given back."""


class SourcePane(QFrame):
    """Choose what to read."""

    document_chosen = Signal(object)
    """The user chose a document.

    Parameters: its DocumentId.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty pane."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._header = PaneHeader(theme, tr("Sources"), "", self)
        self._tree = RowTree(theme, tr("Sources"), self)
        self._tree.setProperty("kind", "pane")
        self._model = SourceModel(self)
        self._tree.setModel(self._model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._tree, 1)
        self._loading = False
        self._project: ProjectFile | None = None
        self._waiting: list[Document] = []
        self._coders: Collection[CoderId] | None = None
        self._whose = ""
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._tree.row_chosen.connect(self._on_tree_row_chosen)

    def count_only(self, coders: Collection[CoderId] | None, whose: str) -> None:
        """Tell from now on how much some coders coded, None for all; `whose` says it in words."""
        self._coders = coders
        self._whose = whose

    def load(self, project: ProjectFile, current: DocumentId | None) -> None:
        """Read the documents again and keep `current` chosen."""
        everything = documents.all_documents(project.connection)
        self._loading = True
        self._model.set_documents(
            everything,
            cases.all_cases(project.connection),
            cases.document_links(project.connection),
            coded_shares(project, everything[:AT_ONCE], self._coders),
        )
        self._project = project
        self._waiting = list(everything[AT_ONCE:])
        if self._waiting:
            self._timer.start()
        count = str(len(everything))
        self._header.set_right(f"{self._whose} · {count}" if self._whose else count)
        self._tree.expandAll()
        if current is not None:
            self._tree.choose(current)
        self._loading = False

    def _on_timer_timeout(self) -> None:
        """Tell of some more documents how much is coded, and let the window live meanwhile."""
        assert self._project is not None  # noqa: S101 - loaded before
        some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        for document, share in coded_shares(self._project, some, self._coders).items():
            self._model.set_share(document, share)
        if self._waiting:
            self._timer.start()

    def stop(self) -> None:
        """Leave off counting; before the project is closed."""
        self._timer.stop()
        self._waiting.clear()

    def choose(self, document: DocumentId) -> None:
        """Mark a document as the open one, without a signal."""
        self._loading = True
        self._tree.choose(document)
        self._loading = False

    def set_share(self, document: DocumentId, share: float) -> None:
        """Show that more or less of a document is coded."""
        self._model.set_share(document, share)

    def neighbour(self, document: DocumentId | None, step: int) -> DocumentId | None:
        """Return the document `step` rows further, the first one when none is open."""
        everything = self._model.documents()
        if not everything:
            return None
        if document not in everything:
            return everything[0]
        place = everything.index(document) + step
        return everything[place] if 0 <= place < len(everything) else None

    @property
    def tree(self) -> RowTree:
        """Return the tree, for the focus order."""
        return self._tree

    def _on_tree_row_chosen(self, document: object) -> None:
        if not self._loading and isinstance(document, int):
            self.document_chosen.emit(DocumentId(document))
