"""What a user does with interview guides: take one in, match it, correct, link, code answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qda.jobs.progress import Progress
from qda.language.guide_matching import AskedQuestion, Match, SaidTurn, match_interviews
from qda.model.changes import OpResult
from qda.model.entities import Turn
from qda.model.errors import NotAllowed, NotFound
from qda.model.guides import (
    AskedInTurn,
    Guide,
    GuideLine,
    Question,
    ReadGuide,
    TurnQuestions,
    TurnRole,
)
from qda.model.ids import DocumentId, GuideId, QuestionId, TurnId
from qda.model.messages import message
from qda.store import coders, documents, guides, history
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.text.language_guess import guess_language

IMPORT = message("Import an interview guide")
RENAME = message("Rename an interview guide")
REMOVE = message("Remove an interview guide")
MATCH = message("Match the interview guide")
SET = message("Say what a turn asks")
ASKED = message("Say whether a question was asked")


# ------------------------------------------------------------------------------------- guides
def import_guide(
    project: ProjectFile, *, coder: str, guide: ReadGuide, name: str = ""
) -> OpResult[Guide]:
    """Keep a guide that was read; its notes are left out.

    Raises NotAllowed for one without questions, and where another guide has the name.
    """
    name = name.strip() or guide.name.strip()
    _require_name(project, name)
    lines = [one for one in guide.lines if one.kind != "note" and one.text.strip()]
    if not any(one.kind == "question" for one in lines):
        raise NotAllowed(message("A guide needs a question; say which lines are questions."))
    connection = project.connection
    with project.step(IMPORT, coder) as step:
        made = guides.insert(connection, name, guide.file_name, history.now(), _stripped(lines))
    return OpResult(find_guide(project, made), step.changes, step.id)


def _stripped(lines: Iterable[GuideLine]) -> list[GuideLine]:
    return [GuideLine(one.kind, one.number.strip(), one.text.strip()) for one in lines]


def rename_guide(project: ProjectFile, *, coder: str, guide: GuideId, name: str) -> OpResult[None]:
    """Give a guide another name. Raises NotAllowed when it is taken or empty."""
    name = name.strip()
    if name != find_guide(project, guide).name:
        _require_name(project, name)
    with project.step(RENAME, coder) as step:
        guides.rename(project.connection, guide, name)
    return OpResult(None, step.changes, step.id)


def remove_guide(project: ProjectFile, *, coder: str, guide: GuideId) -> OpResult[None]:
    """Remove a guide with all that was matched to it; the codings of answers stay."""
    find_guide(project, guide)
    with project.step(REMOVE, coder) as step:
        guides.delete(project.connection, guide)
    return OpResult(None, step.changes, step.id)


def find_guide(project: ProjectFile, guide: GuideId) -> Guide:
    """Return a guide. Raises NotFound."""
    for one in guides.all_guides(project.connection):
        if one.id == guide:
            return one
    raise NotFound(message("The interview guide is no longer in the project."))


def find_question(project: ProjectFile, question: QuestionId) -> Question:
    """Return a line of a guide. Raises NotFound."""
    for guide in guides.all_guides(project.connection):
        for one in guide.lines:
            if one.id == question:
                return one
    raise NotFound(message("The question is no longer in the interview guide."))


def _require_name(project: ProjectFile, name: str) -> None:
    if not name:
        raise NotAllowed(message("An interview guide needs a name; write one."))
    if any(one.name == name for one in guides.all_guides(project.connection)):
        raise NotAllowed(
            message(
                "There is an interview guide {name} already; give this one another name.",
                name=name,
            )
        )


# ----------------------------------------------------------------------------------- matching
@dataclass(frozen=True, slots=True)
class Interview:
    """An interview that a guide is matched with: its interviewer's turns in order."""

    document: DocumentId
    turns: tuple[TurnId, ...]
    said: tuple[SaidTurn, ...]


@dataclass(frozen=True, slots=True)
class MatchTask:
    """What matching works on, read from the project; only `wanted` documents are written to."""

    guide: Guide
    interviews: tuple[Interview, ...]
    wanted: frozenset[DocumentId]


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found: for every wanted interview its turns, and those that ask questions.

    `others` are questions that a turn might ask besides, the likeliest first; they are not kept.
    """

    guide: GuideId
    turns: Mapping[DocumentId, tuple[TurnId, ...]]
    found: tuple[TurnQuestions, ...]
    others: Mapping[TurnId, tuple[AskedInTurn, ...]] = field(
        default_factory=dict[TurnId, tuple[AskedInTurn, ...]]
    )


@dataclass(frozen=True, slots=True)
class MatchCount:
    """How many documents were gone through, and how their interviewers' turns came out."""

    documents: int
    turns: int
    matched: int
    by_hand: int


def gather(
    project: ProjectFile,
    guide: GuideId,
    chosen: Sequence[DocumentId] | None = None,
    *,
    released: Collection[TurnId] = (),
) -> MatchTask:
    """Read what is to be matched: the chosen documents, or every interview of no other guide.

    The other interviews of the guide are read too, so that a word is as rare when one of them is
    matched as when all are. What people said of turns teaches how the questions are put, apart
    from the `released` ones. Raises NotFound, and NotAllowed where nobody interviews.
    """
    connection = project.connection
    found = find_guide(project, guide)
    of_guide = guides.matched_documents(connection)
    interviews = guides.interviews(connection)
    if chosen is None:
        wanted = [one for one in interviews if of_guide.get(one, guide) == guide]
    else:
        wanted = [one for one in interviews if one in set(chosen)]
    if not wanted:
        raise NotAllowed(
            message("No interviewer speaks in these documents; say among the speakers who asks.")
        )
    together = set(wanted) | {one for one, other in of_guide.items() if other == guide}
    places = {one.id: place for place, one in enumerate(found.questions)}
    by_hand = {
        turn: tuple(places[question] for question in one.questions)
        for turn, one in guides.of_all_turns(connection).items()
        if one.by_hand and turn not in released and places.keys() >= set(one.questions)
    }
    read = [_interview(project, one, by_hand) for one in interviews if one in together]
    return MatchTask(found, tuple(read), frozenset(wanted))


def _interview(
    project: ProjectFile, document: DocumentId, by_hand: Mapping[TurnId, tuple[int, ...]]
) -> Interview:
    connection = project.connection
    known = documents.by_id(connection, document)
    assert known is not None  # noqa: S101 - it has turns
    text = documents.text(connection, document)
    asking = [one for one in turn_rows.of_document(connection, document) if one.interviewer]
    return Interview(
        document,
        tuple(one.id for one in asking),
        tuple(
            SaidTurn(text[one.start : one.end], known.language, by_hand.get(one.id))
            for one in asking
        ),
    )


def work_out(task: MatchTask, progress: Progress | None = None) -> Matches:
    """Match without changing anything. Raises Cancelled from `progress`."""
    asked = asked_questions(task.guide)
    language = guess_language(" ".join(one.text for one in task.guide.lines))
    by_interview = match_interviews(
        asked, language, [one.said for one in task.interviews], progress
    )
    by_turn = {
        turn: matched
        for interview, some in zip(task.interviews, by_interview, strict=True)
        if interview.document in task.wanted
        for turn, matched in zip(interview.turns, some, strict=True)
    }
    return Matches(
        task.guide.id,
        {one.document: one.turns for one in task.interviews if one.document in task.wanted},
        tuple(
            TurnQuestions(turn, "question", by_hand=False, asked=_kept(task.guide, one.asked))
            for turn, one in by_turn.items()
            if one.asked
        ),
        {turn: _kept(task.guide, one.others) for turn, one in by_turn.items() if one.others},
    )


def _kept(guide: Guide, matches: Iterable[Match]) -> tuple[AskedInTurn, ...]:
    """Return what a turn asks by the ids of questions."""
    questions = guide.questions
    return tuple(AskedInTurn(questions[one.question].id, one.score, one.words) for one in matches)


def asked_questions(guide: Guide) -> list[AskedQuestion]:
    """Return the questions of a guide with the headings they stand under and their probes."""
    found: list[AskedQuestion] = []
    heading = ""
    for line in guide.lines:
        if line.kind == "heading":
            heading = line.text
        elif line.kind == "question":
            found.append(AskedQuestion(line.text, line.number, heading))
        elif found:
            last = found[-1]
            found[-1] = AskedQuestion(
                last.text, last.number, last.heading, (*last.probes, line.text)
            )
    return found


def keep_matches(project: ProjectFile, *, coder: str, matches: Matches) -> OpResult[MatchCount]:
    """Keep what was found; what a person said of a turn stays. Turns that are gone are passed over.

    A question of another guide is let go of, since a document is gone through by one guide.
    """
    find_guide(project, matches.guide)
    with project.step(MATCH, coder) as step:
        count = _keep(project, matches)
    return OpResult(count, step.changes, step.id)


def _keep(project: ProjectFile, matches: Matches) -> MatchCount:
    connection = project.connection
    own = {one.id for one in find_guide(project, matches.guide).lines}
    there = set(guides.interviews(connection))
    found = {one.turn: one for one in matches.found}
    turns = matched = by_hand = 0
    for document, looked_at in matches.turns.items():
        if document not in there:
            continue
        asking = {one.id for one in turn_rows.of_document(connection, document) if one.interviewer}
        before = guides.of_document(connection, document)
        kept = {
            turn for turn, one in before.items() if one.by_hand and own.issuperset(one.questions)
        }
        new = [found[one] for one in looked_at if one in found and one in asking - kept]
        same = {one.turn for one in new if before.get(one.turn) == one}
        guides.clear_turns(connection, before.keys() - kept - same - {one.turn for one in new})
        guides.set_turns(connection, [one for one in new if one.turn not in same])
        turns += len(asking)
        by_hand += len(kept)
        matched += len(new)
        guides.set_matched(connection, matches.guide, [document], history.now())
    return MatchCount(len(matches.turns), turns, matched, by_hand)


def match_guide(
    project: ProjectFile,
    *,
    coder: str,
    guide: GuideId,
    chosen: Sequence[DocumentId] | None = None,
    progress: Progress | None = None,
) -> OpResult[MatchCount]:
    """Match a guide with interviews and keep what is found.

    Raises as `gather` does, and Cancelled from `progress`.
    """
    task = gather(project, guide, chosen)
    return keep_matches(project, coder=coder, matches=work_out(task, progress))


def what_else(
    project: ProjectFile,
    progress: Progress | None = None,
    *,
    documents: Collection[DocumentId] | None = None,
) -> dict[TurnId, tuple[AskedInTurn, ...]]:
    """Return what turns might ask besides what they ask, the likeliest first; nothing is changed.

    All documents are gone through, or those that are given; of one that no guide was matched with
    nothing is said. Raises Cancelled.
    """
    of_guide = {
        one: guide
        for one, guide in guides.matched_documents(project.connection).items()
        if documents is None or one in documents
    }
    found: dict[TurnId, tuple[AskedInTurn, ...]] = {}
    for guide in sorted(set(of_guide.values())):
        chosen = [one for one, other in of_guide.items() if other == guide]
        try:
            found |= work_out(gather(project, guide, chosen), progress).others
        except NotAllowed:
            continue  # Nobody interviews in them any more.
    return found


# ------------------------------------------------------------------------------------ by hand
def set_turns(
    project: ProjectFile,
    *,
    coder: str,
    turns: Sequence[TurnId],
    questions: Sequence[QuestionId] = (),
    role: TurnRole = "question",
) -> OpResult[None]:
    """Say what interviewers' turns ask: questions in their order, none of their own, or outside.

    Raises NotFound for what is gone, NotAllowed for a turn of an informant and for questions of
    several guides.
    """
    if (role == "question") != bool(questions):
        raise NotAllowed(message("Say which question the turn asks, or that it asks none."))
    return _set(project, coder, {one: tuple(questions) for one in turns}, role)


def add_question_to_turns(
    project: ProjectFile, *, coder: str, turns: Sequence[TurnId], question: QuestionId
) -> OpResult[None]:
    """Say that turns ask a question too, after what they are said to ask.

    One that asks it already is then said to by hand. Raises as `set_turns` does.
    """
    said = guides.of_all_turns(project.connection)
    asked = {
        one: tuple(dict.fromkeys((*(said[one].questions if one in said else ()), question)))
        for one in turns
    }
    return _set(project, coder, asked, "question")


def take_question_from_turns(
    project: ProjectFile, *, coder: str, turns: Sequence[TurnId], question: QuestionId
) -> OpResult[None]:
    """Say that turns do not ask a question; one that asked nothing else is then a follow-up.

    Turns that did not ask it stay as they are. Raises as `set_turns` does.
    """
    said = guides.of_all_turns(project.connection)
    left = {
        one: tuple(each for each in said[one].questions if each != question)
        for one in turns
        if one in said and question in said[one].questions
    }
    return _set(project, coder, left, None)


def _set(
    project: ProjectFile,
    coder: str,
    asked: Mapping[TurnId, tuple[QuestionId, ...]],
    role: TurnRole | None,
) -> OpResult[None]:
    """Keep what a person says that turns ask; the role None follows from what they ask."""
    connection = project.connection
    found = [_asking_turn(project, one) for one in asked]
    of = {
        find_question(project, one).guide
        for one in {each for some in asked.values() for each in some}
    }
    if len(of) > 1:
        raise NotAllowed(message("The questions are of several guides; take those of one."))
    with project.step(SET, coder) as step:
        guides.set_turns(
            connection,
            [
                TurnQuestions(
                    turn, role or ("question" if questions else "follow-up"), by_hand=True,
                    asked=tuple(AskedInTurn(one) for one in questions),
                )
                for turn, questions in asked.items()
            ],
        )  # fmt: skip
        there = guides.matched_documents(connection)
        new = {one.document for one in found} - there.keys()
        for guide in of:
            guides.set_matched(connection, guide, new, history.now())
    return OpResult(None, step.changes, step.id)


def match_again(
    project: ProjectFile, turns: Sequence[TurnId], progress: Progress | None = None
) -> tuple[Matches, ...]:
    """Match the documents of turns anew, without changing anything. Raises NotFound, Cancelled."""
    of_guide = guides.matched_documents(project.connection)
    chosen: dict[GuideId, list[DocumentId]] = {}
    for document in sorted({_asking_turn(project, one).document for one in turns}):
        if document in of_guide:
            chosen.setdefault(of_guide[document], []).append(document)
    return tuple(
        work_out(gather(project, guide, some, released=turns), progress)
        for guide, some in chosen.items()
    )


def release_turns(
    project: ProjectFile,
    *,
    coder: str,
    turns: Sequence[TurnId],
    found: Sequence[Matches] | None = None,
) -> OpResult[None]:
    """Leave it to the words again what turns ask; `found` is what `match_again` gave."""
    matched = match_again(project, turns) if found is None else found
    with project.step(SET, coder) as step:
        guides.clear_turns(project.connection, turns)
        for matches in matched:
            _keep(project, matches)
    return OpResult(None, step.changes, step.id)


def _asking_turn(project: ProjectFile, turn: TurnId) -> Turn:
    found = turn_rows.by_id(project.connection, turn)
    if found is None:
        raise NotFound(message("The turn is no longer in the project."))
    if not found.interviewer:
        raise NotAllowed(message("An informant says this; choose a turn of the interviewer."))
    return found


def set_asked(
    project: ProjectFile,
    *,
    coder: str,
    question: QuestionId,
    document: DocumentId,
    asked: bool | None,
) -> OpResult[None]:
    """Say by hand whether a question was asked in a document; None leaves it to the turns."""
    connection = project.connection
    find_question(project, question)
    if documents.by_id(connection, document) is None:
        raise NotFound(message("The document is no longer in the project."))
    with project.step(ASKED, coder) as step:
        who = coders.ensure(connection, coder).id
        guides.set_asked(connection, question, document, who, asked=asked)
    return OpResult(None, step.changes, step.id)
