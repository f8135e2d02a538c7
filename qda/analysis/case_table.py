"""The cases with their variables, and all that goes with an exported matrix."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qda.analysis.attribution import Attributor
from qda.analysis.quotes import quotes_for
from qda.analysis.tables import Snapshot
from qda.model.codebook import Codebook, forest
from qda.model.matrix import CaseTable, Matrix, MatrixExport, Quote
from qda.model.messages import Message, message
from qda.model.quotes import QuoteStyle
from qda.store import history
from qda.store import quotes as quote_rows
from qda.store.arrays import Connection


def case_table(snapshot: Snapshot) -> CaseTable:
    """Return all cases with their variables; indicators by their latest period."""
    entities = snapshot.entities
    variables = [one for one in entities.variables if one.subject == "case"]
    variables.sort(key=lambda one: one.position)
    return CaseTable(
        variables=tuple(one.name for one in variables),
        cases=entities.cases,
        values=tuple(
            tuple(entities.values.get(one.id, {}).get(case.id) for one in variables)
            for case in entities.cases
        ),
    )


def codebook(snapshot: Snapshot) -> Codebook:
    """Return the project's codes as a codebook."""
    project = snapshot.entities.project
    return Codebook(project.name, forest(snapshot.entities.codes), language=project.language)


def _recognisable(
    connection: Connection, snapshot: Snapshot, quotes: Iterable[Quote]
) -> Iterator[Message]:
    """Say which of the roles that stand behind the quotes few informants share."""
    threshold = quote_rows.style(connection).threshold
    rare = Attributor(snapshot, QuoteStyle(threshold=threshold)).rare()
    shown = {role.strip() for one in quotes for role in one.role.split(",")}
    names = [f"«{one.shown}»" for one in rare if one.shown in shown]
    if names:
        yield message(
            "Fewer than {n} informants are shown as {names}; their quotes could tell who they are.",
            n=threshold,
            names=", ".join(names),
        )


def export_bundle(
    connection: Connection, snapshot: Snapshot, matrix: Matrix, *, created: str = ""
) -> MatrixExport:
    """Return a matrix with the quotes, cases and codes that an export of it holds.

    `created` is an ISO time, now where it is empty; the same time gives the same files.
    """
    ids = {one for row in matrix.evidence for cell in row for one in cell}
    quotes = quotes_for(connection, snapshot, ids)
    notes = (*matrix.notes, *_recognisable(connection, snapshot, quotes.values()))
    return MatrixExport(
        project=snapshot.entities.project.name,
        matrix=replace(matrix, notes=notes),
        quotes=quotes,
        cases=case_table(snapshot),
        codebook=codebook(snapshot),
        created=created or history.now(),
    )
