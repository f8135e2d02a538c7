"""The profile of one case on a page, for its informants to verify how they are described."""

from collections.abc import Iterator

from qda.analysis.judged import agreed
from qda.analysis.labels import value_text
from qda.model.entities import Case
from qda.model.judgements import GRADES
from qda.model.messages import Message, message
from qda.model.writeup import Block, Heading, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.common import shade_of
from qda.operations.writeup.framework_table import grades_of
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
        material.subtitle(),
        entities.language,
        tuple(blocks),
        one_page=True,
    )


def _facts(material: Material, case: Case) -> Iterator[Block]:
    """Yield what is known of the office, two facts in a row: the profile is to fit a page."""
    entities = material.snapshot.entities
    facts: list[tuple[TableCell, TableCell]] = []
    for variable in entities.variables:
        value = entities.values.get(variable.id, {}).get(case.id)
        if variable.subject == "case" and value is not None:
            words = value_text(value, entities.language)
            if variable.type == "date":
                words = material.written_day(words)
            facts.append((TableCell(variable.name, bold=True), TableCell(words)))
    if not facts:
        return
    yield Heading(1, material.say(message("Facts")))
    if len(facts) % 2:
        facts.append((TableCell(""), TableCell("")))
    half = len(facts) // 2
    rows = [(*left, *right) for left, right in zip(facts[:half], facts[half:], strict=True)]
    what, value_word = message("What"), message("Value")
    yield _table(material, (what, value_word, what, value_word), rows)


def _descriptions(material: Material, case: Case) -> Iterator[Block]:
    connection = material.connection
    cells = {
        one.code: one.summary
        for one in framework.all_cells(connection)
        if one.subject == "case" and one.subject_id == case.id and one.summary
    }
    grades = {code: given for (one, code), given in grades_of(material).items() if one == case.id}
    codes = [one for one in material.snapshot.entities.codes if one.id in grades or one.id in cells]
    yield Heading(1, material.say(message("How the office is described")))
    if not codes:
        yield plain(material.say(message("Nothing is written of this office yet.")), muted=True)
        return
    rows: list[tuple[TableCell, ...]] = []
    for code in codes:
        value, reason = "", ""
        if code.id in grades:
            value, shown = agreed(grades[code.id])
            reason = shown.reason
        scale = code.scale or GRADES[material.snapshot.entities.language]
        words = "\n".join(filter(None, (cells.get(code.id, ""), reason)))
        shade = shade_of(value, scale)
        rows.append((TableCell(material.path(code.id)), TableCell(words),
                     TableCell(value, shade=shade)))  # fmt: skip
    yield _table(material, (message("Theme"), message("Description"), message("Grade")), rows)


def _verdicts(material: Material, case: Case) -> Iterator[Block]:
    given = [
        one for one in material.judgements() if one.case == case.id and one.proposition is not None
    ]
    if not given:
        return
    yield Heading(1, material.say(message("Propositions")))
    rows: list[tuple[TableCell, ...]] = []
    for proposition in judgements.all_propositions(material.connection):
        own = [one for one in given if one.proposition == proposition.id]
        if own:
            value, shown = agreed(own)
            name = f"{proposition.name}. {proposition.text}".rstrip()
            rows.append((TableCell(name), TableCell(value), TableCell(shown.reason)))
    words = (message("Proposition"), message("Verdict"), message("Reason"))
    yield _table(material, words, rows)


def _table(
    material: Material, words: tuple[Message, ...], rows: list[tuple[TableCell, ...]]
) -> TableBlock:
    return TableBlock("", tuple(TableCell(material.say(one)) for one in words), tuple(rows))
