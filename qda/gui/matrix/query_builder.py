"""Let the user build queries: what the pane tells becomes another draft, or an operation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qda.gui.blind import only_coder
from qda.gui.filter_sheet import FilterSheet, Sheet
from qda.gui.language import say, tr
from qda.gui.matrix import engine, query_draft
from qda.gui.matrix.evidence import MOST
from qda.gui.matrix.query_draft import Draft
from qda.gui.matrix.query_pane import QueryPane
from qda.gui.matrix.query_sheets import CodeSheet, ConditionSheet
from qda.gui.models.question import Filter, Question
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.model.ids import Guid
from qda.model.queries import Condition, SavedQuery
from qda.operations import queries

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.gui.matrix.workspace import MatrixWorkspace


class QueryBuilder(QObject):
    """Between the pane of queries, the project and the table."""

    def __init__(self, workspace: MatrixWorkspace) -> None:
        """Make the pane; it is hidden until it is wanted."""
        super().__init__(workspace)
        self._workspace = workspace
        self._context = workspace.context
        self.pane = QueryPane(self._context.theme, workspace)
        self.pane.hide()
        self.draft = Draft()
        self._counting = False
        self._sheet: Sheet | None = None
        self._editing: int | None = None
        pane = self.pane
        pane.codes.add.clicked.connect(self.open_codes)
        pane.codes.clicked.connect(self.open_codes)
        pane.limits.add.clicked.connect(self.open_limits)
        pane.conditions.add.clicked.connect(self.open_condition)
        pane.code_removed.connect(self._on_pane_code_removed)
        pane.limit_removed.connect(self._on_pane_limit_removed)
        pane.condition_removed.connect(self._on_pane_condition_removed)
        pane.condition_wanted.connect(self.open_condition)
        pane.together_chosen.connect(self._on_pane_together_chosen)
        pane.kept_chosen.connect(self._on_pane_kept_chosen)
        pane.name_written.connect(self._on_pane_name_written)
        pane.close_wanted.connect(self.toggle)
        pane.save_wanted.connect(self.save)
        pane.remove_wanted.connect(self.remove)
        pane.use_wanted.connect(self.use)

    # -------------------------------------------------------------------------------- showing
    def is_open(self) -> bool:
        """Tell whether a query is being built."""
        return not self.pane.isHidden()

    def toggle(self) -> None:
        """Open the pane and put the keyboard there, or close it."""
        self.pane.setVisible(not self.is_open())
        self._workspace.show_side()
        if self.is_open():
            self.refresh()
            self.pane.codes.add.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._workspace.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def can_save(self) -> bool:
        """Tell whether there is anything to keep."""
        return self.is_open() and self.pane.save.isEnabled()

    def can_remove(self) -> bool:
        """Tell whether there is a saved query at hand."""
        known = self.is_open() and self.draft.saved is not None
        return known and not self._context.bridge.project.read_only

    def can_use(self) -> bool:
        """Tell whether the query at hand is a saved one."""
        return self.is_open() and self.draft.saved is not None and not self.draft.changed

    def set_draft(self, draft: Draft) -> None:
        """Build on from another draft."""
        self.draft = draft
        self.refresh()

    def refresh(self) -> None:
        """Show the draft, and what it finds in the project as it is now."""
        if not self.is_open():
            return
        session = self._context.bridge.session
        saved = query_draft.kept(session)
        self._follow(saved)
        draft, query = self.draft, self.draft.query
        names, known = query_draft.code_names(session), engine.choices(session)
        phrases = [query_draft.condition_sentence(session, one) for one in query.conditions]
        self.pane.show_draft(draft, saved, names, known, phrases)
        self.pane.set_writable(writable=not self._context.bridge.project.read_only)
        sentence = query_draft.sentence(session, query)
        texts = query_draft.uncounted(session, query)
        if texts:
            self.pane.show_found(sentence, [], 0, tr("Counting words"))
            self._count_words(texts)
            return
        try:
            ids = query_draft.found(session, query, only_coder(self._context))
        except UserError as error:
            self.pane.show_found(sentence, [], 0, say(error.message))
            return
        self.pane.show_found(sentence, engine.quotes(session, ids[:MOST]), len(ids))

    def _follow(self, saved: tuple[SavedQuery, ...]) -> None:
        """Take in what became of the saved query that is being changed."""
        known = self.draft.saved
        if known is None:
            return
        now = next((one for one in saved if one.id == known.id), None)
        if now is None:
            self.draft = replace(self.draft, saved=None)
        elif now != known:
            untouched = not self.draft.changed
            self.draft = (
                Draft(now.query, now.name, now) if untouched else replace(self.draft, saved=now)
            )

    def _count_words(self, texts: dict[str, str]) -> None:
        """Find words in a worker, then look again."""
        if self._counting:
            return
        self._counting = True

        def work(progress: Progress) -> object:
            return engine.find_words(texts, progress)

        self._context.jobs.start(
            tr("Counting words"), work, self._on_words_found, self._on_words_ended
        )

    def _on_words_found(self, found: object) -> None:
        self._counting = False
        if isinstance(found, dict):
            engine.keep_words(self._context.bridge.session, found)
        self.refresh()

    def _on_words_ended(self) -> None:
        self._counting = False

    # -------------------------------------------------------------------------------- sheets
    def open_codes(self) -> None:
        """Let the user tick the codes that the query begins with."""
        session = self._context.bridge.session
        sheet = CodeSheet(
            self._context.theme, engine.choices(session), query_draft.code_names(session),
            self.draft.query.codes, self.pane,
        )  # fmt: skip
        sheet.code_ticked.connect(self._on_sheet_code_ticked)
        self._open(sheet, self.pane.codes.add)

    def open_limits(self) -> None:
        """Let the user limit the query to some offices, roles, documents or the like."""
        session = self._context.bridge.session
        sheet = FilterSheet(
            self._context.theme, engine.choices(session), Question(), self.pane,
            but=query_draft.NOT_LIMITS,
        )  # fmt: skip
        sheet.mode.hide()
        sheet.question_changed.connect(self._on_sheet_question_changed)
        self._open(sheet, self.pane.limits.add)

    def open_condition(self, place: object = None) -> None:
        """Let the user add a condition, or change the one at `place`."""
        session = self._context.bridge.session
        conditions = self.draft.query.conditions
        known = None
        if isinstance(place, int) and not isinstance(place, bool) and place < len(conditions):
            known = conditions[place]
        self._editing = place if known is not None and isinstance(place, int) else None
        sheet = ConditionSheet(
            self._context.theme, engine.choices(session), query_draft.code_names(session),
            [one for one in query_draft.kept(session) if one != self.draft.saved], self.pane,
            known,
        )  # fmt: skip
        sheet.condition_chosen.connect(self._on_sheet_condition_chosen)
        self._open(sheet, self.pane.conditions.add)

    def sheet(self) -> Sheet | None:
        """Return the sheet that is open."""
        return self._sheet

    def _open(self, sheet: Sheet, below: QWidget) -> None:
        self._sheet = sheet
        sheet.destroyed.connect(self._on_sheet_destroyed)
        sheet.open_below(below)

    def _on_sheet_destroyed(self) -> None:
        self._sheet = None

    def _on_sheet_code_ticked(self, guid: object, on: bool) -> None:  # noqa: FBT001 - slot
        self.set_draft(self.draft.with_code(Guid(str(guid)), on=on))

    def _on_sheet_question_changed(self, question: object) -> None:
        if isinstance(question, Question):
            known = engine.choices(self._context.bridge.session)
            for one in question.filters:
                value = known.engine_value(one.name, one.value)
                self.set_draft(self.draft.with_limit(one.name, value, on=True))

    def _on_sheet_condition_chosen(self, condition: object) -> None:
        if isinstance(condition, Condition):
            self.set_draft(self.draft.with_condition(self._editing, condition))

    def _on_pane_code_removed(self, guid: str) -> None:
        self.set_draft(self.draft.with_code(Guid(guid), on=False))

    def _on_pane_limit_removed(self, name: str, value: str) -> None:
        self.set_draft(self.draft.with_limit(name, value, on=False))

    def _on_pane_condition_removed(self, place: int) -> None:
        self.set_draft(self.draft.with_condition(place, None))

    def _on_pane_together_chosen(self, any_condition: bool) -> None:  # noqa: FBT001 - slot
        query = replace(self.draft.query, any_condition=any_condition)
        self.set_draft(replace(self.draft, query=query))

    def _on_pane_name_written(self, name: str) -> None:
        self.set_draft(replace(self.draft, name=name))

    def _on_pane_kept_chosen(self, query: int) -> None:
        saved = query_draft.kept(self._context.bridge.session)
        known = next((one for one in saved if one.id == query), None)
        self.set_draft(Draft() if known is None else Draft(known.query, known.name, known))

    # ------------------------------------------------------------------------- what is kept
    def save(self) -> None:
        """Keep the query under its name, or what was changed in it."""
        if not self.can_save():
            return
        draft = self.draft
        result = self._context.bridge.run(
            queries.save_query,
            initiator=self,
            name=draft.name,
            query=draft.query,
            query_id=draft.saved.id if draft.saved is not None else None,
            notice=tr("Saved {name}.", name=draft.name.strip()),
        )
        if result is not None:
            saved = result.value
            self.set_draft(Draft(saved.query, saved.name, saved))

    def remove(self) -> None:
        """Remove the saved query; it can be built on from what is shown."""
        known = self.draft.saved
        if known is not None:
            self._context.bridge.run(
                queries.remove_query,
                query_id=known.id,
                notice=tr("Removed {name}.", name=known.name),
            )

    def use(self, how: str) -> None:
        """Put the queries into the rows or the columns, or filter by the one at hand."""
        if not self.can_use():
            return
        question = replace(self._workspace.question, table="matrix")
        if how == "filter":
            question = question.with_filter(Filter("query", self.draft.name.strip()))
        elif how == "rows":
            columns = ("code",) if "query" in question.columns else question.columns
            question = replace(question.with_side("rows", ("query",)), columns=columns)
        else:
            rows = ("case",) if "query" in question.rows else question.rows
            question = replace(question.with_side("columns", ("query",)), rows=rows)
        self._workspace.ask(question)
