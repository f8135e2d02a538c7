"""The skeleton of a results chapter: what the project holds about every theme, ready to write."""

from collections.abc import Iterator, Sequence

from qda.analysis.judged import agreed
from qda.model.entities import Code
from qda.model.ids import CaseId, PropositionId
from qda.model.judgements import GRADES, VERDICTS, Judgement
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.model.writeup import Block, Heading, Paragraph, Run, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.claim_list import claim_table
from qda.operations.writeup.common import (
    chosen_quotes,
    count_table,
    people_words,
    quote_block,
    shade_of,
    warnings,
)
from qda.operations.writeup.figures import Figures, not_said
from qda.operations.writeup.material import Material
from qda.store import framework, judgements

QUOTES = 3
"""How many quotes stand under a theme."""


def chapter(
    material: Material, figures: Figures, shown: tuple[str, ...] = (), title: str = ""
) -> WriteUp:
    """Return the chapter: overview, one section a theme, propositions, claims, what to check.

    The figures of the names `shown` stand in the sections of their themes, else in the overview.
    """
    entities = material.snapshot.entities
    blocks: list[Block] = [*_overview(material)]
    blocks += not_said(blocks, figures.under(shown, None))
    for code in material.top_codes():
        blocks += _theme(material, code, not_said(blocks, figures.under(shown, code)))
    blocks += _propositions(material)
    blocks += _claims(material)
    blocks += warnings(material)
    return WriteUp(
        title or material.say(message("Results")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
    )


def _overview(material: Material) -> Iterator[Block]:
    entities = material.snapshot.entities
    yield Heading(1, material.say(message("Overview")))
    informants = sum(not one.interviewer for one in entities.participants)
    yield plain(
        material.say(
            message(
                "The material is {documents} sources with {informants} informants "
                "at {offices} offices.",
                documents=len(entities.documents),
                informants=informants,
                offices=len(entities.cases),
            )
        )
    )
    matrix = material.ask(MatrixSpec(("code",), ("case",)))
    yield count_table(material, matrix, message("Coded segments by theme and office"))
    for note in matrix.notes:
        yield plain(material.say(note), muted=True)


def _theme(material: Material, code: Code, figures: Sequence[Block]) -> Iterator[Block]:
    yield Heading(1, code.name)
    if code.definition:
        yield plain(code.definition)
    spec = MatrixSpec(codes=frozenset({code.id}))
    matrix = material.ask(spec)
    codings = list(dict.fromkeys(one for row in matrix.evidence for cell in row for one in cell))
    if not codings:
        yield plain(material.say(message("Nothing is coded with this theme.")), muted=True)
        return
    yield people_words(material, codings)
    if material.below(code.id):
        unfolded = material.ask(
            MatrixSpec(("code",), ("case",), codes=frozenset({code.id}), folded=False)
        )
        yield count_table(
            material, unfolded, message("Segments by subtheme and office"), below=code.name
        )
    yield from figures
    yield from _cells(material, code)
    quotes = chosen_quotes(material.quoted(codings), QUOTES)
    if quotes:
        yield Heading(2, material.say(message("In their own words")))
        for one in quotes:
            yield quote_block(material, one)
    yield plain(material.say(message("Write here what this amounts to.")), muted=True)


def _cells(material: Material, code: Code) -> Iterator[Block]:
    """Yield the summaries and grades of the offices on a theme, where there are any."""
    connection, entities = material.connection, material.snapshot.entities
    written = {
        one.subject_id: one
        for one in framework.all_cells(connection)
        if one.subject == "case" and one.code == code.id and one.summary
    }
    grades: dict[int, list[Judgement]] = {}
    for one in material.judgements():
        if one.code == code.id:
            grades.setdefault(one.case, []).append(one)
    if not written and not grades:
        return
    yield Heading(2, material.say(message("Office by office")))
    scale = code.scale or GRADES[entities.language]
    rows: list[tuple[TableCell, ...]] = []
    for case in entities.cases:
        cell = written.get(case.id)
        given = grades.get(case.id, [])
        value, reason = "", ""
        if given:
            value, shown = agreed(given)
            reason = shown.reason
        codings = [
            *(cell.evidence if cell else ()),
            *(part.coding for one in given for part in one.evidence),
        ]
        rows.append(
            (
                TableCell(case.name, material.link(codings)),
                TableCell(cell.summary if cell else ""),
                TableCell(value, shade=shade_of(value, scale)),
                TableCell(reason),
            )
        )
    words = (message("Office"), message("Summary"), message("Grade"), message("Reason"))
    header = tuple(TableCell(material.say(one)) for one in words)
    keep = [at for at in range(4) if at == 0 or any(row[at].text for row in rows)]
    yield TableBlock(
        material.say(message("What is written of each office")),
        tuple(header[at] for at in keep),
        tuple(tuple(row[at] for at in keep) for row in rows),
    )


def _propositions(material: Material) -> Iterator[Block]:
    connection, entities = material.connection, material.snapshot.entities
    everything = judgements.all_propositions(connection)
    if not everything:
        return
    given = _verdicts(material)
    yield Heading(1, material.say(message("Propositions")))
    for one in everything:
        if one.text:
            yield Paragraph((Run(one.name, bold=True), Run(f": {one.text}")))
    rows: list[tuple[TableCell, ...]] = []
    for case in entities.cases:
        cells = [TableCell(case.name)]
        for one in everything:
            judged = given.get((case.id, one.id), [])
            value = agreed(judged)[0] if judged else ""
            codings = [part.coding for verdict in judged for part in verdict.evidence]
            scale = (one.scale or VERDICTS[entities.language])[::-1]
            cells.append(TableCell(value, material.link(codings), shade=shade_of(value, scale)))
        rows.append(tuple(cells))
    header = (
        TableCell(material.say(message("Office"))), *(TableCell(one.name) for one in everything),
    )  # fmt: skip
    yield TableBlock(material.say(message("Verdicts by office")), header, tuple(rows))
    cases = {case.id: case.name for case in entities.cases}
    names = {one.id: one.name for one in everything}
    for (case, proposition), judged in given.items():
        for verdict in judged:
            if verdict.reason:
                head = f"{cases[case]}, {names[proposition]}: {verdict.value}. "
                yield Paragraph((Run(head, bold=True), Run(verdict.reason)))


def _verdicts(material: Material) -> dict[tuple[CaseId, PropositionId], list[Judgement]]:
    """Return the verdicts by case and proposition."""
    given: dict[tuple[CaseId, PropositionId], list[Judgement]] = {}
    for one in material.judgements():
        if one.proposition is not None:
            given.setdefault((one.case, one.proposition), []).append(one)
    return given


def _claims(material: Material) -> Iterator[Block]:
    if not material.claims():
        return
    yield Heading(1, material.say(message("Findings and what they rest on")))
    yield claim_table(material)
