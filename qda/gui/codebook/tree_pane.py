"""The tree of codes at the left."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.models.code_model import CodeModel, Move
from qda.gui.models.code_order import Order
from qda.gui.theme import Theme
from qda.gui.widgets.code_tree import CodeTree
from qda.gui.widgets.labels import PaneHeader
from qda.model.entities import Code
from qda.model.ids import CodeId, CoderId
from qda.store import by_coder, codes, project_info
from qda.store.project_file import ProjectFile


class TreePane(QFrame):
    """Choose a code, and drag it to its place."""

    code_chosen = Signal(object)
    """Another code is at hand.

    Parameters: its CodeId.
    """
    code_activated = Signal(object)
    """The user pressed Enter on a code or double-clicked it.

    Parameters: its CodeId.
    """
    context_menu_wanted = Signal(QPoint, object)
    """The user asks what can be done with a code.

    Parameters: the place in global coordinates; the CodeId, None beside all codes.
    """

    def __init__(self, theme: Theme, move: Move, parent: QWidget | None = None) -> None:
        """Build an empty pane; `move` carries out a code dropped elsewhere in the tree."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self.header = PaneHeader(theme, tr("Codes"), "", self)
        self.add: QToolButton = self.header.add_button("plus", tr("New code"))
        self.more: QToolButton = self.header.add_button("more", tr("What can be done"))
        self.tree = CodeTree(theme, tr("Codes"), self)
        self.model = CodeModel(self, move)
        self.tree.setModel(self.model)
        self.setMinimumWidth(theme.px(140))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.tree, 1)
        self._open: dict[CodeId, bool] = {}
        self.order: Order = "own"
        self.only: CoderId | None = None
        self._loading = False
        self.tree.row_chosen.connect(self._on_tree_row_chosen)
        self.tree.row_activated.connect(self.code_activated)
        self.tree.context_menu_wanted.connect(self.context_menu_wanted)

    def load(self, project: ProjectFile, wanted: CodeId | None = None) -> CodeId | None:
        """Read the codes again, keeping what is open and where one is.

        `wanted` becomes the code at hand, else the one that was, else the first; return it.
        """
        current = wanted if wanted is not None else self.current_id()
        place = self.tree.verticalScrollBar().value()
        for code in self.model.codes():
            self._open[code.id] = self.tree.isExpanded(self.model.index_of(code.id))
        everything = project.once(codes.all_codes)
        self._loading = True
        language = project_info.read(project.connection).language
        self.model.set_codes(everything, self._counts(project), self.order, language)
        for code in everything:
            opened = self._open.get(code.id, True)
            self.tree.setExpanded(self.model.index_of(code.id), opened)
        self.tree.verticalScrollBar().setValue(place)
        chosen = current if current is not None and self.tree.choose(current) else None
        if chosen is None and everything:
            chosen = everything[0].id
            self.tree.choose(chosen)
        self._loading = False
        self.header.set_right(str(len(everything)) if everything else "")
        return chosen

    def load_counts(self, project: ProjectFile) -> None:
        """Read only the counts again."""
        self.model.set_counts(self._counts(project))

    def _counts(self, project: ProjectFile) -> Mapping[CodeId, int]:
        if self.only is None:
            return project.once(codes.counts)
        return by_coder.code_counts(project.connection, (self.only,))

    def current_id(self) -> CodeId | None:
        """Return the code at hand."""
        chosen = self.tree.current_id()
        return CodeId(chosen) if isinstance(chosen, int) else None

    def current(self) -> Code | None:
        """Return the code at hand with all that is known of it."""
        chosen = self.current_id()
        return self.model.code(chosen) if chosen is not None else None

    def choose(self, code: CodeId) -> bool:
        """Take a code at hand; tell whether there is one."""
        return self.tree.choose(code)

    def expand_all(self) -> None:
        """Show every subcode."""
        self.tree.expandAll()

    def collapse_all(self) -> None:
        """Show only the top codes, the one above the code at hand being chosen."""
        current = self.tree.currentIndex()
        while current.parent().isValid():
            current = current.parent()
        if current.isValid():
            self.tree.setCurrentIndex(current)
        self.tree.collapseAll()

    def _on_tree_row_chosen(self, code: object) -> None:
        if isinstance(code, int) and not self._loading:
            self.code_chosen.emit(CodeId(code))
