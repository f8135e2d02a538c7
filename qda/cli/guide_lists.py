"""Interview guides as the command line lists and names them."""

from collections.abc import Mapping, Sequence

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import Json, write_table
from qda.cli.parsing import text_option
from qda.model.entities import Document, Turn
from qda.model.errors import Ambiguous, NotFound
from qda.model.guides import FULL_SCORE, Answer, AskedInTurn, Guide, Question, TurnQuestions
from qda.model.ids import DocumentId, QuestionId, TurnId
from qda.model.messages import message
from qda.store import codes, documents, guides, lookup, participants, turns
from qda.text.guide_answers import answers, questions_by_turn

guide_option = text_option(
    "--guide", metavar="NAME", help=_("The guide, when the project has several.")
)
_SAID = 60

Others = Sequence[AskedInTurn]


def show_questions(env: Environment, session: Session, name: str) -> None:
    """List the questions of the guides with where they were asked."""
    connection = session.project.connection
    shown = [find_guide(session, name)] if name else guides.all_guides(connection)
    titles = {one.id: one.name for one in documents.all_documents(connection)}
    everything = codes.all_codes(connection)
    paths = dict(zip((one.id for one in everything), codes.path_texts(everything).values(),
                     strict=True))  # fmt: skip
    asked = guides.asked(connection)
    matched = guides.matched_documents(connection)
    linked = guides.code_links(connection)
    rows: list[dict[str, Json]] = []
    for one in shown:
        through = [document for document, other in matched.items() if other == one.id]
        for line in one.lines:
            there = {document for question, document in asked if question == line.id}
            question = line.kind == "question"
            rows.append(
                {
                    "guide": one.name,
                    "guid": line.guid,
                    "kind": line.kind,
                    "number": line.number,
                    "text": line.text,
                    "asked": sorted(titles[other] for other in there),
                    "not_asked": sorted(titles[other] for other in through if other not in there)
                    if question
                    else [],
                    "codes": [paths[link.code] for link in linked if link.question == line.id],
                }
            )
    env.answer(
        list(rows),
        lambda: write_table(
            (tr("Number"), tr("Question"), tr("Asked"), tr("Not asked"), tr("Codes")),
            (
                (
                    str(row["number"]),
                    str(row["text"]),
                    _length(row["asked"]) if row["kind"] == "question" else None,
                    _length(row["not_asked"]) if row["kind"] == "question" else None,
                    ", ".join(_texts(row["codes"])),
                )
                for row in rows
            ),
        ),
    )


def _length(value: Json) -> int:
    return len(_texts(value))


def _texts(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def show_turns(
    env: Environment, session: Session, document: Document, others: Mapping[TurnId, Others]
) -> None:
    """List the turns of a document with what they ask or answer, and what `others` they might."""
    connection = session.project.connection
    text = documents.text(connection, document.id)
    spoken = turns.of_document(connection, document.id)
    said = guides.of_document(connection, document.id)
    names = {one.id: one.name for one in participants.all_participants(connection)}
    by_id = lines_by_id(session)
    questions = questions_by_turn(spoken, said)
    rows: list[dict[str, Json]] = []
    for turn in spoken:
        own = said.get(turn.id)
        rows.append(
            {
                "turn": turn.number,
                "start": turn.start,
                "end": turn.end,
                "participant": names.get(turn.participant) if turn.participant else None,
                "interviewer": turn.interviewer,
                "text": text[turn.start : turn.end],
                "role": own.role if own is not None else None,
                "by_hand": own.by_hand if own is not None else False,
                "questions": _questions_of(questions.get(turn.id, ()), own, by_id),
                "others": [
                    {
                        "number": by_id[one.question].number,
                        "question": by_id[one.question].label,
                        "guid": by_id[one.question].guid,
                        "score": one.score / FULL_SCORE,
                        "words": list(one.words),
                    }
                    for one in others.get(turn.id, ())
                    if one.question in by_id
                ],
            }
        )
    env.answer(
        list(rows),
        lambda: write_table(
            (tr("Turn"), tr("Participant"), tr("Text"), tr("Question"), tr("Score"), tr("Words")),
            (line for row in rows for line in _lines_of(row)),
        ),
    )


def _lines_of(row: Mapping[str, Json]) -> list[tuple[str, ...]]:
    """Return a turn as lines for people: one for each question that it asks or might ask."""
    turn = (str(row["turn"]), str(row["participant"] or ""), str(row["text"])[:_SAID])
    by_hand = tr("by hand") if row["by_hand"] else ""
    asked = [
        (str(one["question"]), _score_text(one) or by_hand, " ".join(_texts(one["words"])))
        for one in _listed(row["questions"])
    ] or [("", by_hand, "")]
    might = [
        (
            tr("perhaps: {question}", question=str(one["question"])),
            _score_text(one),
            " ".join(_texts(one["words"])),
        )
        for one in _listed(row["others"])
    ]
    return [
        (*(turn if at == 0 else ("", "", "")), *line) for at, line in enumerate((*asked, *might))
    ]


def _listed(value: Json) -> list[dict[str, Json]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _score_text(one: Mapping[str, Json]) -> str:
    return f"{score:.2f}" if isinstance(score := one["score"], float) else ""


def told(said: TurnQuestions | None, by_id: Mapping[QuestionId, Question]) -> dict[str, Json]:
    """Return what a turn asks and why; no role for one of which nothing was found."""
    if said is None:
        return {"role": None, "by_hand": False, "questions": []}
    return {
        "role": said.role,
        "by_hand": said.by_hand,
        "questions": _questions_of(said.questions, said, by_id),
    }


def _questions_of(
    questions: Sequence[QuestionId],
    said: TurnQuestions | None,
    by_id: Mapping[QuestionId, Question],
) -> list[Json]:
    """Return questions that a turn asks or answers; scores and words are those of its own."""
    own = {one.question: one for one in said.asked} if said is not None else {}
    scored = said is not None and not said.by_hand
    return [
        {
            "number": by_id[one].number,
            "question": by_id[one].label,
            "guid": by_id[one].guid,
            "score": own[one].score / FULL_SCORE if scored and one in own else None,
            "words": list(own[one].words) if one in own else [],
        }
        for one in questions
        if one in by_id
    ]


def lines_by_id(session: Session) -> Mapping[QuestionId, Question]:
    """Return the lines of all guides."""
    return {
        line.id: line for one in guides.all_guides(session.project.connection) for line in one.lines
    }


def answers_to(
    session: Session, line: Question, names: Sequence[str], *, direct: bool
) -> tuple[Answer, ...]:
    """Return the answers to a question in the order of the documents."""
    connection = session.project.connection
    chosen = [lookup.document(connection, one).id for one in names]
    found: list[Answer] = []
    for document in chosen or [one.id for one in documents.all_documents(connection)]:
        said = guides.of_document(connection, document)
        if any(line.id in one.questions for one in said.values()):
            of_document = answers(turns.of_document(connection, document), said)
            found += [
                one
                for one in of_document
                if one.question == line.id and not (direct and one.follow_ups)
            ]
    return tuple(found)


def answer_rows(session: Session, found: Sequence[Answer]) -> list[dict[str, Json]]:
    """Return answers as the command line lists them."""
    connection = session.project.connection
    titles = {one.id: one.name for one in documents.all_documents(connection)}
    names = {one.id: one.name for one in participants.all_participants(connection)}
    texts: dict[DocumentId, str] = {}
    spoken: dict[DocumentId, dict[TurnId, Turn]] = {}
    for one in found:
        if one.document not in texts:
            texts[one.document] = documents.text(connection, one.document)
            of_document = turns.of_document(connection, one.document)
            spoken[one.document] = {turn.id: turn for turn in of_document}

    def speaker(answer: Answer) -> str | None:
        who = spoken[answer.document][answer.turn].participant
        return names.get(who) if who is not None else None

    return [
        {
            "document": titles[one.document],
            "turn": one.number,
            "participant": speaker(one),
            "start": one.start,
            "end": one.end,
            "follow_ups": one.follow_ups,
            "text": texts[one.document][one.start : one.end],
        }
        for one in found
    ]


def tell_answers(rows: Sequence[Mapping[str, Json]]) -> None:
    """Write answers for people."""
    write_table(
        (tr("Document"), tr("Turn"), tr("Participant"), tr("Text")),
        (
            (
                str(row["document"]),
                str(row["turn"]),
                str(row["participant"] or ""),
                str(row["text"]),
            )
            for row in rows
        ),
    )


# --------------------------------------------------------------------------------------- names
def find_guide(session: Session, name: str) -> Guide:
    """Return the guide of a name or GUID, or the only one. Raises NotFound, Ambiguous."""
    everything = guides.all_guides(session.project.connection)
    if not everything:
        raise NotFound(message("The project has no interview guide; «qda guide import» takes one."))
    wanted = name.strip()
    if not wanted and len(everything) > 1:
        names = ", ".join(one.name for one in everything)
        raise Ambiguous(
            message("There are several interview guides: {names}; say which with --guide.",
                    names=names)
        )  # fmt: skip
    for one in everything:
        if not wanted or wanted in {one.name, one.guid}:
            return one
    raise NotFound(
        message("There is no interview guide {name}; «qda guide show» lists them.", name=wanted)
    )


def find_question(session: Session, name: str, wanted: str, of: int | None = None) -> Question:
    """Return a question by GUID, number or words. Raises NotFound, Ambiguous."""
    everything = guides.all_guides(session.project.connection)
    by_guid = wanted.strip().casefold()
    for one in everything:
        for line in one.questions:
            if line.guid == by_guid:
                return line
    own = next((one for one in everything if one.id == of), None) if not name else None
    chosen = own or find_guide(session, name)
    number = wanted.strip().rstrip(".)")
    found = [one for one in chosen.questions if number and one.number.rstrip(".)") == number]
    found = found or [one for one in chosen.questions if by_guid in one.text.casefold()]
    if not found:
        raise NotFound(
            message("There is no question {name}; «qda guide show» lists them.", name=wanted)
        )
    if len(found) > 1:
        raise Ambiguous(
            message(
                "{name} can be several: {candidates}; say which one.",
                name=wanted,
                candidates="; ".join(one.label for one in found[: lookup.SHOWN]),
            )
        )
    return found[0]
