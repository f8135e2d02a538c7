"""Lines, the turn beside them and their counts, kept in step with one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.blind import only_coder
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.search.summary import FORM
from qda.gui.search.turn_pane import passages
from qda.model.errors import UserError
from qda.store import codes, documents, turns

if TYPE_CHECKING:
    from qda.app.concordance import Concordance, HitCount, Line, Order
    from qda.app.searching import Found, Places, Searcher
    from qda.gui.search.workspace import SearchWorkspace
    from qda.jobs.progress import Progress
    from qda.model.entities import Code
    from qda.model.ids import CodeId

BY = "search.by"
ORDER = "search.order"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, the order of their lines, and their counts by something."""

    found: Found
    order: Places
    by: str
    counts: list[HitCount]


class Results(QObject):
    """What was found, on behalf of the workspace."""

    def __init__(self, room: SearchWorkspace) -> None:
        """Begin with nothing found."""
        super().__init__(room)
        self._room = room
        self._here: tuple[int, int] | None = None
        kept = room.context.settings.text(ORDER)
        self.order: Order = "left" if kept == "left" else "right" if kept == "right" else "source"

    @property
    def lines(self) -> Concordance | None:
        """Return the lines that are shown, None where nothing was asked."""
        return self._room.table.lines.lines

    def known_codes(self) -> Mapping[CodeId, Code]:
        """Return the codes of the project."""
        everything = codes.all_codes(self._room.context.bridge.project.connection)
        return {one.id: one for one in everything}

    def names(self) -> Mapping[CodeId, str]:
        """Return the names of the codes."""
        return {number: one.name for number, one in self.known_codes().items()}

    # ------------------------------------------------------------------------------ showing

    def worker(self) -> Callable[[Searcher, Found], Answer]:
        """Return what puts what was found in order and counts it; for the worker that finds it."""
        order, by, language = (
            self.order,
            self._room.summary.dimension(),
            current_catalogue().language,
        )

        def work(searcher: Searcher, found: Found) -> Answer:
            from qda.app.concordance import Concordance  # lazy: it brings numpy

            lines = Concordance(searcher, found)
            return Answer(found, lines.sorted_by(order, language), *_counted(lines, by))

        return work

    def show(self, searcher: Searcher, answer: Answer) -> None:
        """Show lines; where one was before, one is again where it is still there."""
        from qda.app.concordance import Concordance

        room = self._room
        lines = Concordance(searcher, answer.found, only_coder(room.context))
        lines.set_order(answer.order)
        room.table.lines.set_lines(lines, self.names())
        room.table.show_order(self.order)
        room.table.fit()
        room.table.choose(self._row_of(self._here) if self._here is not None else 0)
        room.offer_dimensions(answer.by)
        room.summary.show_counts([(one.name, one.hits) for one in answer.counts])
        self.show_line()

    def _row_of(self, place: tuple[int, int]) -> int:
        """Return the row of a hit by document and start, the first row where it is gone."""
        lines = self.lines
        return lines.row_of(*place) if lines is not None else 0

    def sort(self, order: str) -> None:
        """Put the lines in another order; the one at hand stays at hand."""
        self.order = "left" if order == "left" else "right" if order == "right" else "source"
        self._room.context.settings.set(ORDER, self.order)
        lines = self.lines
        if lines is None:
            return
        found = lines.found
        self.ask_again(found)

    def ask_again(self, found: Found) -> None:
        """Order and count the same hits anew."""
        work = self.worker()
        self._room.runner.ask(
            lambda searcher, progress: _stepped(work(searcher, found), progress), self.show
        )

    def follow(self) -> bool:
        """Say what the lines are coded as now; False where they have to be found anew."""
        from qda.app.searching import Searcher

        lines, session = self.lines, self._room.context.bridge.session
        if lines is None or self._room.context.words.state != "ready":
            return False
        if session.snapshot().entities is not lines.searcher.snapshot.entities:
            return False
        lines.follow(Searcher(session))
        for model in (self._room.table.lines, self._room.review.lines):
            model.read_again(self.names())
        self.show_line()
        return True

    def line(self) -> Line | None:
        """Return the line one is at."""
        table = self._room.front()
        return table.lines.line(table.current_row())

    def show_line(self) -> None:
        """Show the turn of the line one is at."""
        room, line = self._room, self.line()
        if line is None:
            room.turn.clear()
            return
        hit = line.hit
        self._here = (int(hit.document), hit.start)
        connection = room.context.bridge.project.connection
        said = passages(
            documents.text(connection, hit.document),
            turns.of_document(connection, hit.document),
            hit.start,
            hit.end,
        )
        format_number = current_catalogue().format_number
        place = tr(
            "{n} of {all}",
            n=format_number(room.front().current_row() + 1),
            all=format_number(room.table.lines.rowCount()),
        )
        coded = room.table.lines.codes_text(line)
        room.turn.show_hit(hit, said, coded, place, writable=room.can_write())

    def said(self) -> str:
        """Return how many hits there are in how many sources."""
        lines = self.lines
        if lines is None:
            return ""
        if not len(lines):
            return tr("No hits")
        hits = tr_n("{n} hit", "{n} hits", len(lines))
        return f"{hits} · " + tr_n("{n} source", "{n} sources", lines.sources())


def _stepped(answer: Answer, progress: Progress) -> Answer:
    """Return an answer unless it is no longer wanted. Raises Cancelled."""
    progress.step(0)
    return answer


def _counted(lines: Concordance, by: str) -> tuple[str, list[HitCount]]:
    """Count the hits by something, by sources where that is gone."""
    if by == FORM:
        return by, lines.counts_of_forms()
    try:
        return by, lines.counts(by)
    except UserError:
        return "document", lines.counts("document")
