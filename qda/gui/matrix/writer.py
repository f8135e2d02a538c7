"""Let the user write in the cells: what the pane wishes for becomes operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qda.gui.blind import only_coder
from qda.gui.language import tr
from qda.gui.matrix import engine, judging
from qda.gui.matrix.dropping import QuoteDrops
from qda.gui.matrix.evidence import MOST
from qda.gui.matrix.judging import CellContents, CellKey
from qda.gui.matrix.judging_pane import JudgingPane
from qda.gui.matrix.model import Target
from qda.gui.matrix.proposition_dialog import PropositionDialog
from qda.model.errors import NotAllowed
from qda.model.ids import CodingId
from qda.model.judgements import Evidence, Judgement, Proposition, SeenCoding, Side
from qda.model.matrix import Quote
from qda.model.messages import Message, message
from qda.operations import framework, judgements
from qda.operations.codings import NewCoding
from qda.operations.framework import Writing
from qda.store import judgements as judgement_rows

if TYPE_CHECKING:
    from qda.gui.matrix.workspace import MatrixWorkspace


_JUDGE_FIRST = message("Give the cell a grade or a verdict first, then quotes can support it.")


class CellWriter(QObject):
    """Between the matrix, the pane that a cell is written in, and the project."""

    def __init__(self, workspace: MatrixWorkspace) -> None:
        """Put the pane above the evidence."""
        super().__init__(workspace)
        self._workspace = workspace
        self._context = workspace.context
        self.pane = JudgingPane(self._context.theme, workspace)
        self._contents: CellContents | None = None
        workspace.evidence.put_above(self.pane)
        self._drops = QuoteDrops(workspace.table, self.pane, self)
        self.pane.text_written.connect(self._on_pane_text_written)
        self.pane.status_chosen.connect(self._on_pane_status_chosen)
        self.pane.value_chosen.connect(self._on_pane_value_chosen)
        self.pane.settling_wanted.connect(self._on_pane_settling_wanted)
        self.pane.looked_through.connect(self._on_pane_looked_through)
        self.pane.move_wanted.connect(self._on_pane_move_wanted)
        self.pane.left.connect(self._on_pane_left)
        self._drops.quote_dropped.connect(self._on_drops_quote_dropped)
        self._drops.passage_dropped.connect(self._on_drops_passage_dropped)

    # -------------------------------------------------------------------------------- showing
    def can_write(self) -> bool:
        """Tell whether a cell is chosen that can be written in."""
        return self._contents is not None and not self._context.bridge.project.read_only

    def can_pin(self) -> bool:
        """Tell whether the quote at hand can be evidence here, or what is read alongside."""
        alongside = self._workspace.alongside
        if alongside.has_keyboard():
            return alongside.can_pin()
        return self.takes_evidence() and self._workspace.evidence.quotes.current_id() is not None

    def takes_evidence(self) -> bool:
        """Tell whether anything can be evidence in the cell: a judgement has to be there first."""
        contents = self._contents
        if contents is None or not self.can_write():
            return False
        return contents.key.kind == "summary" or contents.own is not None

    # ------------------------------------------------------------------------ raters who differ
    def open_cells(self) -> list[tuple[int, int]]:
        """Return the rows and columns of cells that raters judge differently and nobody settled."""
        matrix, session = self._workspace.table.matrix_model.matrix, self._context.bridge.session
        if matrix is None or matrix.spec.cells not in ("grade", "verdict"):
            return []
        if only_coder(self._context) is not None:
            return []
        verdicts = matrix.spec.cells == "verdict"
        entities = session.snapshot().entities
        cases = {int(one.id): one.guid for one in entities.cases}
        topics = {
            int(one.id): one.guid for one in (entities.propositions if verdicts else entities.codes)
        }
        rows, columns = (
            {one.guid: place for place, one in enumerate(side) if one.guid is not None}
            for side in (matrix.rows, matrix.columns)
        )
        found: list[tuple[int, int]] = []
        for case, about, proposition in judging.differing(session):
            if proposition == verdicts and case in cases and about in topics:
                ends = cases[case], topics[about]
                found += [
                    (rows[one], columns[other])
                    for one, other in (ends, ends[::-1])
                    if one in rows and other in columns
                ]
        return sorted(found)

    def step(self, by: int) -> None:
        """Go to the next cell, or the one before, in which raters differ."""
        places = self.open_cells()
        if not places:
            return
        self.pane.save()
        target = self._workspace.table.target()
        here = (-1, -1) if target is None else (target.row or 0, target.column or 0)
        if by > 0:
            following = next((one for one in places if one > here), places[0])
        else:
            following = next((one for one in reversed(places) if one < here), places[-1])
        self._workspace.choose(Target(*following))

    def can_settle(self) -> bool:
        """Tell whether raters differ in the chosen cell, so that it can be settled."""
        contents = self._contents
        if contents is None or not self.can_write() or contents.settled is not None:
            return False
        return len(judging.raters(contents)) > 1

    def settle(self, number: int) -> None:
        """Settle on what the rater of that number says, as they are listed, and go on."""
        contents = self._contents
        if contents is None or not self.can_settle():
            return
        given = judging.raters(contents)
        if number < len(given):
            self.pane.save()
            self._on_pane_settling_wanted(given[number].judgement)
            self.step(1)

    def show(self, target: Target) -> tuple[list[Quote], int, Mapping[CodingId, str]] | None:
        """Show what is written in a cell; return its quotes, or None where no cell is written."""
        session = self._context.bridge.session
        matrix = self._workspace.table.matrix_model.matrix
        self._drops.writable = not self._context.bridge.project.read_only
        key = None if matrix is None else judging.key_of(matrix, session, target.row, target.column)
        if key is None or matrix is None:
            self._contents = None
            self.pane.show_contents(None, writable=False)
            self._workspace.alongside.show(None, (), {})
            return None
        behind = self._behind(key)
        blind = only_coder(self._context)
        own = judging.codings_by(session, blind) if blind is not None else None
        if own is not None:
            behind = [one for one in behind if one in own]
        contents = self._contents = judging.contents(
            session, key, behind, folded=matrix.spec.folded, blind=blind is not None
        )
        writable = not self._context.bridge.project.read_only
        self.pane.show_contents(contents, writable=writable, standing=self._standing(target))
        # What others pinned beside the summary is not shown to who codes blind.
        named = [one.coding for one in contents.evidence if own is None or one.coding in own]
        shown = list(dict.fromkeys([*named, *behind]))
        quotes = {one.id: one for one in engine.quotes(session, shown[:MOST])}
        ordered = [quotes[one] for one in shown[:MOST] if one in quotes]
        marks = self._marks(contents)
        self._workspace.alongside.show(key, shown, marks)
        return ordered, len(shown), marks

    def _standing(self, target: Target) -> str:
        """Return which of the cells in which raters differ this one is; empty for another."""
        places = self.open_cells()
        if target.row is None or target.column is None:
            return ""
        here = (target.row, target.column)
        if here not in places:
            return ""
        return tr("{n} of {all} where raters differ", n=places.index(here) + 1, all=len(places))

    def _behind(self, key: CellKey) -> list[CodingId]:
        """Return the codings of a cell, whatever is pinned beside it."""
        session = self._context.bridge.session
        if key.kind == "verdict":
            return judging.candidates(session, key)
        return judging.codings_of(session, key)

    @staticmethod
    def _marks(contents: CellContents) -> dict[CodingId, str]:
        sides = {"for": tr("speaks for"), "against": tr("speaks against")}
        if contents.key.kind != "verdict":
            return {one.coding: tr("evidence") for one in contents.evidence}
        return {one.coding: sides[one.side] for one in contents.evidence}

    # ---------------------------------------------------------------------------- what is done
    def write(self) -> None:
        """Put the keyboard where the cell is written in."""
        if self.can_write():
            self.pane.write_on()

    def _on_pane_text_written(self, key: object, text: str) -> None:
        assert isinstance(key, CellKey)  # noqa: S101 - what the pane was given
        run = self._context.bridge.run
        if key.kind == "summary":
            seen = self._seen(key)
            run(
                framework.write_cell,
                initiator=self,
                subject=key.subject,
                subject_id=key.subject_id,
                code=key.code,
                writing=Writing(summary=text, seen=seen),
            )
            return
        own = self._own(key)
        if own is not None:
            self._judge(key, own.value, reason=text)

    def _seen(self, key: CellKey) -> tuple[SeenCoding, ...]:
        from qda.analysis.judged import seen_now  # lazy: it brings numpy

        return seen_now(self._context.bridge.session.snapshot(), self._behind(key))

    def _own(self, key: CellKey) -> Judgement | None:
        return judging.contents(self._context.bridge.session, key, ()).own

    def _on_pane_status_chosen(self, key: object, status: str) -> None:
        assert isinstance(key, CellKey)  # noqa: S101 - what the pane was given
        self._context.bridge.run(
            framework.write_cell,
            subject=key.subject,
            subject_id=key.subject_id,
            code=key.code,
            writing=Writing(status=status),
        )

    def _on_pane_value_chosen(self, key: object, value: str) -> None:
        assert isinstance(key, CellKey)  # noqa: S101 - what the pane was given
        self.pane.save()
        if value:
            self._judge(key, value)
            return
        own = self._own(key)
        if own is not None:
            self._context.bridge.run(judgements.remove_judgement, judgement=own.id)

    def _judge(
        self,
        key: CellKey,
        value: str,
        *,
        reason: str | None = None,
        evidence: tuple[Evidence, ...] | None = None,
    ) -> None:
        run = self._context.bridge.run
        if key.kind == "grade":
            codings = None if evidence is None else [one.coding for one in evidence]
            run(
                judgements.grade_case, case=key.case, code=key.code, value=value, reason=reason,
                evidence=codings,
            )  # fmt: skip
        else:
            run(
                judgements.give_verdict, case=key.case, proposition=key.proposition, value=value,
                reason=reason, evidence=evidence,
            )  # fmt: skip

    def _on_pane_settling_wanted(self, judgement: object) -> None:
        assert isinstance(judgement, Judgement)  # noqa: S101 - what the pane was given
        self._context.bridge.run(
            judgements.settle,
            judgement=judgement.id,
            notice=tr("Settled on {value}.", value=judgement.value),
        )

    def _on_pane_looked_through(self, key: object) -> None:
        assert isinstance(key, CellKey)  # noqa: S101 - what the pane was given
        self._context.bridge.run(
            framework.mark_looked_through,
            subject=key.subject,
            subject_id=key.subject_id,
            code=key.code,
            seen=self._seen(key),
        )

    def _on_pane_move_wanted(self, rows: int, columns: int) -> None:
        if self.move(rows, columns):
            self.pane.write_on()

    def move(self, rows: int, columns: int) -> bool:
        """Go to another cell, so many rows down and columns to the right; tell if there is one."""
        table = self._workspace.table
        matrix, target = table.matrix_model.matrix, table.target()
        if matrix is None or target is None or target.row is None or target.column is None:
            return False
        row, column = target.row + rows, target.column + columns
        there = 0 <= row < len(matrix.rows) and 0 <= column < len(matrix.columns)
        if there:
            self._workspace.choose(Target(row, column))
        return there

    def _on_pane_left(self) -> None:
        self._workspace.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------- evidence
    def toggle_evidence(self, side: Side = "for") -> None:
        """Let the quote at hand be evidence, on a side for verdicts, or no longer."""
        if self._workspace.alongside.has_keyboard():
            self.pin_at_hand(side)
            return
        coding = self._workspace.evidence.quotes.current_id()
        if self.can_pin() and isinstance(coding, int):
            self._toggle(CodingId(coding), side)
            self._workspace.evidence.quotes.choose(CodingId(coding))

    def _toggle(self, coding: CodingId, side: Side) -> None:
        contents = self._contents
        if contents is None:
            return
        self.pane.save()
        on = next((one.side for one in contents.evidence if one.coding == coding), None)
        if contents.key.kind == "summary":
            self._pin(contents, coding, "for" if on is None else None)
        else:
            self._pin(contents, coding, None if on == side else side)

    def pin_at_hand(self, side: Side = "for") -> None:
        """Let what is selected in the transcript alongside be evidence, or no longer."""
        alongside, contents = self._workspace.alongside, self._contents
        at_hand = alongside.at_hand()
        if at_hand is None or contents is None or not alongside.can_pin():
            return
        if isinstance(at_hand, tuple):
            self.pane.save()
            self._code(contents.key, at_hand)
        else:
            self._toggle(at_hand, side)
            alongside.show_coded(at_hand)

    def _code(self, key: CellKey, span: tuple[int, int]) -> None:
        """Code a passage of the transcript alongside with a cell's code, as its evidence."""
        document = self._workspace.alongside.document()
        if document is None or key.code is None:
            return
        from qda.analysis.cell_sources import links_for  # lazy: it brings numpy

        snapshot, run = self._context.bridge.session.snapshot(), self._context.bridge.run
        links = links_for(snapshot, document, span, key.case) if key.subject == "case" else ()
        new = NewCoding(document, key.code, *span, cases=links)
        notice = tr("Coded and pinned as evidence.")
        if key.kind == "grade":
            made = run(
                judgements.code_for_grade, case=key.case, code=key.code, new=new, notice=notice
            )
        else:
            made = run(
                framework.code_evidence, subject=key.subject, subject_id=key.subject_id,
                code=key.code, new=new, notice=notice,
            )  # fmt: skip
        if made is not None:
            self._workspace.alongside.show_coded(made.value.id)

    def _pin(self, contents: CellContents, coding: CodingId, side: Side | None) -> None:
        """Let a coding be evidence in a cell, on a side for verdicts; None takes it away."""
        key = contents.key
        if key.kind == "summary":
            self._context.bridge.run(
                framework.pin_evidence,
                subject=key.subject,
                subject_id=key.subject_id,
                code=key.code,
                coding_ids=[coding],
                pinned=side is not None,
            )
        elif contents.own is not None:
            evidence = judging.with_side(contents.evidence, coding, side)
            self._judge(key, contents.own.value, evidence=evidence)
        else:
            self._refuse(_JUDGE_FIRST)

    def _contents_at(self, target: object) -> CellContents | None:
        """Return what is written in a cell of the table; None means the one the pane shows."""
        matrix = self._workspace.table.matrix_model.matrix
        if not isinstance(target, Target) or matrix is None:
            return self._contents
        session = self._context.bridge.session
        key = judging.key_of(matrix, session, target.row, target.column)
        return None if key is None else judging.contents(session, key, ())

    def _on_drops_quote_dropped(self, target: object, coding: int) -> None:
        """Pin a quote that was dropped where it is not yet; one that speaks against stays so."""
        contents = self._contents_at(target)
        if contents is None or any(one.coding == coding for one in contents.evidence):
            return
        self.pane.save()
        self._pin(contents, CodingId(coding), "for")

    def _on_drops_passage_dropped(self, target: object) -> None:
        """Take the words that are selected alongside as evidence of the cell they fell on."""
        contents = self._contents_at(target)
        stretch = self._workspace.alongside.stretch()
        if contents is None or stretch is None:
            return
        known = self._workspace.alongside.passage_at(stretch, contents.key)
        if known is not None:
            self._on_drops_quote_dropped(target, known)
            return
        self.pane.save()
        if contents.key.code is None:
            self._refuse(message("Code the words first: a proposition has no code of its own."))
        elif contents.key.kind == "grade" and contents.own is None:
            self._refuse(_JUDGE_FIRST)
        else:
            self._code(contents.key, stretch)

    def _refuse(self, why: Message) -> None:
        self._context.bridge.failed.emit(NotAllowed(why))

    # ---------------------------------------------------------------------------- propositions
    def ask_proposition(self) -> None:
        """Ask for a new proposition and add it."""
        found = PropositionDialog.ask(self._context.theme, None, self._workspace)
        if found is not None:
            name, text, scale = found
            self._context.bridge.run(
                judgements.add_proposition, name=name, text=text, scale=scale,
                notice=tr("Added {name}.", name=name),
            )  # fmt: skip
            self._workspace.refresh()

    def proposition_at_hand(self) -> Proposition | None:
        """Return the proposition of the chosen column or row."""
        matrix = self._workspace.table.matrix_model.matrix
        target = self._workspace.table.target()
        if matrix is None or target is None:
            return None
        guid = None
        if matrix.spec.columns == ("proposition",) and target.column is not None:
            guid = matrix.columns[target.column].guid
        elif matrix.spec.rows == ("proposition",) and target.row is not None:
            guid = matrix.rows[target.row].guid
        everything = judgement_rows.all_propositions(self._context.bridge.project.connection)
        return next((one for one in everything if one.guid == guid), None)

    def edit_proposition(self) -> None:
        """Let the user change the proposition at hand."""
        known = self.proposition_at_hand()
        if known is None:
            return
        found = PropositionDialog.ask(self._context.theme, known, self._workspace)
        if found is not None:
            name, text, scale = found
            self._context.bridge.run(
                judgements.edit_proposition, proposition=known.id, name=name, text=text,
                scale=scale,
            )  # fmt: skip

    def remove_proposition(self) -> None:
        """Remove the proposition at hand with its verdicts."""
        known = self.proposition_at_hand()
        if known is not None:
            self._context.bridge.run(
                judgements.remove_proposition, proposition=known.id,
                notice=tr("Removed {name} and its verdicts.", name=known.name),
            )  # fmt: skip
