"""What is said of the document and the segment at hand, worded for the user."""

from collections.abc import Mapping
from textwrap import shorten

from qda.app.session import Session
from qda.gui.coding.segment_card import SegmentFacts
from qda.gui.language import current_catalogue, tr
from qda.gui.models.source_model import short_name
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.transcripts.stances import stance_word
from qda.model.entities import Code, Coding
from qda.model.guides import SEVERAL
from qda.model.ids import CodeId
from qda.store import cases, codes, codings, participants, variables
from qda.store.project_file import ProjectFile

LONGEST_QUESTION = 56
"""Characters of questions of a guide that the status line has room for."""


def segment_facts(session: Session, opened: OpenDocument, coding: Coding) -> SegmentFacts | None:
    """Return what the card shows of a coding; None when its code is gone."""
    connection = session.project.connection
    code = codes.by_id(connection, coding.code)
    if code is None:
        return None
    resolved = session.resolved(coding.id)
    own = set(codings.own_cases(connection, coding.id))
    concerned = [cases.by_id(connection, one) for one in resolved.cases]
    people = [participants.by_id(connection, one) for one in resolved.participants]
    turn = opened.turn_at(coding.start)
    coder = opened.coders.get(coding.coder)
    return SegmentFacts(
        coding=coding,
        code=code,
        turn=turn.number if turn is not None else None,
        cases=tuple((one.id, one.name, one.id in own) for one in concerned if one is not None),
        origin=_origin(resolved.origin),
        coder=_coded_by(coding, coder.name if coder is not None else ""),
        participants=", ".join(one.name for one in people if one is not None),
    )


def _origin(origin: str) -> str:
    """Say where the cases of a segment come from."""
    return {
        "coding": tr("from the segment's own link"),
        "speaker": tr("from the speaker"),
        "document": tr("from the document"),
        "none": tr("No office: link the document, the speaker or the segment."),
    }[origin]


def _coded_by(coding: Coding, name: str) -> str:
    day = current_catalogue().format_day_of(coding.created)
    return tr("coded by {name} {day}", name=name, day=day)


def status_texts(
    opened: OpenDocument,
    turn: int,
    coding: Coding | None,
    known: Mapping[CodeId, Code],
    whose: str = "",
) -> list[str]:
    """Return the texts at the left of the status line; `whose` codings are counted, in words."""
    texts: list[str] = []
    if opened.turns:
        texts.append(tr("Turn {n} of {all}", n=turn, all=opened.turns[-1].number))
    share = share_text(opened)
    texts.append(f"{share} ({whose})" if whose else share)
    if opened.document.done:
        texts.append(tr("Done"))
    if coding is not None and coding.code in known:
        coder = opened.coders.get(coding.coder)
        said = _coded_by(coding, coder.name if coder is not None else "")
        word = stance_word(coding.stance)
        stance = f" · {word}" if word else ""
        texts.append(f"{known[coding.code].name}{stance} · {said}")
    questions = opened.questions_at(turn)
    if questions:
        longest = LONGEST_QUESTION // len(questions)
        texts.append(SEVERAL.join(shorten(one, longest, placeholder="…") for one in questions))
    return texts


def share_text(opened: OpenDocument) -> str:
    """Say how much of a document is coded."""
    return tr("{n} % coded", n=round(opened.coded_share() * 100))


def document_chips(project: ProjectFile, opened: OpenDocument) -> tuple[list[str], list[str]]:
    """Return the breadcrumbs of a document, and what is known of its only informant."""
    connection = project.connection
    links = cases.of_document(connection, opened.document.id)
    names = {case.id: case.name for case in cases.all_cases(connection)}
    office = names[links[0]] if len(links) == 1 else ""
    speakers = [
        one
        for one in participants.in_document(connection, opened.document.id)
        if not one.interviewer
    ]
    chips: list[str] = []
    if len(speakers) == 1:
        shown = [
            one.id for one in variables.of_subject(connection, "participant") if one.type == "text"
        ][:3]
        values = {
            value.variable: str(value.value)
            for value in variables.of_one(connection, "participant", speakers[0].id)
        }
        chips = list(dict.fromkeys(values[one] for one in shown if one in values))
    shown_name = short_name(opened.document.name, office)
    return [office, shown_name] if office else [shown_name], chips
