"""The framework matrix as a text: what is written of each office on each theme, shaded by grade."""

from qda.analysis.judged import agreed
from qda.model.entities import Code
from qda.model.ids import CaseId, CodeId
from qda.model.judgements import GRADES, Judgement
from qda.model.messages import message
from qda.model.writeup import Block, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.common import shade_of
from qda.operations.writeup.material import Material
from qda.store import framework

Grades = dict[tuple[CaseId, CodeId], list[Judgement]]


def framework_table(
    material: Material, chosen: frozenset[CodeId] = frozenset(), title: str = ""
) -> WriteUp:
    """Return the matrix, a row for each office and a column for each theme that is written about.

    `chosen` keeps these codes alone. A grade stands as a word too, so that nothing is told by the
    shade alone.
    """
    entities = material.snapshot.entities
    cells = {
        (one.subject_id, one.code): one.summary
        for one in framework.all_cells(material.connection)
        if one.subject == "case" and one.summary
    }
    grades = grades_of(material)
    written = {code for _case, code in (*cells, *grades)}
    codes = [
        one for one in entities.codes
        if one.id in written and (not chosen or one.id in chosen)
    ]  # fmt: skip
    blocks: list[Block] = []
    if codes:
        rows = [
            (
                TableCell(case.name),
                *(
                    _cell(material, code, cells.get((case.id, code.id), ""),
                          grades.get((case.id, code.id), []))
                    for code in codes
                ),
            )
            for case in entities.cases
        ]  # fmt: skip
        header = (
            TableCell(material.say(message("Office"))),
            *(TableCell(material.path(one.id)) for one in codes),
        )
        caption = material.say(message("What is written of each office"))
        blocks.append(TableBlock(caption, header, tuple(rows)))
        if grades:
            blocks.append(
                plain(material.say(message("The darker a cell, the higher its grade.")), muted=True)
            )
    else:
        blocks.append(plain(material.say(message("No summary is written yet.")), muted=True))
    return WriteUp(
        title or material.say(message("Framework matrix")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
        wide=True,
    )


def grades_of(material: Material) -> Grades:
    """Return the grades by office and code."""
    found: Grades = {}
    for one in material.judgements():
        if one.code is not None:
            found.setdefault((one.case, one.code), []).append(one)
    return found


def _cell(material: Material, code: Code, summary: str, given: list[Judgement]) -> TableCell:
    value = agreed(given)[0] if given else ""
    scale = code.scale or GRADES[material.snapshot.entities.language]
    head = f"{value.upper()}. " if value and summary else value.upper()
    return TableCell(f"{head}{summary}", shade=shade_of(value, scale))
