"""The profile of one case on a page, for its informants to verify how they are described."""

from collections.abc import Iterator

from qda.analysis.judged import agreed
from qda.analysis.labels import value_text
from qda.model.entities import Case
from qda.model.judgements import Judgement
from qda.model.messages import message
from qda.model.writeup import Block, Heading, Paragraph, Run, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.material import Material
from qda.store import framework, judgements


def profile(material: Material, case: Case) -> WriteUp:
    """Return what the study says of a case: facts, summaries, grades. No quotes, no informants."""
    entities = material.snapshot.entities
    blocks: list[Block] = [
        plain(
            material.say(
                message(
                    "This is how {name} is described in the study. "
                    "Please say what is wrong or missing.",
                    name=case.name,
                )
            )
        ),
        *_facts(material, case),
        *_descriptions(material, case),
        *_verdicts(material, case),
    ]
    return WriteUp(
        case.name,
        f"{entities.project.name} · {material.day()}",
        entities.language,
        tuple(blocks),
    )


def _facts(material: Material, case: Case) -> Iterator[Block]:
    entities = material.snapshot.entities
    rows: list[tuple[TableCell, ...]] = []
    for variable in entities.variables:
        value = entities.values.get(variable.id, {}).get(case.id)
        if variable.subject == "case" and value is not None:
            rows.append((TableCell(variable.name), TableCell(value_text(value, entities.language))))
    if rows:
        yield Heading(1, material.say(message("Facts")))
        header = (
            TableCell(material.say(message("What"))), TableCell(material.say(message("Value"))),
        )  # fmt: skip
        yield TableBlock("", header, tuple(rows))


def _descriptions(material: Material, case: Case) -> Iterator[Block]:
    connection = material.connection
    cells = {
        one.code: one
        for one in framework.all_cells(connection)
        if one.subject == "case" and one.subject_id == case.id
    }
    grades: dict[int, list[Judgement]] = {}
    for one in judgements.all_judgements(connection):
        if one.case == case.id and one.code is not None:
            grades.setdefault(one.code, []).append(one)
    codes = [
        one
        for one in material.snapshot.entities.codes
        if one.id in grades or (one.id in cells and cells[one.id].summary)
    ]
    for code in codes:
        yield Heading(1, material.path(code.id))
        cell = cells.get(code.id)
        if cell is not None and cell.summary:
            yield plain(cell.summary)
        if code.id in grades:
            value, shown = agreed(grades[code.id])
            reason = f" {shown.reason}" if shown.reason else ""
            yield Paragraph((Run(value, bold=True), Run(reason)))
    if not codes:
        yield plain(material.say(message("Nothing is written of this office yet.")), muted=True)


def _verdicts(material: Material, case: Case) -> Iterator[Block]:
    given = [
        one
        for one in judgements.all_judgements(material.connection)
        if one.case == case.id and one.proposition is not None
    ]
    if not given:
        return
    yield Heading(1, material.say(message("Propositions")))
    for proposition in judgements.all_propositions(material.connection):
        own = [one for one in given if one.proposition == proposition.id]
        if own:
            value, shown = agreed(own)
            reason = f" {shown.reason}" if shown.reason else ""
            head = f"{proposition.name}: {value}."
            yield Paragraph((Run(head, bold=True), Run(reason)))
