"""The transcript alongside the cell that is written in: it follows the cell, and gives evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from qda.gui.blind import only_coder
from qda.gui.context import Place
from qda.gui.language import tr, tr_n
from qda.gui.matrix import judging
from qda.gui.matrix.alongside_pane import AlongsidePane
from qda.gui.matrix.cell_text import CellMarks, CellReading, covering
from qda.gui.theme import Theme
from qda.gui.transcripts.layers import Sight
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.going_round import go_round
from qda.gui.widgets.turning_splitter import TurningSplitter
from qda.model.changes import Changes
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.operations.codes import descendants
from qda.store import codes, documents
from qda.text.spans import Span, trimmed

if TYPE_CHECKING:
    from qda.analysis.cell_sources import CellSource
    from qda.gui.matrix.judging import CellKey
    from qda.gui.matrix.workspace import MatrixWorkspace

SHOWN, ZOOM, SHARE = "matrix.alongside", "matrix.alongside.zoom", "matrix.alongside.share"
SIDE_BY_SIDE = 860
"""Pixels at 100 % from which table and transcript stand side by side."""
_TEXTS = ("document", "text_body", "turn", "participant")
_CODINGS = ("coding", "code", "coder")


class Alongside(QObject):
    """Between the cell at hand, the pane that its sources are read in, and the project."""

    def __init__(self, workspace: MatrixWorkspace) -> None:
        """Make the pane; it reads when a cell is shown that can be written in."""
        super().__init__(workspace)
        self._workspace = workspace
        self._context = workspace.context
        self.pane = AlongsidePane(self._context.theme, workspace)
        self.pane.hide()
        self._splitter = TurningSplitter(self._context.theme, SIDE_BY_SIDE, workspace)
        self._key: CellKey | None = None
        self._passages: Sequence[CodingId] = ()
        self._marks: Mapping[CodingId, str] = {}
        self._sources: tuple[CellSource, ...] = ()
        self._reading = CellReading()
        self._open: OpenDocument | None = None
        self._read_for: CellKey | None = None
        self._drawn: object = None
        self._here: list[Span] = []
        self._places: dict[DocumentId, int] = {}
        self._telling = False
        settings = self._context.settings
        self.wanted = settings.flag(SHOWN, default=True)
        self.pane.view.set_zoom(round(settings.number(ZOOM, 100)))
        self._connect()

    def _connect(self) -> None:
        pane, view = self.pane, self.pane.view
        pane.source_chosen.connect(self._on_pane_source_chosen)
        pane.step_wanted.connect(self.step)
        pane.pin_wanted.connect(self._on_pane_pin_wanted)
        pane.close_wanted.connect(self.toggle)
        view.segment_selected.connect(self._on_view_segment_selected)
        view.selection_changed.connect(self._on_view_selection_changed)
        view.zoom_changed.connect(self._on_view_zoom_changed)
        view.context_menu_wanted.connect(self._on_view_context_menu_wanted)

    def listen(self) -> None:
        """Listen to the panes beside this one, once they are made."""
        workspace = self._workspace
        workspace.evidence.passage_wanted.connect(self.show_passage)
        workspace.evidence.beside.clicked.connect(self.toggle)
        self.pane.move_wanted.connect(workspace.writer.move)
        self.pane.left.connect(workspace.table.setFocus)

    def beside(self, pages: QWidget) -> QWidget:
        """Return the pages of the workspace with the pane beside them, or below."""
        self._splitter.addWidget(pages)
        self._splitter.addWidget(self.pane)
        return self._splitter

    def restore(self) -> None:
        """Share the room out as the last time."""
        self._splitter.set_share(self._context.settings.number(SHARE, 0.54))

    def keep(self) -> None:
        """Keep how the room is shared out."""
        self._context.settings.set(SHARE, round(self._splitter.share(), 3))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self.pane.set_theme(theme)
        self._splitter.set_theme(theme)

    # -------------------------------------------------------------------------------- showing
    def is_shown(self) -> bool:
        """Tell whether the pane is in sight, or would be if the window were."""
        return not self.pane.isHidden()

    def toggle(self) -> None:
        """Show the pane where cells are written in, or hide it; that is remembered."""
        had = self.has_keyboard()
        self.wanted = not self.wanted
        self._context.settings.set(SHOWN, self.wanted)
        self._workspace.show_side()
        if had and not self.is_shown():
            self._workspace.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def writes_cells(self) -> bool:
        """Tell whether the table has cells that are written in."""
        matrix = self._workspace.table.matrix_model.matrix
        return matrix is not None and judging.is_written(matrix)

    def show_or_hide(self, *, possible: bool) -> None:
        """Show the pane where that is wanted, `possible` and of use; hide it elsewhere."""
        of_use = possible and self.writes_cells()
        shown = of_use and self.wanted
        self._workspace.evidence.set_alongside(shown=shown, offered=of_use and not shown)
        if shown == self.is_shown():
            return
        self.pane.setVisible(shown)
        self._splitter.share_out()
        if shown:
            self._load()

    def has_keyboard(self) -> bool:
        """Tell whether one works in the transcript."""
        return self.is_shown() and self._workspace.focusWidget() is self.pane.view

    def enter(self) -> None:
        """Give the keyboard to the transcript; show it where it is hidden."""
        if not self.is_shown():
            self.toggle()
        if self._open is not None:
            self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        """Give the keyboard to the next pane: table, transcript, what is written, quotes."""
        workspace = self._workspace
        panes = (
            workspace.table, workspace.drawer.view.canvas, self.pane.view,
            workspace.writer.pane.text, workspace.evidence.quotes,
        )  # fmt: skip
        shown = [one for one in panes if one.isVisible()]
        if shown:
            go_round(shown, workspace.focusWidget() or workspace)

    def follow(self, changes: Changes) -> None:
        """Take in what changed; it is shown when the cell is shown anew."""
        if self._open is None:
            return
        if changes.touches(*_TEXTS):
            self._forget(keep_place=True)
        elif changes.touches(*_CODINGS):
            self._open.reload_codings()
            self._drawn = None

    def clear(self) -> None:
        """Show no source: another project, or nobody's codings, are read from now on."""
        self._forget()
        self._places.clear()

    def _forget(self, *, keep_place: bool = False) -> None:
        if self._open is not None and keep_place:
            self._places[self._open.document.id] = self.pane.view.place()
        self._open = self._drawn = None

    def show(
        self, key: CellKey | None, passages: Sequence[CodingId], marks: Mapping[CodingId, str]
    ) -> None:
        """Follow to a cell: `passages` stand in it, `marks` are the words on its evidence."""
        self._key, self._passages, self._marks = key, passages, marks
        if self.is_shown():
            self._load()

    def _load(self) -> None:
        key = self._key
        if key is None:
            self._read_for = None
            self._forget(keep_place=True)
            self.pane.show_nothing(tr("Choose a cell to read what was said."))
            return
        from qda.analysis.cell_sources import sources_of  # lazy: it brings numpy

        snapshot = self._context.bridge.session.snapshot()
        only = only_coder(self._context)
        self._sources = sources_of(snapshot, key.subject, key.subject_id, self._passages, only)
        if not self._sources:
            self._forget()
            self.pane.show_nothing(tr("No source is linked with this row."))
            return
        another = key != self._read_for
        self._read_for = key
        self._reading = CellReading(self._codes(key), frozenset(self._passages), self._marks)
        self._read(self._source_at_hand(another=another), afresh=another)

    def _codes(self, key: CellKey) -> frozenset[CodeId]:
        """Return the code of a cell with those below it, none for a proposition."""
        if key.code is None:
            return frozenset()
        everything = codes.all_codes(self._context.bridge.project.connection)
        return frozenset({key.code, *descendants(everything, key.code)})

    def _source_at_hand(self, *, another: bool) -> int:
        """Return the place of the source to read: the same one, unless only others say anything."""
        here = self.document()
        place = next((at for at, one in enumerate(self._sources) if one.document == here), 0)
        stays = not another or self._sources[place].passages or not self._sources[0].passages
        return place if stays else 0

    # -------------------------------------------------------------------------------- reading
    def _read(self, place: int, *, afresh: bool) -> None:
        """Read the source at a place of the list; `afresh` from the first passage on."""
        source, view = self._sources[place], self.pane.view
        opening = self.document() != source.document
        if opening:
            self._open_source(source.document)
        opened = self._open
        if opened is None:
            return
        self.pane.show_sources([self._source_words(one) for one in self._sources], place)
        self._draw(opened)
        if afresh and self._here:
            view.set_selection(self._here[0].start, self._here[0].start)
            view.select_segment(self._here[0].id)
        elif opening:
            view.set_place(self._places.get(source.document, 0))
        self._show_standing()

    def _open_source(self, number: DocumentId) -> None:
        self._forget(keep_place=True)
        session = self._context.bridge.session
        found = documents.by_id(session.project.connection, number)
        if found is None:
            return
        only = only_coder(self._context)
        sight = Sight(frozenset({only}) if only is not None else None)
        self._open = OpenDocument(session.project, found, session.coder, sight)
        self.pane.name_source(found.name)
        self.pane.view.set_document(self._open.transcript())

    def _draw(self, opened: OpenDocument) -> None:
        """Mark what counts for the cell, unless it is marked so already."""
        state = opened.document.id, self._reading
        if self._drawn == state:
            return
        self._drawn = state
        self._here = self._reading.passages_of(opened)
        known = {one.id: one for one in codes.all_codes(self._context.bridge.project.connection)}
        marks = CellMarks(opened, known, self._reading)
        self.pane.view.set_segments_of(marks, self._reading.spans_of(opened))

    @staticmethod
    def _source_words(source: CellSource) -> str:
        if not source.passages:
            return source.name
        said = tr_n("{n} segment", "{n} segments", len(source.passages))
        return f"{source.name} – {said}"

    def _on_pane_source_chosen(self, place: int) -> None:
        if 0 <= place < len(self._sources):
            self._read(place, afresh=True)

    # ------------------------------------------------------------------------------- passages
    def can_step(self) -> bool:
        """Tell whether there is a passage to go to."""
        return self.is_shown() and self._open is not None and bool(self._passages)

    def step(self, by: int) -> None:
        """Go to the next passage of the cell, or the one before, in whichever source it stands."""
        if not self.can_step():
            return
        found = self._next(by)
        if found is None:
            found = self._in_another_source(by)
        if found is not None:
            self._go(found)

    def _next(self, by: int) -> Span | None:
        view, passages = self.pane.view, self._here
        chosen = view.selected_segment()
        at = next((at for at, one in enumerate(passages) if one.id == chosen), None)
        if at is not None:
            at += by
            return passages[at] if 0 <= at < len(passages) else None
        caret = view.caret()
        if by > 0:
            return next((one for one in passages if one.start >= caret), None)
        return next((one for one in reversed(passages) if one.start < caret), None)

    def _in_another_source(self, by: int) -> Span | None:
        """Read on in the next source with passages; past the last one, the first again."""
        here = self.document()
        order = [at for at, one in enumerate(self._sources) if one.passages][::by]
        last = next(at for at, one in enumerate(self._sources) if one.document == here)
        beyond = [at for at in order if (at - last) * by > 0]
        if not order:
            return None
        self._read((beyond or order)[0], afresh=False)
        return self._here[0 if by > 0 else -1] if self._here else None

    def show_passage(self, coding: object) -> None:
        """Bring a coding of the cell in sight, in its source."""
        if not self.is_shown() or self._telling or not isinstance(coding, int):
            return
        place = next((at for at, one in enumerate(self._sources) if coding in one.passages), None)
        if place is None:
            return
        self._read(place, afresh=False)
        assert self._open is not None  # noqa: S101 - it was read
        span = self._open.codings.places.get(CodingId(coding))
        if span is not None:
            self._go(span)

    def _go(self, span: Span) -> None:
        view = self.pane.view
        view.set_selection(span.start, span.start)
        view.select_segment(span.id)
        self._tell(span.id)

    def _tell(self, coding: int) -> None:
        """Let the list of quotes stand at the same passage."""
        self._telling = True
        self._workspace.evidence.quotes.choose(CodingId(coding))
        self._telling = False
        self._show_standing()

    def _on_view_segment_selected(self, segment: object) -> None:
        if isinstance(segment, int):
            self._tell(segment)
        self._show_standing()

    def _on_view_selection_changed(self, start: int, end: int) -> None:
        view = self.pane.view
        if start != end and view.selected_segment() is not None:
            view.select_segment(None)
        self._show_standing()

    def _on_view_zoom_changed(self, percent: int) -> None:
        self._context.settings.set(ZOOM, percent)

    def _show_standing(self) -> None:
        """Say which passage is at hand, and what the button for evidence does with it."""
        if self._open is None or self._key is None:
            return
        passages = self._here
        chosen = self.pane.view.selected_segment()
        at = next((at for at, one in enumerate(passages, start=1) if one.id == chosen), None)
        if at is not None:
            standing = tr("{n} of {all}", n=at, all=len(passages))
        else:
            standing = tr_n("{n} segment", "{n} segments", len(passages))
        self.pane.show_standing(standing, steps=bool(self._passages))
        self._show_pin()

    def _show_pin(self) -> None:
        at_hand = self.at_hand()
        if isinstance(at_hand, tuple):
            text = tr("Code and pin as evidence")
        elif at_hand is not None and at_hand in self._marks:
            text = tr("No longer evidence")
        else:
            text = tr("Pin as evidence")
        self.pane.show_pin(text, enabled=self.can_pin())

    # ------------------------------------------------------------------------------- evidence
    def at_hand(self) -> CodingId | tuple[int, int] | None:
        """Return the coding that would be evidence, or the stretch to be coded for it.

        A selection within a passage of the cell means that passage.
        """
        stretch = self.stretch()
        if stretch is None:
            chosen = self.pane.view.selected_segment()
            return CodingId(chosen) if chosen is not None else None
        around = covering(self._here, *stretch)
        return CodingId(around.id) if around is not None else stretch

    def stretch(self) -> tuple[int, int] | None:
        """Return what is selected, without white space at its edges; None where nothing is."""
        selected = self.pane.view.selection()
        if self._open is None or selected is None:
            return None
        start, end = trimmed(self._open.text, *selected)
        return (start, end) if start < end else None

    def passage_at(self, stretch: tuple[int, int], key: CellKey) -> CodingId | None:
        """Return the shortest coding around a stretch that would stand in a cell by its code."""
        if self._open is None:
            return None
        family = self._codes(key)
        spans = [one for one in self._open.spans() if not family or one.key in family]
        around = covering(spans, *stretch)
        return CodingId(around.id) if around is not None else None

    def can_pin(self) -> bool:
        """Tell whether what is selected can be evidence in the cell."""
        writer = self._workspace.writer
        at_hand = self.at_hand()
        if at_hand is None or self._key is None or not writer.takes_evidence():
            return False
        return self._key.code is not None or not isinstance(at_hand, tuple)

    def open_source(self) -> None:
        """Go on in the coding room with what is selected, or where the caret is."""
        document, at_hand = self.document(), self.at_hand()
        if document is None:
            return
        if at_hand is not None and not isinstance(at_hand, tuple):
            place = Place("coding", coding=at_hand)
        else:
            start, end = at_hand or (self.pane.view.caret(),) * 2
            place = Place("coding", document=document, start=start, end=end)
        self._context.navigator.go(place)

    def _on_view_context_menu_wanted(self, where: QPoint) -> None:
        menu = QMenu(self.pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pin = menu.addAction(self.pane.pin.text(), self._workspace.writer.pin_at_hand)
        pin.setEnabled(self.pane.pin.isEnabled())
        menu.addAction(tr("Open in the coding room"), self.open_source)
        copy = menu.addAction(tr("Copy"), self.pane.view.copy)
        copy.setEnabled(self.stretch() is not None)
        menu.popup(where)

    def document(self) -> DocumentId | None:
        """Return the source that is read."""
        return self._open.document.id if self._open is not None else None

    def show_coded(self, coding: CodingId) -> None:
        """Let a coding that was just made be the one at hand."""
        opened = self._open
        span = opened.codings.places.get(coding) if opened is not None else None
        if span is not None:
            self.pane.view.set_selection(span.end, span.end)
            self.pane.view.select_segment(coding, reveal=False)
            self._tell(coding)

    def _on_pane_pin_wanted(self) -> None:
        self._workspace.writer.pin_at_hand()
