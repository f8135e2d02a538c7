"""The cases with their variables, and all that goes with an exported matrix."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qda.analysis.attribution import Attributor
from qda.analysis.dimensions import shown_value
from qda.analysis.quotes import quotes_for
from qda.analysis.tables import Snapshot
from qda.model.codebook import Codebook, forest
from qda.model.errors import NotAllowed, NotFound
from qda.model.matrix import CaseTable, Matrix, MatrixExport, Quote
from qda.model.messages import Message, message
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


def _recognisable(who: Attributor, quotes: Iterable[Quote]) -> Iterator[Message]:
    """Say what is shown of those behind the quotes that few informants share."""
    found = {rare.shown for one in quotes if (rare := who.fewest(one)) is not None}
    names = [f"«{one.shown}»" for one in who.rare() if one.shown in found]
    if names:
        yield message(
            "Fewer than {n} informants are shown as {names}; their quotes could tell who they are.",
            n=who.style.threshold,
            names=", ".join(names),
        )


def export_bundle(
    connection: Connection,
    snapshot: Snapshot,
    matrix: Matrix,
    *,
    created: str = "",
    who: Attributor | None = None,
) -> MatrixExport:
    """Return a matrix with the quotes, cases and codes that an export of it holds.

    `created` is an ISO time, now where it is empty; the same time gives the same files. `who` says
    who said each quote, in place of the project's own template. Where that names what is not there
    any more, nobody is shown, and a note says why.
    """
    ids = {one for row in matrix.evidence for cell in row for one in cell}
    quotes = quotes_for(connection, snapshot, ids)
    notes = list(matrix.notes)
    if who is None:
        style = quote_rows.style(connection)
        try:
            who = Attributor(snapshot, style)
        except (NotAllowed, NotFound) as error:
            notes.append(error.message)
            who = Attributor(snapshot, replace(style, attribution=""))
    notes += _recognisable(who, quotes.values())
    filtered = (*matrix.spec.where, *matrix.spec.without)
    return MatrixExport(
        project=snapshot.entities.project.name,
        matrix=replace(matrix, notes=tuple(notes)),
        quotes=quotes,
        cases=case_table(snapshot),
        codebook=codebook(snapshot),
        created=created or history.now(),
        attributions={key: who.of(one) for key, one in quotes.items()},
        marks=who.style.marks,
        names={value: shown_value(snapshot.entities, name, value) for name, value in filtered},
    )
