"""Commands on proposed codings: suggest, its measures, accept, reject, later, forget."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import (
    Group,
    coder_option,
    one_of,
    project_argument,
    text_option,
    texts_option,
    whole,
    words,
)
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed
from qda.model.ids import CoderId, CodingId
from qda.model.messages import message
from qda.model.suggestions import (
    ENGINE_CHOICES,
    CodeMeasure,
    EngineChoice,
    EngineMeasure,
    KeywordReason,
    QuestionReason,
    Reason,
    Suggestion,
    SuggestionKey,
    SuggestionSpec,
)
from qda.operations import suggestions
from qda.store import codes, codings, documents, lookup

MOST = 50
MOST_NAMED = 6
"""Codes that are named one by one."""


@click.group(
    "suggest",
    cls=Group,
    default="list",
    help=_("Propose segments for codes, with the reason for each. Nothing is coded by itself."),
)
def suggest_group() -> None:
    """Work with suggestions."""


@suggest_group.command(
    "list", help=_("Propose segments for codes, with the reason for each. Nothing is changed.")
)
@project_argument
@texts_option("--code", metavar="CODE", help=_("Only for this code; may be repeated."))
@texts_option("--document", metavar="DOCUMENT", help=_("Only in this document; may be repeated."))
@click.option(
    "--engine",
    type=one_of(*ENGINE_CHOICES),
    default="both",
    metavar="ENGINE",
    help=_("rules: keywords of the codebook; learned: what is like the codings; or both."),
)
@click.option(
    "--limit",
    type=whole,
    default=MOST,
    metavar="N",
    help=_("How many for each code at the most; 0 for all."),
)
@text_option("--coder", metavar="NAME", help=_("Go by the codings of this coder alone."))
@click.pass_obj
def list_command(
    env: Environment,
    project: Path,
    *,
    code: tuple[str, ...],
    document: tuple[str, ...],
    engine: str,
    limit: int,
    coder: str,
) -> None:
    """Propose segments."""
    from qda.app.suggesting import Suggester  # lazy: it brings numpy

    if limit < 0:
        raise NotAllowed(message("A limit is a number from 0 on."))
    with env.changing_if_possible(project) as session:
        connection = session.project.connection
        spec = SuggestionSpec(
            codes=tuple(lookup.code(connection, one).id for one in code) or None,
            documents=tuple(lookup.document(connection, one).id for one in document) or None,
            engine=cast("EngineChoice", engine),
            coder=_coder(session, coder),
            limit=limit,
        )
        with shown_progress() as progress:
            session.words.build(progress)
            found = Suggester(session).propose(spec, progress)
        shown = _Shown(session)
        answer = [shown.suggestion(one) for one in found.suggestions]
        waiting = [shown.codes[one.code] for one in found.examples if not one.enough]
        doubtful = [shown.codes[one] for one in found.doubtful]
    env.answer(answer, lambda: _tell(answer))
    if engine != "rules":
        _tell_what_is_not_learned(waiting, doubtful)


def _tell_what_is_not_learned(waiting: list[str], doubtful: list[str]) -> None:
    """Say for which codes only keywords were looked for, or should be."""
    if len(waiting) > MOST_NAMED:
        write_note(
            tr_n(
                "{n} code has too few coded segments to learn from, so only keywords were looked "
                "for; «qda suggest measure» says more.",
                "{n} codes have too few coded segments to learn from, so only keywords were looked "
                "for; «qda suggest measure» says more.",
                len(waiting),
            )
        )
    elif waiting:
        write_note(
            tr(
                "Too few coded segments to learn from, so only keywords were looked for: {codes}.",
                codes=", ".join(waiting),
            )
        )
    if doubtful:
        write_note(
            tr(
                "The keywords alone do better than what was learned: {codes}.",
                codes=", ".join(doubtful),
            )
        )


def _coder(session: Session, name: str) -> CoderId | None:
    if not name.strip():
        return None
    return lookup.coder(session.project.connection, name).id


class _Shown:
    """Suggestions as they are printed, with names for numbers."""

    def __init__(self, session: Session) -> None:
        connection = session.project.connection
        self._connection = connection
        self.codes = codes.path_texts(codes.all_codes(connection))
        self._documents = {one.id: one for one in documents.all_documents(connection)}

    def suggestion(self, one: Suggestion) -> dict[str, Json]:
        from qda.app.suggestion_words import why

        return {
            "id": one.id,
            **self.key(one.key),
            "quote": one.quote,
            "why": "; ".join(say(reason) for reason in why(one, self._quote)),
            "score": one.score,
            "engine": one.key.engine,
            "later": one.later,
            "reasons": [self._reason(reason) for reason in one.reasons],
        }

    def key(self, key: SuggestionKey) -> dict[str, Json]:
        return {
            "document": self._documents[key.document].name,
            "start": key.start,
            "end": key.end,
            "code": self.codes[key.code],
        }

    def _quote(self, coding: CodingId) -> str:
        found = codings.by_id(self._connection, coding)
        return found.quote if found is not None else ""

    def _reason(self, reason: Reason) -> dict[str, Json]:
        if isinstance(reason, KeywordReason):
            kind = "part" if reason.inside else "keyword"
            return {
                "kind": kind, "keyword": reason.keyword, "start": reason.start, "end": reason.end,
            }  # fmt: skip
        if isinstance(reason, QuestionReason):
            return {
                "kind": "question", "keyword": reason.keyword or None,
                "guided": reason.guided, "start": reason.start, "end": reason.end,
            }  # fmt: skip
        guid = codings.guid_of(self._connection, reason.coding)
        return {"kind": "similar", "coding": guid, "likeness": reason.likeness}


def _tell(answer: Iterable[dict[str, Json]]) -> None:
    rows = list(answer)
    write_table(
        (tr("Id"), tr("Code"), tr("Document"), tr("Segment"), tr("Why"), tr("Score")),
        (
            [cast("str | float", row[name]) for name in (
                "id", "code", "document", "quote", "why", "score",
            )]
            for row in rows
        ),
    )  # fmt: skip
    write_line(
        tr_n(
            "{n} suggestion; «qda suggest accept» codes it.",
            "{n} suggestions; «qda suggest accept» codes them.",
            len(rows),
        )
    )


@suggest_group.command(
    "measure", help=_("Say how often proposals are right, on codings of documents held out.")
)
@project_argument
@texts_option("--code", metavar="CODE", help=_("Only for this code; may be repeated."))
@text_option("--coder", metavar="NAME", help=_("Go by the codings of this coder alone."))
@click.pass_obj
def measure_command(env: Environment, project: Path, *, code: tuple[str, ...], coder: str) -> None:
    """Measure both engines."""
    from qda.app.suggesting import Suggester  # lazy: it brings numpy

    with env.changing_if_possible(project) as session:
        connection = session.project.connection
        chosen = tuple(lookup.code(connection, one).id for one in code) or None
        spec = SuggestionSpec(codes=chosen, coder=_coder(session, coder))
        with shown_progress() as progress:
            session.words.build(progress)
            found = Suggester(session).measure(spec, progress)
        names = codes.path_texts(codes.all_codes(connection))
    paths = [names[one.examples.code] for one in found]
    env.answer(
        [_measure(path, one) for path, one in zip(paths, found, strict=True)],
        lambda: _tell_measures(paths, found),
    )


def _measure(path: str, one: CodeMeasure) -> dict[str, Json]:
    return {
        "code": path,
        "segments": one.examples.segments,
        "documents": one.examples.documents,
        "enough": one.examples.enough,
        "units": one.units,
        "positives": one.positives,
        "rules": _figures(one.rules),
        "learned": _figures(one.learned),
    }


def _figures(one: EngineMeasure | None) -> Json:
    if one is None:
        return None
    return {
        "proposed": one.proposed,
        "right": one.right,
        "precision": one.precision,
        "recall": one.recall,
        "average_precision": one.average,
    }


def _tell_measures(paths: list[str], found: tuple[CodeMeasure, ...]) -> None:
    from qda.app.suggestion_words import readiness

    def share(one: EngineMeasure | None, name: str) -> float | None:
        value = getattr(one, name) if one is not None else None
        return None if value is None else round(float(value), 2)

    write_table(
        (
            tr("Code"), tr("Segments"), tr("Keywords: precision"), tr("recall"), tr("average"),
            tr("Learned: precision"), tr("recall"), tr("average"), tr("In words"),
        ),
        (
            (
                path, one.examples.segments,
                *(share(one.rules, name) for name in ("precision", "recall", "average")),
                *(share(one.learned, name) for name in ("precision", "recall", "average")),
                say(readiness(one)),
            )
            for path, one in zip(paths, found, strict=True)
        ),
    )  # fmt: skip


# ------------------------------------------------------------------------------------- deciding
def _ids_argument(function: click.decorators.FC) -> click.decorators.FC:
    return click.argument("ids", type=words, nargs=-1, required=True, metavar="ID…")(function)


@suggest_group.command(
    "accept", help=_("Code what was proposed, as one step; one of them adjusted, if wanted.")
)
@project_argument
@_ids_argument
@click.option("--start", type=whole, metavar="N", help=_("Begin the segment here instead."))
@click.option("--end", type=whole, metavar="N", help=_("End the segment here instead."))
@coder_option
@click.pass_obj
def accept_command(
    env: Environment,
    project: Path,
    ids: tuple[str, ...],
    *,
    start: int | None,
    end: int | None,
    coder: str,
) -> None:
    """Code what was proposed."""
    with env.changing(project, coder) as session:
        keys = suggestions.find(session.project, ids)
        span = None
        if start is not None or end is not None:
            first = keys[0]
            span = (
                first.start if start is None else start,
                first.end if end is None else end,
            )
        made = session.run(suggestions.accept, coder=session.coder, keys=keys, span=span).value
        shown = _Shown(session)
        answer: list[Json] = [
            {
                "guid": one.guid,
                **shown.key(SuggestionKey(one.document, one.start, one.end, one.code, "rules")),
                "quote": one.quote,
            }
            for one in made
        ]
    env.answer(
        answer,
        lambda: write_line(
            tr_n("Accepted {n} suggestion.", "Accepted {n} suggestions.", len(made))
        ),
    )


@suggest_group.command("reject", help=_("Never propose these again."))
@project_argument
@_ids_argument
@coder_option
@click.pass_obj
def reject_command(env: Environment, project: Path, ids: tuple[str, ...], *, coder: str) -> None:
    """Remember what is not wanted."""
    count = _decided(env, project, ids, coder, suggestions.reject)
    env.answer(
        {"rejected": count},
        lambda: write_line(tr_n("Rejected {n} suggestion.", "Rejected {n} suggestions.", count)),
    )


@suggest_group.command("later", help=_("Put these last until the others are done."))
@project_argument
@_ids_argument
@coder_option
@click.pass_obj
def later_command(env: Environment, project: Path, ids: tuple[str, ...], *, coder: str) -> None:
    """Put suggestions off."""
    count = _decided(env, project, ids, coder, suggestions.postpone)
    env.answer(
        {"later": count},
        lambda: write_line(tr_n("Put off {n} suggestion.", "Put off {n} suggestions.", count)),
    )


def _decided(
    env: Environment,
    project: Path,
    ids: tuple[str, ...],
    coder: str,
    decide: Callable[..., OpResult[int]],
) -> int:
    """Decide of some suggestions, and return of how many."""
    with env.changing(project, coder) as session:
        keys = suggestions.find(session.project, ids)
        return session.run(decide, coder=session.coder, keys=keys).value


@suggest_group.command("forget", help=_("Let what was rejected be proposed again."))
@project_argument
@text_option("--code", metavar="CODE", help=_("Only what was rejected for this code."))
@text_option("--document", metavar="DOCUMENT", help=_("Only what was rejected in this document."))
@coder_option
@click.pass_obj
def forget_command(
    env: Environment, project: Path, *, code: str, document: str, coder: str
) -> None:
    """Forget what was rejected."""
    with env.changing(project, coder) as session:
        connection = session.project.connection
        count = session.run(
            suggestions.forget,
            coder=session.coder,
            code=lookup.code(connection, code).id if code else None,
            document=lookup.document(connection, document).id if document else None,
        ).value
    env.answer(
        {"forgotten": count},
        lambda: write_line(tr_n("Forgot {n} rejection.", "Forgot {n} rejections.", count)),
    )


COMMANDS = (suggest_group,)
