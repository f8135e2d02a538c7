"""Ask the counting engine, and fetch what its answer is read with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qda.app.session import Session
from qda.gui.language import tr
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question
from qda.jobs.progress import Progress
from qda.model.errors import NotAllowed
from qda.model.ids import CoderId, CodingId, Guid
from qda.model.matrix import Matrix, MatrixExport, Quote
from qda.model.messages import message
from qda.store import arrays, participants

if TYPE_CHECKING:
    from qda.analysis.tables import Words

TABLES = (
    "project", "coding", "coding_case", "code", "coder", "case", "document",
    "document_case", "participant", "participant_case", "turn", "variable", "value", "text_body",
    "banding",
    "framework_cell", "framework_evidence", "judgement", "judgement_evidence", "proposition",
    "saved_query", "code_set", "code_set_member",
)  # fmt: skip
"""Tables whose changes alter a matrix."""
AT_ONCE = 400_000
"""Characters whose words are counted before the window is given back."""


def choices(session: Session) -> Choices:
    """Return what can be asked of the project as it is now."""
    return Choices(session.snapshot().entities)


def build(
    session: Session, known: Choices, question: Question, only: CoderId | None = None
) -> Matrix:
    """Count; with `only`, what one coder coded and judged, since the user codes blind.

    Raises UserError where the question cannot be answered.
    """
    from qda.analysis.matrix import answer  # lazy: it brings numpy

    spec = known.spec(question)
    if only is not None:
        own = [one.guid for one in session.snapshot().entities.coders if one.id == only]
        if not own:
            raise NotAllowed(message("You see only your own codings, and there are none yet."))
        spec = replace(spec, where=(*spec.where, ("coder", own[0])))
    return answer(session.project.connection, session.snapshot(), spec)


def uncounted(session: Session, question: Question) -> dict[str, str]:
    """Return the texts, by hash, whose words have to be found before; none where that is quick."""
    if question.cells not in ("words", "share"):
        return {}
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


def crumb(question: Question, known: Choices) -> str:
    """Return what is asked in a few words, such as `code by office`."""
    rows, columns = (
        " · ".join(known.word(name) for name in names)
        for names in (question.rows, question.columns)
    )
    return tr("{columns} by {rows}", columns=columns, rows=rows)
