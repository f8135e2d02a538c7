"""Ask the counting engine, and fetch what its answer is read with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from qda.app.session import Session
from qda.gui.language import tr
from qda.gui.matrix import tables
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question
from qda.jobs.progress import Progress
from qda.model.ids import CodingId, Guid
from qda.model.matrix import Matrix, MatrixExport, Quote, Step
from qda.store import arrays, participants

if TYPE_CHECKING:
    from qda.analysis.tables import Words

TABLES = (
    "project", "coding", "coding_case", "code", "coder", "case", "document",
    "document_case", "participant", "participant_case", "turn", "variable", "value", "text_body",
    "banding", "group_kind", "case_group", "membership", "succession",
    "framework_cell", "framework_evidence", "judgement", "judgement_evidence", "proposition",
    "saved_query", "code_set", "code_set_member", "settlement", "guide", "guide_question",
    "guide_document", "question_code", "turn_question", "question_asked",
)  # fmt: skip
"""Tables whose changes alter a matrix."""
AT_ONCE = 400_000
"""Characters whose words are counted before the window is given back."""


def choices(session: Session) -> Choices:
    """Return what can be asked of the project as it is now."""
    return Choices(session.snapshot().entities)


def uncounted(session: Session, question: Question) -> dict[str, str]:
    """Return the texts, by hash, whose words have to be found before; none where that is quick."""
    if question.cells not in ("words", "share") and question.table != "contrast":
        return {}
    return unread(session)


def unread(session: Session) -> dict[str, str]:
    """Return the texts, by hash, whose words nobody has found; none where that is quick."""
    snapshot = session.snapshot()
    missing = {
        one.text_hash: one.characters
        for one in snapshot.entities.documents
        if one.text_hash not in snapshot.words
    }
    if sum(missing.values()) <= AT_ONCE:
        return {}
    return dict(arrays.texts(session.project.connection, missing))


def find_words(texts: Mapping[str, str], progress: Progress) -> dict[str, Words]:
    """Return the words of texts by hash; made for a worker thread."""
    from qda.text.words import word_spans

    found: dict[str, Words] = {}
    progress.start(len(texts))
    for text_hash, text in texts.items():
        found[text_hash] = word_spans(text)
        progress.step()
    return found


def keep_words(session: Session, found: Mapping[str, Words]) -> None:
    """Give the snapshot the words that were found."""
    session.snapshot().words.update(found)


def steps(session: Session, found: Iterable[Step]) -> list[tuple[list[Quote], ...]]:
    """Return the quotes of steps from one coded turn to the next."""
    listed = list(found)
    wanted = {one for step in listed for side in step for one in side}
    by_id = {one.id: one for one in quotes(session, wanted)}
    return [tuple([by_id[one] for one in side if one in by_id] for side in step) for step in listed]


def quotes(session: Session, codings: Iterable[CodingId]) -> list[Quote]:
    """Return the quotes of codings by document and place."""
    from qda.analysis.quotes import quotes_for  # lazy: it brings numpy

    found = quotes_for(session.project.connection, session.snapshot(), codings)
    return list(found.values())


def bundle(session: Session, matrix: Matrix) -> MatrixExport:
    """Return all that an exported matrix carries."""
    from qda.analysis.case_table import export_bundle  # lazy: it brings numpy

    return export_bundle(session.project.connection, session.snapshot(), matrix)


def facts(session: Session, question: Question) -> dict[Guid, str]:
    """Return where each informant speaks, for tables of informants, many of one name."""
    if "participant" not in (question.rows[-1], question.columns[-1]):
        return {}
    entities = session.snapshot().entities
    names = {one.id: one.name for one in entities.documents}
    where: dict[int, list[str]] = {}
    for document, participant in participants.speaking(session.project.connection):
        where.setdefault(participant, []).append(names.get(document, ""))
    return {one.guid: ", ".join(where.get(one.id, ())) for one in entities.participants}


def corner(question: Question, known: Choices) -> tuple[str, str]:
    """Return what stands above the names of the rows: what they are, and in what order."""
    rows = question.rows if question.table == "matrix" else ("code",)
    if question.table == "agreement":
        rows = (question.parts,)
    title = " · ".join(known.word(name) for name in rows)
    order = ""
    if question.table == "sequences":
        order = tr("from the row to the column")
    elif question.sort_by and question.table == "matrix":
        order = tr("in the order of {name}", name=known.word(question.sort_by))
    return title[:1].upper() + title[1:], order


def crumb(question: Question, known: Choices) -> str:
    """Return what is asked in a few words, such as `code by office`."""
    if question.table == "contrast":
        dimension, left, right = question.groups
        words = (known.filter_value(dimension, one) for one in (left, right))
        return tr("{left} and {right}", **dict(zip(("left", "right"), words, strict=True)))
    if question.table == "agreement":
        names = {str(one.guid): one.name for one in known.entities.coders}
        left, right = (names.get(one, "") for one in question.coders)
        return tr("Agreement of {left} and {right}", left=left, right=right)
    if question.table != "matrix":
        return dict(tables.table_kinds())[question.table]
    rows, columns = (
        " · ".join(known.word(name) for name in names)
        for names in (question.rows, question.columns)
    )
    return tr("{columns} by {rows}", columns=columns, rows=rows)
