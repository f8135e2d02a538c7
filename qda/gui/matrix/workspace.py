"""The matrix workspace: the question above, the table, counting rules below, evidence beside."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.behind import follow_in_sight
from qda.gui.blind import only_coder
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr, tr_n
from qda.gui.matrix import emptiness, engine, memory, tables, voices, words
from qda.gui.matrix.agreeing import Agreeing, Comparison
from qda.gui.matrix.alongside import Alongside
from qda.gui.matrix.commands import matrix_commands
from qda.gui.matrix.drawer import Drawer
from qda.gui.matrix.emptiness import Lacking
from qda.gui.matrix.evidence import MOST, EvidencePane
from qda.gui.matrix.export import MatrixFiles, file_kinds, picture_kinds, show_folder
from qda.gui.matrix.model import Target
from qda.gui.matrix.notes_area import NotesArea
from qda.gui.matrix.query_builder import QueryBuilder
from qda.gui.matrix.question_bar import QuestionBar
from qda.gui.matrix.table import MatrixTable
from qda.gui.matrix.tables import Table
from qda.gui.matrix.voices import VoicesPane
from qda.gui.matrix.writer import CellWriter
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.notice_line import NoticeLine
from qda.gui.workspace import Workspace
from qda.jobs.progress import Progress
from qda.model.changes import Changes
from qda.model.contrast import Contrast
from qda.model.errors import UserError
from qda.model.ids import CoderId, CodingId
from qda.model.matrix import CellKind, Matrix


class MatrixWorkspace(Workspace):
    """Compare."""

    key = "matrix"
    icon = "matrix"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is counted yet."""
        super().__init__(context, parent)
        theme = context.theme
        self.question = Question()
        self._choices: Choices | None = None
        self._stale = True
        self._only: CoderId | None = None
        self._restored = False
        self._counting = False
        self._next_place = ""
        self._written: Path | None = None
        self.files = MatrixFiles(context, self)
        self.bar = QuestionBar(theme, self)
        self.table = MatrixTable(theme, self)
        self.notes = NotesArea(self)
        self.empty = EmptyPlace(theme, "matrix", "", parent=self)
        self.evidence = EvidencePane(theme, self)
        self.alongside = Alongside(self)
        self.writer = CellWriter(self)
        self.voices = VoicesPane(theme, self)
        self._contrast: Contrast | None = None
        self.agreeing = Agreeing(self)
        self._agreement: Comparison | None = None
        self.queries = QueryBuilder(self)
        self.notice = NoticeLine(theme, undo_text=tr("Open the folder"), parent=self)
        self.drawer = Drawer(self)
        self._pages = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Matrix")

    def _lay_out(self) -> None:
        self._main = QFrame(self)
        self._main.setProperty("kind", "paper")
        self._column = QVBoxLayout(self._main)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.voices, 1)
        self._column.addWidget(self.drawer.view, 1)
        self.voices.hide()
        self._column.addWidget(self.notes)
        self._column.addStretch(0)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._main)
        self._splitter.addWidget(self.alongside.beside(self._pages))
        self._splitter.addWidget(self.evidence)
        self._splitter.addWidget(self.queries.pane)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setCollapsible(0, False)
        self._splitter.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.notice)
        self.set_entry(self.table)
        self._set_margins()

    def _set_margins(self) -> None:
        px = self.context.theme.px
        self._column.setContentsMargins(px(20), px(20), px(20), px(16))
        self._column.setSpacing(px(16))

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self.bar.question_changed.connect(self.ask)
        self.bar.export_wanted.connect(self.show_export_menu)
        self.bar.queries.clicked.connect(self.queries.toggle)
        self.queries.pane.quote_wanted.connect(self._on_evidence_quote_wanted)
        self.table.target_chosen.connect(self._on_table_target_chosen)
        self.table.target_activated.connect(self._on_table_target_activated)
        self.table.corner.clicked.connect(self.bar.open_rows)
        self.table.matrix_model.quotes_wanted.connect(self._on_model_quotes_wanted)
        self.evidence.quote_wanted.connect(self._on_evidence_quote_wanted)
        self.alongside.listen()
        self.voices.quote_wanted.connect(self._on_evidence_quote_wanted)
        self.empty.button_clicked.connect(self._on_empty_button_clicked)
        self.files.kind_chosen.connect(self.ask_export)
        self.files.written.connect(self._on_files_written)
        self.notice.undo_wanted.connect(self._on_notice_undo_wanted)

    # ----------------------------------------------------------------------------- following

    def activate(self) -> None:
        """Count anew what changed while something else was in front."""
        if not self._restored:
            self._restored = True
            self._set_widths()
            self.question = memory.kept_question(self.context)
        if self._stale or self._only != only_coder(self.context):
            # Whose codings may be seen is chosen elsewhere.
            self.alongside.clear()
            self.refresh()
            self.queries.refresh()

    def _set_widths(self) -> None:
        kept = self.context.settings.numbers("matrix.panes")
        px = self.context.theme.px
        side = px(336) if self.width() >= px(1200) else px(260)
        self._splitter.setSizes(kept or [max(px(320), self.width() - side), side])
        self.alongside.restore()

    def _on_bridge_changed(self, changes: Changes, _initiator: object) -> None:
        self.alongside.follow(changes)
        if not changes.touches(*engine.TABLES):
            self.agreeing.follow(changes)
            return
        self._stale = True
        self.table.matrix_model.forget_quotes(changes.of("coding"))
        follow_in_sight(self._catch_up, changes, self.context.turns)

    def _catch_up(self) -> None:
        if self._stale and self._restored and self.isVisible():
            self.refresh()
            self.queries.refresh()

    # ------------------------------------------------------------------------------ counting

    def ask(self, question: object) -> None:
        """Show the answer to another question, and remember it."""
        if isinstance(question, Question):
            self.question = question
            memory.keep_question(self.context, question)
            self.refresh()

    def refresh(self) -> None:
        """Count, and show what comes of it; the chosen cell stays where it is still there."""
        session = self.context.bridge.session
        self._stale, self._only = False, only_coder(self.context)
        known = self._choices = engine.choices(session)
        lacking = emptiness.what_is_missing(session, known, self.question.cells)
        if lacking is not None:
            self._show_empty(lacking)
            return
        if texts := engine.uncounted(session, self.question):
            self._count_words(texts)
            return
        if self.question.table == "contrast" and not self.question.groups[0]:
            self.question = replace(self.question, groups=known.first_groups())
        try:
            table = self._build(known)
        except UserError as error:
            self._show_empty(emptiness.unanswerable(error))
            return
        if table is not None:
            self._show(table, known)

    def _build(self, known: Choices) -> Table | None:
        """Count; None while that is done elsewhere. Raises UserError where there is no answer."""
        if self.question.table == "agreement":
            self.question, table = self.agreeing.table(self.question, known)
            return table
        session = self.context.bridge.session
        return tables.build(session, known, self.question, only_coder(self.context))

    def _show_empty(self, lacking: Lacking) -> None:
        self._next_place = lacking.place
        self.empty.set_texts(lacking.title, lacking.text, lacking.button)
        self._pages.setCurrentWidget(self.empty)
        self.agreeing.settler.clear()
        self.table.matrix_model.clear()
        self.show_side()
        self.status_changed.emit([])
        self.trail_changed.emit([], [])

    def _count_words(self, texts: dict[str, str]) -> None:
        """Find the words of many texts in a worker, then show the matrix."""
        if self._counting:
            return
        self._counting = True

        def work(progress: Progress) -> object:
            return engine.find_words(texts, progress)

        self.context.jobs.start(
            tr("Counting words"), work, self._on_words_found, self._on_words_ended
        )

    def _on_words_found(self, found: object) -> None:
        self._counting = False
        if isinstance(found, dict):
            engine.keep_words(self.context.bridge.session, found)
        self.refresh()

    def _on_words_ended(self) -> None:
        self._counting = False
        self.set_cells("segments")

    def _show(self, table: Table, known: Choices) -> None:
        model, matrix = self.table.matrix_model, table.matrix
        self._contrast, self._agreement = table.contrast, table.agreement
        target = self.table.target()
        identity = model.identity(target) if target is not None else None
        shown = model.matrix
        session = self.context.bridge.session
        model.set_matrix(matrix, known, engine.facts(session, self.question), table)
        self.bar.show_question(self.question, known)
        self.table.corner.set_texts(*engine.corner(self.question, known))
        self._pages.setCurrentWidget(self._main)
        self.voices.setVisible(table.contrast is not None)
        self.drawer.show(matrix, known)
        self.show_side()
        if shown is None or shown.spec != matrix.spec or len(shown.rows) != len(matrix.rows):
            self.table.fit()
        # A picture says itself how it was counted.
        said = "" if self.drawer.drawn else words.notes(matrix, self.question, known)
        self.notes.set_text(said)
        self._restore_target(identity, heading=target is not None and target.heading)
        self._show_status(matrix, known)

    def show_side(self) -> None:
        """Show the query that is built at the right, else the evidence, where there is any."""
        building = self.queries.is_open()
        shown = self._pages.currentWidget() is self._main
        here = shown and self._contrast is None and self.drawer.of_cells
        self.evidence.setVisible(here and not building)
        self.alongside.show_or_hide(possible=here and not building)
        if building and self._splitter.sizes()[-1] == 0:
            px = self.context.theme.px
            side = px(360) if self.width() >= px(1200) else px(300)
            self._splitter.setSizes([max(px(320), self.width() - side), 0, side])

    def _restore_target(self, identity: tuple[object, object] | None, *, heading: bool) -> None:
        model = self.table.matrix_model
        target = model.find(identity) if identity is not None else None
        if target is not None:
            target = replace(target, heading=heading)
        if target is None:
            if not model.rowCount() or not model.columnCount():
                self.evidence.clear()
                return
            target = model.target(0, 0)
        self.table.choose(target, reveal=False)
        self._show_evidence(target)

    def _show_status(self, matrix: Matrix, known: Choices) -> None:
        crumb = engine.crumb(self.question, known)
        self.trail_changed.emit([crumb[:1].upper() + crumb[1:]], [])
        if self._contrast is not None:
            self.status_changed.emit(voices.status(self._contrast))
            return
        if self._agreement is not None:
            self.status_changed.emit(self._agreement.status())
            return
        total = matrix.total
        filled = sum(bool(value) for row in matrix.cells for value in row)
        self.status_changed.emit(
            [
                words.count_words(total),
                tr_n("{n} document", "{n} documents", total.documents),
                tr_n("{n} cell with content", "{n} cells with content", filled),
            ]
        )

    # ------------------------------------------------------------------------------ evidence

    def _on_table_target_chosen(self, target: object) -> None:
        if isinstance(target, Target):
            self._show_evidence(target)

    def _on_table_target_activated(self, target: object) -> None:
        del target
        if self.writer.can_write():
            self.writer.write()
        else:
            self.enter_evidence()

    def enter_evidence(self) -> None:
        """Give the keyboard to the quotes that are shown."""
        listed = [self.evidence.quotes, *(side.quotes for side in self.voices.sides)]
        shown = next((one for one in listed if one.isVisible() and one.quotes()), None)
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
            if shown.current_id() is None:
                shown.choose(shown.quotes()[0].id)

    def _show_evidence(self, target: Target) -> None:
        model = self.table.matrix_model
        if self._agreement is None:
            self.agreeing.settler.clear()
        if self._contrast is not None:
            self._show_voices(self._contrast, target)
            return
        written = self.writer.show(target)
        if written is not None:
            quotes, total, marks = written
            self.evidence.show_quotes(model.title(target), quotes, total, marks)
            return
        if self._agreement is not None:
            self.agreeing.show_evidence(self._agreement, target)
            return
        steps = model.steps(target)
        if steps is not None:
            listed = engine.steps(self.context.bridge.session, steps[:MOST])
            self.evidence.show_steps(model.title(target), listed, len(steps))
            return
        ids = model.evidence(target)
        found = engine.quotes(self.context.bridge.session, ids[:MOST])
        self.evidence.show_quotes(model.title(target), found, len(ids))

    def show_evidence(self) -> None:
        """Show anew what stands behind the chosen cell."""
        target = self.table.target()
        if target is not None:
            self._show_evidence(target)

    def _show_voices(self, found: Contrast, target: Target) -> None:
        topics = (*found.themes, found.all)
        topic = topics[target.row if target.row is not None else -1]
        session = self.context.bridge.session
        left, right = (
            engine.quotes(session, voice.evidence[:MOST]) for voice in (topic.left, topic.right)
        )
        self.voices.show_voices(found, topic, (left, right))

    def _on_model_quotes_wanted(self, codings: list[CodingId]) -> None:
        found = engine.quotes(self.context.bridge.session, codings)
        self.table.matrix_model.add_quotes({one.id: one.text for one in found})

    def _on_evidence_quote_wanted(self, coding: object) -> None:
        if isinstance(coding, int):
            found = self._agreement if self.evidence.isVisible() else None
            compared = found.report.spec.coders if found is not None else None
            place = Place("coding", coding=CodingId(coding), compared=compared)
            self.context.navigator.go(place)

    def choose(self, target: Target) -> None:
        """Choose a cell and show what stands behind it."""
        self.table.choose(target)
        self._show_evidence(target)

    def open_quote(self) -> None:
        """Open the current quote, else the first one, in its transcript; or what is read."""
        if self.alongside.has_keyboard():
            self.alongside.open_source()
            return
        (self.evidence if self._contrast is None else self.voices).open.click()

    # ------------------------------------------------------------------------------- commands

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return matrix_commands(self)

    def set_cells(self, kind: CellKind) -> None:
        """Let the cells show something else."""
        self.ask(self.question.with_cells(kind))

    def reset(self) -> None:
        """Ask the first question again."""
        self.ask(engine.choices(self.context.bridge.session).first_question())

    def _on_empty_button_clicked(self) -> None:
        if self._next_place == emptiness.NEW_PROPOSITION:
            self.writer.ask_proposition()
        elif self._next_place:
            self.context.navigator.go(Place(self._next_place))
        else:
            self.reset()

    # -------------------------------------------------------------------------------- export

    def show_export_menu(self) -> None:
        """Offer the kinds of files."""
        kinds = file_kinds(contrast=self._contrast is not None)
        if self.drawer.drawn:
            kinds = [*picture_kinds(), *kinds]
        self.files.offer(self.bar.export, kinds)

    def ask_export(self, ending: str) -> None:
        """Ask where to write a file of that kind, and write it."""
        if self.table.matrix_model.matrix is None or self._choices is None:
            return
        name = engine.crumb(self.question, self._choices).replace("/", "-")
        path = self.files.ask_path(ending, name)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the matrix as shown to a file; its ending says of what kind."""
        if self.table.matrix_model.matrix is None or self._choices is None:
            return
        ending = path.suffix.casefold()
        if self.drawer.drawn and ending in dict(picture_kinds()):
            self.files.write_picture(path, self.drawer.for_print(paged=ending == ".pdf"))
            return
        if self._contrast is not None:
            self.files.write_contrast(path, self._contrast)
            return
        if self._agreement is not None:
            standing = self.agreeing.settler.standing
            self.files.write_agreement(path, self._agreement, standing)
            return
        session, only = self.context.bridge.session, only_coder(self.context)
        self.files.write(path, tables.whole(session, self._choices, self.question, only))

    def _on_files_written(self, path: object) -> None:
        if isinstance(path, Path):
            self._written = path
            self.notice.show_notice(tr("Written: {name}", name=path.name))

    def _on_notice_undo_wanted(self) -> None:
        if self._written is not None:
            show_folder(self._written)

    # --------------------------------------------------------------------------------- window

    def show_place(self, place: Place) -> None:
        """Choose the row of a case or the column of a code, where they are shown."""
        if place.case is None and place.code is None:
            return
        self.activate()
        known, matrix = self._choices, self.table.matrix_model.matrix
        if known is None or matrix is None:
            return
        wanted = {one.guid for one in known.entities.cases if one.id == place.case}
        wanted |= {one.guid for one in known.entities.codes if one.id == place.code}
        row = next((at for at, one in enumerate(matrix.rows) if one.guid in wanted), None)
        column = next((at for at, one in enumerate(matrix.columns) if one.guid in wanted), None)
        if row is not None or column is not None:
            self.choose(Target(row, column))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        super().set_theme(theme)
        self.voices.set_theme(theme)
        self.queries.pane.set_theme(theme)
        self.drawer.set_theme(theme)
        self.alongside.set_theme(theme)
        self._set_margins()

    def save_state(self) -> None:
        """Save what is being written, and keep the widths of the panes."""
        self.writer.pane.save()
        self.agreeing.settler.pane.save()
        if self._restored and self.evidence.isVisible():
            self.context.settings.set("matrix.panes", self._splitter.sizes())
            self.alongside.keep()
