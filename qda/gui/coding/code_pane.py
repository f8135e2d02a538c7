"""The codes at the right: the tree, and the rules of the code at hand."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.models.code_model import CodeModel, Move
from qda.gui.models.code_order import Order
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.code_tree import CodeTree
from qda.gui.widgets.labels import Card, EmptyPlace, PaneHeader
from qda.model.entities import Code
from qda.model.ids import CodeId, CoderId
from qda.store import by_coder, codes, project_info
from qda.store.project_file import ProjectFile


class CodePane(QFrame):
    """Choose a code; see how it is to be used."""

    code_activated = Signal(object)
    """The user double-clicked a code or pressed Enter on it: code the selection with it.

    Parameters: its CodeId.
    """
    context_menu_wanted = Signal(QPoint, object)
    """The user asks what can be done with a code.

    Parameters: the place in global coordinates; the CodeId, None beside all codes.
    """
    codebook_wanted = Signal()
    """There are no codes, and the user wants to go where they come from."""
    layers_wanted = Signal()
    """The user wants to choose whose codings and which codes are shown."""

    def __init__(self, theme: Theme, move: Move, parent: QWidget | None = None) -> None:
        """Build an empty pane; `move` carries out a code dropped elsewhere in the tree."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self.header = PaneHeader(theme, tr("Codebook"), "", self)
        self._layers = self.header.add_button("layers", tr("Choose what is shown"))
        self.tree = CodeTree(theme, tr("Codes"), self)
        self.tree.setProperty("kind", "pane")
        self.model = CodeModel(self, move)
        self.tree.setModel(self.model)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setMinimumHeight(theme.px(120))
        self.card = CodeCard(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._none = EmptyPlace(
            theme,
            "codebook",
            tr("No codes yet"),
            tr("Select words and make a code of them, or bring a codebook in."),
            tr("Go to the codebook"),
            self,
        )
        self._none.hide()
        layout.addWidget(self.header)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._none, 1)
        self._expanded: dict[CodeId, bool] = {}
        self.order: Order = "own"
        self._coders: Collection[CoderId] | None = None
        self._known_counts: dict[CodeId, int] = {}
        self._members: Collection[CodeId] | None = None
        self._dim = False
        self._layers.clicked.connect(self.layers_wanted)
        self._none.button_clicked.connect(self.codebook_wanted)
        self.tree.row_chosen.connect(self._on_tree_row_chosen)
        self.tree.row_activated.connect(self._on_tree_row_activated)
        self.tree.context_menu_wanted.connect(self.context_menu_wanted)

    def count_only(self, coders: Collection[CoderId] | None, whose: str) -> None:
        """Count the codings of some coders from now on, None for all; `whose` says it in words."""
        self._coders = coders
        self.header.set_right(whose)

    def show_members(self, members: Collection[CodeId] | None, *, dim: bool) -> None:
        """Show only the codes of a set from the next `load` on, or grey the others; None for all.

        What stands above a code of the set stays, grey.
        """
        self._members, self._dim = members, dim

    def _narrow(self) -> None:
        members = self._members
        if members is None:
            return
        everything = self.model.codes()
        above = {code.id: code.parent for code in everything}
        kept: set[CodeId] = set()
        for member in members:
            at: CodeId | None = member
            while at is not None and at not in kept:
                kept.add(at)
                at = above.get(at)
        for code in everything:
            index = self.model.index_of(code.id)
            hidden = not self._dim and code.id not in kept
            self.tree.setRowHidden(index.row(), index.parent(), hidden)
        self.model.set_faint([code.id for code in everything if code.id not in members])

    def picked(self) -> list[CodeId]:
        """Return the codes that are picked in the tree, the one at hand where there is no other."""
        rows = self.tree.selectionModel().selectedRows()
        found = (index.data(roles.ID_ROLE) for index in rows)
        return [CodeId(one) for one in found if isinstance(one, int)]

    def load(self, project: ProjectFile) -> None:
        """Read the codes again, keeping what is open and chosen."""
        current = self.tree.current_id()
        for code in self.model.codes():
            index = self.model.index_of(code.id)
            self._expanded[code.id] = self.tree.isExpanded(index)
        everything = project.once(codes.all_codes)
        language = project_info.read(project.connection).language
        self._known_counts = dict(self._counts(project))
        self.model.set_codes(everything, self._known_counts, self.order, language)
        self.tree.setVisible(bool(everything))
        self._none.setVisible(not everything)
        for code in everything:
            opened = self._expanded.get(code.id, True)
            self.tree.setExpanded(self.model.index_of(code.id), opened)
        self._narrow()
        if current is not None and not self.tree.choose(current):
            self.card.show_code(None)
        elif current is not None:
            self._on_tree_row_chosen(current)

    def load_counts(self, project: ProjectFile, among: Collection[CodeId] | None = None) -> None:
        """Read only the counts again, of all codes or of some."""
        if among is None:
            self._known_counts = dict(self._counts(project))
        else:
            for code in among:
                self._known_counts.pop(code, None)
            self._known_counts.update(self._counts(project, among))
        self.model.set_counts(self._known_counts)

    def _counts(
        self, project: ProjectFile, among: Collection[CodeId] | None = None
    ) -> Mapping[CodeId, int]:
        if self._coders is None:
            if among is None:
                return project.once(codes.counts)
            return codes.counts(project.connection, among)
        return by_coder.code_counts(project.connection, self._coders, among)

    def layers_button(self) -> QWidget:
        """Return the button that the menu of layers belongs to."""
        return self._layers

    def current(self) -> Code | None:
        """Return the code at hand."""
        chosen = self.tree.current_id()
        return self.model.code(CodeId(chosen)) if isinstance(chosen, int) else None

    def choose(self, code: CodeId) -> None:
        """Take a code at hand."""
        self.tree.choose(code)

    def _on_tree_row_chosen(self, code: object) -> None:
        if isinstance(code, int):
            self.card.show_code(self.model.code(CodeId(code)))

    def _on_tree_row_activated(self, code: object) -> None:
        if isinstance(code, int):
            self.code_activated.emit(CodeId(code))


class CodeCard(Card):
    """Definition, what to include, what to leave out and an example of the code at hand."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty card, hidden until there is a code."""
        super().__init__(theme, "", parent)
        self._name = QLabel(self)
        self._name.setProperty("kind", "strong")
        self._definition = self._text()
        self.body.addWidget(self._name)
        self.body.addWidget(self._definition)
        self._parts: list[tuple[QWidget, QLabel]] = []
        for title in (tr("Include"), tr("Leave out"), tr("Example"), tr("Keywords")):
            heading = self.add_heading(title)
            text = self._text()
            self.body.addWidget(text)
            self._parts.append((heading, text))
        self.show_code(None)

    def _text(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def show_code(self, code: Code | None) -> None:
        """Show the rules of a code, leaving out fields that are empty."""
        self.setVisible(code is not None)
        if code is None:
            return
        self._name.setText(code.name)
        self.setAccessibleName(tr("Code at hand: {name}", name=code.name))
        self._definition.setText(code.definition)
        self._definition.setVisible(bool(code.definition))
        fields = (code.include, code.exclude, code.example, ", ".join(code.keywords))
        for (heading, label), content in zip(self._parts, fields, strict=True):
            label.setText(content)
            heading.setVisible(bool(content))
            label.setVisible(bool(content))
