"""The segments of a code across all documents, below the transcript."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qda.gui import colors
from qda.gui.coding.layers import Sight
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.model.entities import Code
from qda.model.ids import CodingId
from qda.operations.codes import descendants
from qda.store import codes, codings, documents
from qda.store.project_file import ProjectFile


class SegmentList(QFrame):
    """List what is coded with a code or those below it; jump to a place."""

    segment_activated = Signal(object)
    """The user wants to see a segment in its transcript.

    Parameters: its CodingId.
    """
    closed = Signal()
    """The user closed the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build a hidden list."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self._code: Code | None = None
        self._header = PaneHeader(theme, tr("Segments"), "", self)
        self._close = self._header.add_button("close", tr("Close the list"))
        self._list = QuoteList(theme, tr("Segments"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._list, 1)
        self.hide()
        self._close.clicked.connect(self.closed)
        self._list.quote_activated.connect(self._on_list_quote_activated)

    @property
    def code(self) -> Code | None:
        """Return the code whose segments are listed."""
        return self._code

    def load(self, project: ProjectFile, code: Code, sight: Sight, whose: str = "") -> None:
        """List the segments of `code` and of the codes below it, as far as they are in sight."""
        self._code = code
        everything = codes.all_codes(project.connection)
        by_id = {one.id: one for one in everything}
        names = {one.id: one.name for one in documents.all_documents(project.connection)}
        found = [
            coding
            for member in descendants(everything, code.id)
            for coding in codings.of_code(project.connection, member)
            if sight.of_coder(coding.coder)
        ]
        found.sort(key=lambda one: (names[one.document], one.start, one.id))
        self._list.set_quotes(
            [
                QuoteRow(
                    coding.id,
                    f"«{coding.quote.strip()}»",
                    f"{names[coding.document]} · {by_id[coding.code].name}",
                    colors.code_color(by_id[coding.code].color, self._theme),
                )
                for coding in found
            ]
        )
        self._header.set_title(tr("Segments coded with {code}", code=code.name))
        count = str(len(found))
        self._header.set_right(f"{whose} · {count}" if whose else count)

    def count(self) -> int:
        """Return how many segments are listed."""
        return len(self._list.quotes())

    def choose(self, coding: CodingId) -> None:
        """Mark a segment in the list."""
        self._list.choose(coding)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self._list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme

    def _on_list_quote_activated(self, coding: object) -> None:
        if isinstance(coding, int):
            self.segment_activated.emit(CodingId(coding))
