"""What the user does to the transcript at hand: every change goes through the bridge."""

import re
from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QObject, Signal

from qda.gui.coding.split_view import SplitView
from qda.gui.context import Context
from qda.gui.language import say, tr
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.transcript import TranscriptView
from qda.model.changes import OpResult
from qda.model.entities import Code, Coding, Stance, Turn
from qda.model.errors import NotAllowed
from qda.model.ids import CaseId, CodeId, CodingId
from qda.model.messages import Message, message
from qda.operations import cases as case_operations
from qda.operations import codes as code_operations
from qda.operations import codings as operations
from qda.operations.codings import NewCoding
from qda.store import codes as code_rows
from qda.text.sentences import sentence_at
from qda.text.spans import trimmed

_PARAGRAPH = re.compile(r"[^\s][^\n]*[^\s]|[^\s]")
IN_VIVO = 60
"""Longest name, in characters, that is made of a selection."""


class CodingActions(QObject):
    """Code, uncode, describe and resize what is selected in the transcript that is worked in."""

    coded = Signal(object)
    """Segments were coded.

    Parameters: the last `Coding`.
    """

    def __init__(self, context: Context, split: SplitView, parent: QObject) -> None:
        """Work in the current pane of `split`."""
        super().__init__(parent)
        self._context = context
        self._split = split
        self.last_code: CodeId | None = None

    @property
    def _view(self) -> TranscriptView:
        return self._split.current.view

    @property
    def _open(self) -> OpenDocument | None:
        return self._split.current.open

    @property
    def writable(self) -> bool:
        """Tell whether the project may be changed."""
        return not self._context.bridge.project.read_only

    def span(self) -> tuple[int, int] | None:
        """Return what a code would be put on: the selection, else the segment at hand."""
        selected = self._view.selection()
        if selected is not None:
            return self._trimmed(*selected)
        coding = self.coding()
        return (coding.start, coding.end) if coding is not None else None

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Leave white space at the edges of a selection out of the segment."""
        return trimmed(self._open.text if self._open is not None else "", start, end)

    def coding(self) -> Coding | None:
        """Return the coding at hand."""
        chosen = self._view.selected_segment()
        if chosen is None or self._open is None:
            return None
        return self._open.codings.get(CodingId(chosen))

    def code_with(self, codes: Sequence[CodeId], span: tuple[int, int] | None = None) -> None:
        """Code the selection (or `span`) with one code or several."""
        span = span or self.span()
        if self._open is None or not codes:
            return
        if span is None or span[0] >= span[1]:
            self._say_nothing_selected()
            return
        new = [NewCoding(self._open.document.id, code, *span) for code in codes]
        result = self._context.bridge.run(operations.add_codings, new=new)
        if result is not None and result.value:
            self.last_code = codes[-1]
            self.coded.emit(result.value[-1])

    def _say_nothing_selected(self) -> None:
        self._context.bridge.failed.emit(
            NotAllowed(message("Select the text to code first, with the mouse or with Shift."))
        )

    def create_and_code(self, name: str, parent: CodeId | None = None) -> CodeId | None:
        """Make a code and, in the same step, code the selection with it, if there is one."""
        span = self.span()
        if self._open is None or span is None or span[0] >= span[1]:
            return self.add_code(name, parent)
        made = self._context.bridge.run(
            code_operations.code_with_new,
            name=name,
            parent=parent,
            document=self._open.document.id,
            start=span[0],
            end=span[1],
        )
        if made is None:
            return None
        code, coding = made.value
        self.last_code = code.id
        self.coded.emit(coding)
        return code.id

    def code_in_vivo(self) -> None:
        """Make a code named by the selected words and code them with it."""
        span = self.span()
        if span is None or self._open is None:
            self._say_nothing_selected()
            return
        name = " ".join(self._open.text[span[0] : span[1]].split())
        if len(name) > IN_VIVO:
            name = name[:IN_VIVO].rsplit(" ", 1)[0] + " …"
        self.create_and_code(name)

    def uncode(self) -> None:
        """Remove the coding at hand."""
        coding = self.coding()
        if coding is None:
            return
        following = self._neighbour(coding)
        done = self._context.bridge.run(
            operations.remove_codings, coding_ids=[coding.id], notice=tr("Removed the coding.")
        )
        if done is not None and following is not None:
            self._view.select_segment(following)

    def _neighbour(self, coding: Coding) -> CodingId | None:
        """Return the coding that will be at hand once `coding` is gone: one that overlaps it."""
        assert self._open is not None  # noqa: S101 - a coding at hand has its document
        return next(
            (
                CodingId(one.id)
                for one in self._open.codings.places.values()
                if one.id != coding.id and one.start < coding.end and coding.start < one.end
            ),
            None,
        )

    def recode(self, code: CodeId) -> None:
        """Give the coding at hand another code."""
        coding = self.coding()
        if coding is not None:
            self._context.bridge.run(operations.recode, coding_ids=[coding.id], code=code)
            self.last_code = code

    def resize(self, coding: int, start: int, end: int) -> None:
        """Move the borders of a segment."""
        self._context.bridge.run(
            operations.resize_coding, coding=CodingId(coding), start=start, end=end
        )

    def set_stance(self, stance: object) -> None:
        """Say where the speaker of the segment at hand stands."""
        coding = self.coding()
        if coding is not None:
            self._context.bridge.run(
                operations.set_stance, coding=coding.id, stance=cast("Stance | None", stance)
            )

    def set_value(self, value: object) -> None:
        """Put the segment at hand on its code's scale."""
        coding = self.coding()
        if coding is not None:
            self._context.bridge.run(operations.set_value, coding=coding.id, value=str(value or ""))

    def set_memo(self, coding: int, memo: str) -> None:
        """Write the note on a coding."""
        if any(CodingId(coding) in opened.codings for opened in self._split.documents()):
            self._context.bridge.run(
                operations.set_memo, coding=CodingId(coding), memo=memo, joins=True
            )

    def link(self, case: int, *, linked: bool) -> None:
        """Link the coding at hand to a case, or take its own link away."""
        coding = self.coding()
        if coding is not None:
            self._context.bridge.run(
                case_operations.link_cases,
                case=CaseId(case),
                coding_ids=[coding.id],
                linked=linked,
            )

    def remove_code(self, code: Code) -> None:
        """Remove a code with all below it; a quiet line says what went and offers undo."""
        bridge = self._context.bridge

        def done(result: OpResult[Message]) -> None:
            bridge.noticed.emit(say(result.value))

        bridge.run_by_size(
            self._context.jobs, tr("Removing the code"),
            code_rows.coded_below(bridge.project.connection, code.id),
            code_operations.remove_code, on_done=done, code=code.id,
        )  # fmt: skip

    def add_code(self, name: str, parent: CodeId | None) -> CodeId | None:
        """Make a code without using it."""
        made = self._context.bridge.run(code_operations.add_code, name=name, parent=parent)
        return made.value.id if made is not None else None

    def move_code(self, code: CodeId, parent: CodeId | None, place: int | None) -> None:
        """Put a code elsewhere in the tree."""
        self._context.bridge.run(
            code_operations.move_code, code=code, parent=parent, position=place
        )

    def select_turn(self) -> None:
        """Select what is said in the turn of the caret."""
        turn = self._view.current_turn()
        if turn is not None:
            self._view.set_selection(turn.start, turn.end)

    def select_sentence(self) -> None:
        """Select the sentence of the caret."""
        if self._open is None:
            return
        caret, turn = self._view.caret(), self._view.current_turn()
        inside = turn is not None and turn.start <= caret <= turn.end
        bounds = (turn.start, turn.end) if turn is not None and inside else (0, None)
        self._view.set_selection(*sentence_at(self._open.text, caret, *bounds))

    def go_to_turn(self, number: int) -> bool:
        """Put the caret in a turn; tell whether there is one of that number."""
        found = [turn for turn in self._open.turns if turn.number == number] if self._open else []
        if not found:
            return False
        self._view.reveal(found[0].start, found[0].end)
        self._view.set_selection(found[0].start, found[0].start)
        self._view.setFocus()
        return True

    def go_uncoded(self, step: int) -> None:
        """Select the next passage that nothing is coded in, or the previous one with -1.

        A passage is what an informant says in a turn; in a text without turns, a paragraph.
        """
        if self._open is None:
            return
        view, opened = self._view, self._open
        here = view.selection() or (view.caret(), view.caret())
        spans = sorted((one.start, one.end) for one in opened.codings.places.values())
        passages = uncoded(passages_of(opened.text, opened.turns), spans)
        if step > 0:
            found = next((one for one in passages if one[0] >= here[1]), None)
        else:
            found = next((one for one in reversed(passages) if one[1] <= here[0]), None)
        if found is not None:
            view.reveal(*found)
            view.set_selection(*found)
        elif step > 0:
            self._context.bridge.told.emit(tr("Every answer after this has a coding."))
        else:
            self._context.bridge.told.emit(tr("Every answer before this has a coding."))


def passages_of(text: str, turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """Return what informants say, turn by turn; in a text without turns, the paragraphs."""
    if turns:
        return [(one.start, one.end) for one in turns if not one.interviewer]
    return [hit.span() for hit in _PARAGRAPH.finditer(text)]


def uncoded(
    passages: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the passages that no span touches; both in order of where they begin."""
    left: list[tuple[int, int]] = []
    reach, place = 0, 0
    for start, end in passages:
        while place < len(spans) and spans[place][0] < end:
            reach = max(reach, spans[place][1])
            place += 1
        if reach <= start:
            left.append((start, end))
    return left
