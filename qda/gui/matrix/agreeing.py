"""How well two coders agree: the measures of every code as a table, the disagreements behind it.

Of many codings this is counted in a worker, and the table comes when it is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.blind import only_coder
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.matrix import engine, tables
from qda.gui.matrix.evidence import MOST
from qda.gui.matrix.settling import Settler
from qda.gui.matrix.tables import Table
from qda.jobs.progress import Progress
from qda.model.agreement import (
    Agreement,
    AgreementReport,
    AgreementSpec,
    AgreementUnit,
    Conflict,
    Disagreement,
)
from qda.model.changes import Changes
from qda.model.errors import NotAllowed
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, Guid
from qda.model.matrix import CellValue, Matrix, MatrixCount, MatrixHeading, MatrixSpec
from qda.model.messages import message

if TYPE_CHECKING:
    from qda.analysis.tables import Snapshot
    from qda.gui.matrix.model import Target
    from qda.gui.matrix.workspace import MatrixWorkspace
    from qda.gui.models.choices import Choices
    from qda.gui.models.question import AgreementParts, Question

AT_ONCE = 4_000
"""Codings that are compared before the window is given back, close together as they may lie."""
_NONE = "–"
_ONLY_FIRST, _ONLY_SECOND = 5, 6
"""The columns of what just one of them has coded."""


def unit_words() -> list[tuple[AgreementUnit, str]]:
    """Return what two coders can be compared by, each with its word."""
    return [
        ("character", tr("Characters")),
        ("segment", tr("Segments")),
        ("turn", tr("Turns")),
        ("document", tr("Documents")),
    ]


def part_words() -> list[tuple[AgreementParts, str]]:
    """Return what the rows can be, each with its word."""
    return [("code", tr("Codes")), ("case", tr("Offices")), ("document", tr("Documents"))]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a code, or the documents of a case or one document, with the measures of it."""

    label: str
    color: str
    guid: Guid
    agreement: Agreement
    code: CodeId | None = None
    documents: frozenset[DocumentId] = frozenset()

    def holds(self, code: CodeId, document: DocumentId) -> bool:
        """Tell whether a disagreement on a code in a document is one of this row."""
        return code == self.code if self.code is not None else document in self.documents


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two coders compared: the report, the rows, and what they differ on of the codes of these.

    `differing` are the places, `conflicts` what of them hangs together and is settled as one.
    """

    snapshot: Snapshot
    report: AgreementReport
    lines: tuple[Line, ...]
    differing: tuple[Disagreement, ...]
    conflicts: tuple[Conflict, ...] = ()
    conflict_of: Mapping[CodingId, Conflict] = field(default_factory=dict[CodingId, Conflict])
    by_code: Mapping[CodeId, tuple[Conflict, ...]] = field(
        default_factory=dict[CodeId, tuple[Conflict, ...]]
    )

    def measures(self, row: int | None) -> Agreement:
        """Return the measures of a row; the last one, and none, is all together."""
        line = self.line(row)
        return self.report.overall if line is None else line.agreement

    def line(self, row: int | None) -> Line | None:
        """Return what a row is about, None for all together."""
        return self.lines[row] if row is not None and row < len(self.lines) else None

    def by(self, parts: AgreementParts) -> Comparison:
        """Return the comparison with a row for each code, or for each case or document."""
        if parts == "code":
            return self
        some = self.report.cases if parts == "case" else self.report.documents
        lines = tuple(
            Line(one.name, "", one.guid, one.agreement, documents=one.documents) for one in some
        )
        return replace(self, lines=lines)

    def places(self, row: int | None, column: int | None) -> list[Disagreement]:
        """Return the disagreements of a row; in a column of one coder just that one's."""
        line = self.line(row)
        first, second = self.report.spec.coders
        whose = {_ONLY_FIRST: first, _ONLY_SECOND: second}.get(column if column is not None else -1)
        return [
            one
            for one in self.differing
            if (line is None or line.holds(one.code, one.document)) and whose in (None, one.coder)
        ]

    def conflicts_at(self, row: int | None, column: int | None) -> tuple[Conflict, ...]:
        """Return what is to be settled of a row; in a column of one coder where that one coded."""
        line = self.line(row)
        first, second = self.report.spec.coders
        whose = {_ONLY_FIRST: first, _ONLY_SECOND: second}.get(column if column is not None else -1)
        found = self.conflicts
        if line is not None and line.code is not None:
            found = self.by_code.get(line.code, ())
        elif line is not None:
            found = tuple(one for one in found if line.holds(one.code, one.document))
        if whose is None:
            return found
        return tuple(one for one in found if any(who == whose for *_place, who in one.places))

    def status(self) -> list[str]:
        """Return what stands in the status line."""
        return [
            tr_n("{n} disagreement", "{n} disagreements", len(self.conflicts)),
            tr_n("{n} document", "{n} documents", len(self.report.documents)),
        ]


def compare(snapshot: Snapshot, spec: AgreementSpec, progress: Progress | None) -> Comparison:
    """Compare two coders; fit for a worker thread. Raises UserError where that cannot be done."""
    from qda.analysis.agreement import agreement, disagreements  # lazy: it brings numpy
    from qda.analysis.conflicts import conflicts

    progress = progress or Progress()
    progress.start(3)
    report = agreement(snapshot, spec)
    progress.step()
    parents = {one.id: one.parent for one in snapshot.entities.codes}
    lines = tuple(
        Line(one.path, one.color, one.guid, one.agreement, one.code)
        for one in report.codes
        if _used(one.agreement) and not (spec.folded and parents[one.code] is not None)
    )
    shown = {one.code for one in lines}
    differing = tuple(one for one in disagreements(snapshot, spec) if one.code in shown)
    progress.step()
    found = tuple(one for one in conflicts(snapshot, spec) if one.code in shown)
    conflict_of = {coding: one for one in found for coding in one.codings}
    by_code: dict[CodeId, list[Conflict]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one)
    sorted_out = {code: tuple(some) for code, some in by_code.items()}
    return Comparison(snapshot, report, lines, differing, found, conflict_of, sorted_out)


def _used(found: Agreement) -> bool:
    (both, first), (second, _neither) = found.table
    return both + first + second > 0


def agreement_matrix(
    found: Comparison, settled: Sequence[str], parts: AgreementParts = "code"
) -> Matrix:
    """Return the measures as a table: a row for each code that either used, then all together.

    With other `parts` the rows are cases or documents.

    `settled` says of each row how much is settled.
    """
    nobody = MatrixCount(0, 0, 0, 0)
    first, second = found.report.coders
    together = tr("All together")
    rows = (
        *(
            MatrixHeading(one.label, (one.label,), nobody, color=one.color, guid=one.guid)
            for one in found.lines
        ),
        MatrixHeading(together, (together,), nobody),
    )
    names = (
        tr("Units"), tr("Agreement in percent"), tr("Kappa"), tr("Alpha"), tr("Both"),
        tr("Only {name}", name=first), tr("Only {name}", name=second), tr("Neither"),
        tr("Settled so far"),
    )  # fmt: skip
    cells = tuple((*_figures(found.measures(row)), said) for row, said in enumerate(settled))
    return Matrix(
        spec=MatrixSpec((parts,), ("measure",)),
        rows=rows,
        columns=tuple(MatrixHeading(name, (name,), nobody) for name in names),
        cells=cells,
        evidence=tuple(((),) * len(names) for _ in rows),
        total=nobody,
        notes=(
            *found.report.notes,
            *found.report.overall.notes,
            message(
                "Kappa and alpha say how far they agree beyond chance: 1 is always, 0 is no more "
                "than chance. Where a code is rare both are low for few disagreements, so read "
                "them with the four counts."
            ),
        ),
    )


def _figures(found: Agreement) -> tuple[CellValue, ...]:
    """Return the figures as words: a number in a cell is one of segments."""
    write = current_catalogue().format_number
    (both, first), (second, neither) = found.table
    percent = _NONE
    if found.percent is not None:
        percent = current_catalogue().format_percent(found.percent, 1)
    return (
        write(found.n), percent, _coefficient(found.kappa), _coefficient(found.alpha),
        write(both), write(first), write(second), write(neither),
    )  # fmt: skip


def _coefficient(value: float | None) -> str:
    return _NONE if value is None else current_catalogue().format_number(value, 3)


def interval_words(found: Agreement) -> str:
    """Return each measure with its interval on a line, as far as they have any."""
    percent = current_catalogue().format_percent
    parts: list[str] = []
    for name, value, interval, write in (
        (
            tr("Percent agreement"),
            found.percent,
            found.percent_interval,
            partial(percent, decimals=1),
        ),
        (tr("Kappa"), found.kappa, found.kappa_interval, _coefficient),
        (tr("Alpha"), found.alpha, found.alpha_interval, _coefficient),
    ):
        if value is None:
            continue
        said = f"{name} {write(value)}"
        if interval is not None:
            low, high = (write(one) for one in interval)
            said = tr("{measure} (95 %: {low} to {high})", measure=said, low=low, high=high)
        parts.append(said)
    return "\n".join(parts)


class Agreeing(QObject):
    """Between the matrix workspace and the comparison of two coders."""

    def __init__(self, workspace: MatrixWorkspace) -> None:
        """Compare nobody yet."""
        super().__init__(workspace)
        self._workspace = workspace
        self._context = workspace.context
        self._found: Comparison | None = None
        self.settler = Settler(workspace)
        self._counting: tuple[Snapshot, AgreementSpec] | None = None

    # -------------------------------------------------------------------------------- counting
    def table(self, question: Question, known: Choices) -> tuple[Question, Table | None]:
        """Return the question with two coders who can be compared, and the table of it.

        The table is None while it is counted; the workspace is refreshed then. Raises UserError
        where nobody can be compared.
        """
        snapshot = self._context.bridge.session.snapshot()
        pairs = self._pairs(snapshot)
        if question.coders not in pairs:
            question = replace(question, coders=next(iter(pairs)))
        self._workspace.bar.show_pairs(list(pairs))
        spec = AgreementSpec(
            pairs[question.coders], question.unit, folded=question.folded,
            documents=self._documents(snapshot, question, known),
        )  # fmt: skip
        found = self._known(snapshot, spec)
        if found is None:
            if len(snapshot.codings) > AT_ONCE:
                self._begin(snapshot, spec)
                return question, None
            found = self._found = compare(snapshot, spec, None)
        found = found.by(question.parts)
        self.settler.take(found)
        settled = [self._settled(found, row) for row in range(len(found.lines) + 1)]
        matrix = agreement_matrix(found, settled, question.parts)
        return question, Table(matrix, agreement=found)

    def _documents(
        self, snapshot: Snapshot, question: Question, known: Choices
    ) -> frozenset[DocumentId]:
        """Return the documents that the filters let through, none where no filter holds."""
        from qda.analysis.filtered_documents import filtered_documents  # lazy: it brings numpy

        held = tables.holding(known, question)
        if not held.filters:
            return frozenset()
        connection = self._context.bridge.project.connection
        return filtered_documents(connection, snapshot, known.spec(held))

    def _known(self, snapshot: Snapshot, spec: AgreementSpec) -> Comparison | None:
        """Return what was counted before, where it still holds."""
        from qda.analysis.conflicts import same_ground  # lazy: it brings numpy

        found = self._found
        if found is None or found.report.spec != spec:
            return None
        if found.snapshot is not snapshot:
            if not same_ground(found.snapshot, snapshot, spec.coders):
                return None
            # What is settled on changes nothing of what the two have coded.
            found = self._found = replace(found, snapshot=snapshot)
        return found

    def _settled(self, found: Comparison, row: int) -> str:
        conflicts = found.conflicts_at(row, None)
        if not conflicts:
            return _NONE
        done = self.settler.counts(conflicts)["settled"]
        return tr("{n} of {all}", n=done, all=len(conflicts))

    def _pairs(self, snapshot: Snapshot) -> dict[tuple[str, str], tuple[CoderId, CoderId]]:
        from qda.analysis.agreement import comparable  # lazy: it brings numpy

        if only_coder(self._context) is not None:
            raise NotAllowed(
                message(
                    "You see only your own codings, and the agreement would tell what others have "
                    "coded; show everyone's in the coding room first."
                )
            )
        guids = {one.id: str(one.guid) for one in snapshot.entities.coders}
        pairs = {(guids[one], guids[other]): (one, other) for one, other in comparable(snapshot)}
        if not pairs:
            raise NotAllowed(
                message("No two coders have coded the same document, so nobody can be compared.")
            )
        return pairs

    def _begin(self, snapshot: Snapshot, spec: AgreementSpec) -> None:
        asked = (snapshot, spec)
        counting = self._counting
        if counting is not None and counting[0] is snapshot and counting[1] == spec:
            return
        self._counting = asked

        def work(progress: Progress) -> object:
            return compare(snapshot, spec, progress)

        def done(found: object) -> None:
            if self._counting is asked:
                self._counting = None
            if isinstance(found, Comparison):
                self._found = found
            self._workspace.refresh()

        def ended() -> None:
            if self._counting is asked:
                self._counting = None
                self._workspace.ask(replace(self._workspace.question, table="matrix"))

        self._context.jobs.start(tr("Comparing two coders"), work, done, ended)

    # -------------------------------------------------------------------------------- showing
    def follow(self, changes: Changes) -> None:
        """Show a memo that was written or taken back elsewhere."""
        if changes.touches("memo") and self.settler.pane.isVisibleTo(self._workspace):
            self._workspace.show_evidence()

    def show_evidence(self, found: Comparison, target: Target) -> None:
        """List the segments behind the disagreements of a row, each with who alone coded so."""
        within = found.conflicts_at(target.row, target.column)
        listed = self.settler.show(found, target)
        places = found.places(target.row, target.column)
        if len(listed) < len(within):
            shown = {coding for one in listed for coding in one.codings}
            places = [one for one in places if shown.issuperset(one.codings)]
        names = dict(zip(found.report.spec.coders, found.report.coders, strict=True))
        wanted = behind(places)
        quotes = engine.quotes(self._context.bridge.session, list(wanted)[:MOST])
        marks: dict[CodingId, str] = {}
        for quote in quotes:
            one, apart = wanted[quote.id]
            marks[quote.id] = tr("only {name}", name=names[one.coder])
            if found.report.spec.unit == "character" and apart < quote.end - quote.start:
                marks[quote.id] = tr("only {name}, in part", name=names[one.coder])
            if state := self.settler.mark(quote.id):
                marks[quote.id] += f" · {state}"
        line = found.line(target.row)
        title = tr("All together") if line is None else line.label
        said = (interval_words(found.measures(target.row)), self.settler.counts_words(within))
        pane = self._workspace.evidence
        agree = not within
        totals = (len(listed), len(wanted))
        with self.settler.filling():
            pane.show_disagreements(title, quotes, totals, marks, said, agree=agree)


def behind(places: Sequence[Disagreement]) -> dict[CodingId, tuple[Disagreement, int]]:
    """Return the segments behind disagreements, each once: the first, and the characters in all."""
    found: dict[CodingId, tuple[Disagreement, int]] = {}
    for one in places:
        for coding in one.codings:
            first, before = found.get(coding, (one, 0))
            found[coding] = (first, before + one.end - one.start)
    return found
