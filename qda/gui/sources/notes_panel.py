"""Memos on a source, and the comments and footnotes that stood beside its text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qda.gui.context import Context, Place
from qda.gui.language import tr
from qda.gui.memo_section import MemoSection
from qda.gui.sources.fields import sentence
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.model.entities import NoteKind, SourceNote, Thing
from qda.model.ids import DocumentId
from qda.store import documents

GLIMPSE = 60


class NotesPanel(QWidget):
    """Read notes, and go to where they stand."""

    open_wanted = Signal(object)
    """The user wants to see where a note stands.

    Parameters: its `Place`.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build an empty list."""
        super().__init__(parent)
        self._context = context
        self._notes: tuple[SourceNote, ...] = ()
        self.list = QuoteList(context.theme, tr("Comments and footnotes"), self)
        self._nothing = sentence(tr("The file had no comments or footnotes beside its text."), self)
        self.memos = MemoSection(context, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.memos)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        self.list.quote_activated.connect(self._on_list_quote_activated)

    def load(self, document: DocumentId | None) -> None:
        """Show the notes of a document."""
        connection = self._context.bridge.project.connection
        self.memos.show_thing(Thing("document", document) if document is not None else None)
        self._notes = documents.notes(connection, document) if document is not None else ()
        text = documents.text(connection, document) if document and self._notes else ""
        self.list.set_quotes(
            [
                QuoteRow(place, note.text, _attribution(note, text))
                for place, note in enumerate(self._notes)
            ]
        )
        self._nothing.setVisible(not self._notes)
        self.list.setVisible(bool(self._notes))

    def _on_list_quote_activated(self, place: object) -> None:
        if isinstance(place, int):
            note = self._notes[place]
            self.open_wanted.emit(
                Place("coding", document=note.document, start=note.start, end=note.end)
            )


def _attribution(note: SourceNote, text: str) -> str:
    parts = [_kind_name(note.kind), note.author]
    where = " ".join(text[note.start : min(note.end, note.start + GLIMPSE)].split())
    if where:
        parts.append(tr("at «{words}»", words=where))
    return " · ".join(part for part in parts if part)


def _kind_name(kind: NoteKind) -> str:
    names = {"comment": tr("Comment"), "footnote": tr("Footnote"), "endnote": tr("Endnote")}
    return names[kind]
