"""The segments of a code across all documents, below the transcript."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui import colors
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.transcripts.layers import Sight
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.lazy_rows import LazyRows
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.model.entities import Code, Coding
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.operations.codes import descendants
from qda.store import codes, codings, documents
from qda.store.coders import all_coders
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
        self._list = QuoteList(theme, tr("Segments"), self, several=True)
        self._count = QLabel(self)
        self._count.setProperty("kind", "muted")
        self.recode = self._button("")
        self.split = self._button(tr("Make a new code of them …"))
        self.uncode = self._button(tr("Remove the codings"))
        self._acts = QFrame(self)
        self._acts.setProperty("kind", "pane")
        self._flow = FlowLayout(self._acts, theme.px(6))
        for widget in (self._count, self.recode, self.split, self.uncode):
            self._flow.addWidget(widget)
        self._writable = False
        self._target: Code | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._acts)
        layout.addWidget(self._list, 1)
        self.set_theme(theme)
        self.hide()
        self._close.clicked.connect(self.closed)
        self._list.quote_activated.connect(self._on_list_quote_activated)
        self._list.selection_altered.connect(self._show_acts)
        self._show_acts()

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("kind", "link")
        return button

    def picked(self) -> list[CodingId]:
        """Return the segments that are selected in the list."""
        return [CodingId(one) for one in self._list.selected_ids() if isinstance(one, int)]

    def pick(self, segments: Iterable[CodingId]) -> None:
        """Select some segments in the list."""
        self._list.select_ids(segments)

    def offer(self, target: Code | None, *, writable: bool) -> None:
        """Say which code the picked segments can be given, and whether anything can be changed."""
        self._target, self._writable = target, writable
        self._show_acts()

    def _show_acts(self) -> None:
        """Say how many segments are picked and what can be done with them."""
        count = len(self.picked())
        self._acts.setVisible(self._writable and count > 0)
        self._count.setText(tr_n("{n} picked", "{n} picked", count))
        target = self._target
        if target is not None:
            name = target.name.replace("&", "&&")
            self.recode.setText(tr("Give them «{code}» instead", code=name))
        same = target is None or (self._code is not None and target.id == self._code.id)
        self.recode.setVisible(not same)
        self._acts.updateGeometry()

    @property
    def code(self) -> Code | None:
        """Return the code whose segments are listed."""
        return self._code

    def load(self, project: ProjectFile, code: Code, sight: Sight, whose: str = "") -> None:
        """List the segments of `code` and of the codes below it, as far as they are in sight."""
        self._code = code
        connection = project.connection
        everything = codes.all_codes(connection)
        by_id = {one.id: one for one in everything}
        names = {one.id: one.name for one in documents.listed(connection)}
        starts = codings.starts_of_codes(connection, descendants(everything, code.id))
        coders = {one.id for one in all_coders(connection) if sight.of_coder(one.id)}
        found = [
            coding
            for document in sorted(starts, key=lambda one: (names[one], one))
            for _start, coding, coder in starts[document]
            if coder in coders
        ]

        def made(chosen: Sequence[object]) -> list[QuoteRow]:
            wanted = [one for one in chosen if isinstance(one, int)]
            known = codings.among(connection, map(CodingId, wanted))
            return [self._row(one, known.get(CodingId(one)), names, by_id) for one in wanted]

        self._list.set_quotes(LazyRows(found, made))
        self._header.set_title(tr("Segments coded with {code}", code=code.name))
        count = str(len(found))
        self._header.set_right(f"{whose} · {count}" if whose else count)

    def _row(
        self,
        number: int,
        coding: Coding | None,
        names: Mapping[DocumentId, str],
        by_id: Mapping[CodeId, Code],
    ) -> QuoteRow:
        if coding is None or coding.document not in names or coding.code not in by_id:
            # What went a moment ago is in sight until the list is read again.
            return QuoteRow(number, "", "")
        code = by_id[coding.code]
        return QuoteRow(
            number,
            f"«{coding.quote.strip()}»",
            f"{names[coding.document]} · {code.name}",
            colors.code_color(code.color, self._theme),
            thing=("coding", number),
        )

    def count(self) -> int:
        """Return how many segments are listed."""
        return self._list.count()

    def choose(self, coding: CodingId) -> None:
        """Mark a segment in the list."""
        self._list.choose(coding)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self._list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._flow.setContentsMargins(side, 0, side, theme.px(4))
        for widget in (self._count, self.recode, self.split, self.uncode):
            widget.setFixedHeight(theme.px(24))

    def _on_list_quote_activated(self, coding: object) -> None:
        if isinstance(coding, int):
            self.segment_activated.emit(CodingId(coding))
