"""Commands on interview guides: read, import, match, correct, link with codes, code answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.commands.guide_editing import EDITING
from qda.cli.environment import Environment
from qda.cli.guide_lists import (
    answer_rows,
    answers_to,
    find_guide,
    find_question,
    guide_option,
    lines_by_id,
    show_questions,
    show_turns,
    tell_answers,
    told,
)
from qda.cli.language import _, say, tr, tr_n
from qda.cli.output import shown_progress, write_line, write_table
from qda.cli.parsing import (
    Group,
    assignment,
    coder_option,
    one_of,
    project_argument,
    text_option,
    texts_option,
    whole,
    words,
)
from qda.model.entities import Document
from qda.model.errors import NotAllowed, NotFound
from qda.model.guides import (
    LINE_KINDS,
    GuideLine,
    LineKind,
)
from qda.model.ids import TurnId
from qda.model.messages import Message, message
from qda.store import codes, guides, lookup, turns

KIND_WORDS: Mapping[LineKind, Message] = {
    "heading": message("heading"), "question": message("question"), "probe": message("probe"),
    "note": message("note, left out"),
}  # fmt: skip
_ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "auto": None}
_SAID = 60

documents_option = texts_option(
    "--document", metavar="DOCUMENT", help=_("Just this document; may be repeated.")
)

direct_option = click.option(
    "--direct", is_flag=True, help=_("Only what is said before the interviewer asks on.")
)


@click.group("guide", cls=Group, help=_("Interview guides: which turn asks which question."))
def guide() -> None:
    """Work with interview guides."""


# ----------------------------------------------------------------------------- reading, keeping
@guide.command("read", help=_("Show what each line of a guide is taken for; nothing is kept."))
@click.argument("file", type=Path, metavar="FILE")
@click.pass_obj
def read_command(env: Environment, file: Path) -> None:
    """Read a guide for a look."""
    from qda.formats.guides import read_guide  # lazy: the readers come with libraries

    read = read_guide(file)
    env.answer(
        [
            {"line": place, "kind": one.kind, "number": one.number, "text": one.text}
            for place, one in enumerate(read.lines, 1)
        ],
        lambda: write_table(
            (tr("Line"), tr("Kind"), tr("Number"), tr("Text")),
            (
                (place, say(KIND_WORDS[one.kind]), one.number, one.text)
                for place, one in enumerate(read.lines, 1)
            ),
        ),
    )


@guide.command("import", help=_("Take in an interview guide."))
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@text_option("--name", metavar="NAME", help=_("What it is called; without it as the file."))
@click.option(
    "--as",
    "kinds",
    type=assignment,
    multiple=True,
    metavar="LINE=KIND",
    help=_("What a line is: heading, question, probe or note; «qda guide read» numbers them."),
)
@coder_option
@click.pass_obj
def import_command(
    env: Environment,
    project: Path,
    file: Path,
    *,
    name: str,
    kinds: tuple[tuple[str, str], ...],
    coder: str,
) -> None:
    """Import a guide."""
    from dataclasses import replace

    from qda.formats.guides import read_guide  # lazy: the readers come with libraries
    from qda.operations import guides as operations

    read = read_guide(file)
    read = replace(read, lines=_with_kinds(read.lines, kinds))
    with env.changing(project, coder) as session:
        made = session.run(
            operations.import_guide, coder=session.coder, guide=read, name=name
        ).value
    env.answer(
        {
            "guide": made.name,
            "guid": made.guid,
            "questions": len(made.questions),
            "headings": sum(one.kind == "heading" for one in made.lines),
            "probes": sum(one.kind == "probe" for one in made.lines),
        },
        lambda: write_line(
            tr_n(
                "Imported {name} with {n} question.",
                "Imported {name} with {n} questions.",
                len(made.questions),
                name=made.name,
            )
        ),
    )


def _with_kinds(
    lines: Sequence[GuideLine], kinds: Sequence[tuple[str, str]]
) -> tuple[GuideLine, ...]:
    """Return the lines with what the user says that some are."""
    from dataclasses import replace

    changed = list(lines)
    for place, kind in kinds:
        known = next((one for one in LINE_KINDS if one == kind), None)
        if known is None or not place.isascii() or not place.isdigit():
            raise click.UsageError(
                tr("{value} is not of the form LINE=KIND.", value=f"{place}={kind}"),
                click.get_current_context(),
            )
        if not 1 <= int(place) <= len(changed):
            raise NotFound(message("The guide has no line {number}.", number=int(place)))
        changed[int(place) - 1] = replace(changed[int(place) - 1], kind=known)
    return tuple(changed)


@guide.command("remove", help=_("Remove a guide and what was matched; coded answers stay."))
@project_argument
@guide_option
@coder_option
@click.pass_obj
def remove_command(env: Environment, project: Path, *, guide: str, coder: str) -> None:
    """Remove a guide."""
    from qda.operations import guides as operations

    with env.changing(project, coder) as session:
        found = find_guide(session, guide)
        session.run(operations.remove_guide, coder=session.coder, guide=found.id)
    env.answer({"guid": found.guid}, lambda: write_line(tr("Removed the guide.")))


# ------------------------------------------------------------------------------------- showing
@guide.command("show", help=_("List the questions, or with --document what its turns ask."))
@project_argument
@guide_option
@text_option("--document", metavar="DOCUMENT", help=_("The interview to go through."))
@click.option(
    "--others",
    is_flag=True,
    help=_("With --document: also what a turn might ask too, the likeliest first."),
)
@click.pass_obj
def show_command(
    env: Environment, project: Path, *, guide: str, document: str, others: bool
) -> None:
    """Show questions or turns."""
    from qda.operations import guides as operations

    with env.reading(project) as session:
        if document:
            found = lookup.document(session.project.connection, document)
            might = operations.what_else(session.project, documents=[found.id]) if others else {}
            show_turns(env, session, found, might)
        else:
            show_questions(env, session, guide)


# ------------------------------------------------------------------------------------ matching
@guide.command("match", help=_("Find which turns of interviewers ask which question."))
@project_argument
@guide_option
@documents_option
@coder_option
@click.pass_obj
def match_command(
    env: Environment, project: Path, *, guide: str, document: tuple[str, ...], coder: str
) -> None:
    """Match a guide."""
    from qda.operations import guides as operations

    with env.changing(project, coder) as session, shown_progress() as progress:
        chosen = [lookup.document(session.project.connection, one).id for one in document]
        count = session.run(
            operations.match_guide,
            coder=session.coder,
            guide=find_guide(session, guide).id,
            chosen=chosen or None,
            progress=progress,
        ).value
    env.answer(
        {
            "documents": count.documents,
            "turns": count.turns,
            "matched": count.matched,
            "by_hand": count.by_hand,
        },
        lambda: write_line(
            tr_n(
                "Went through {n} interview: {matched} of {turns} turns ask a question of the "
                "guide, {hand} were set by hand.",
                "Went through {n} interviews: {matched} of {turns} turns ask a question of the "
                "guide, {hand} were set by hand.",
                count.documents,
                matched=count.matched,
                turns=count.turns,
                hand=count.by_hand,
            )
        ),
    )


@guide.command(
    "set",
    help=_(
        "Say what a turn asks: a question or several in their order, none of its own, something "
        "outside the guide, or auto to leave it to the words again."
    ),
)
@project_argument
@click.argument("document", type=words, metavar="DOCUMENT")
@click.argument("turn", type=whole, metavar="TURN")
@click.argument(
    "question", type=words, nargs=-1, required=True, metavar="QUESTION...|none|outside|auto"
)
@guide_option
@coder_option
@click.pass_obj
def set_command(
    env: Environment,
    project: Path,
    document: str,
    turn: int,
    question: tuple[str, ...],
    *,
    guide: str,
    coder: str,
) -> None:
    """Correct a match."""
    from qda.operations import guides as operations

    with env.changing(project, coder) as session:
        found = lookup.document(session.project.connection, document)
        asked = _turn(session, found, turn)
        if question == ("auto",):
            session.run(operations.release_turns, coder=session.coder, turns=[asked])
        elif question in {("none",), ("outside",)}:
            role = "follow-up" if question == ("none",) else "outside"
            session.run(operations.set_turns, coder=session.coder, turns=[asked], role=role)
        else:
            of = guides.matched_documents(session.project.connection).get(found.id)
            lines = [find_question(session, guide, one, of).id for one in question]
            session.run(
                operations.set_turns,
                coder=session.coder,
                turns=[asked],
                questions=list(dict.fromkeys(lines)),
            )
        row = guides.of_document(session.project.connection, found.id).get(asked)
        said = told(row, lines_by_id(session))
    env.answer(
        {"document": found.name, "turn": turn, **said},
        lambda: write_line(tr("Turn {number} is set.", number=turn)),
    )


def _turn(session: Session, document: Document, number: int) -> TurnId:
    for one in turns.of_document(session.project.connection, document.id):
        if one.number == number:
            return one.id
    raise NotFound(
        message(
            "{document} has no turn {number}; «qda turns» lists them.",
            document=document.name,
            number=number,
        )
    )


@guide.command(
    "asked", help=_("Say whether a question was asked in a document, whatever its turns say.")
)
@project_argument
@click.argument("question", type=words, metavar="QUESTION")
@click.argument("document", type=words, metavar="DOCUMENT")
@click.argument("asked", type=one_of(*_ANSWERS), metavar="yes|no|auto")
@guide_option
@coder_option
@click.pass_obj
def asked_command(
    env: Environment,
    project: Path,
    question: str,
    document: str,
    asked: str,
    *,
    guide: str,
    coder: str,
) -> None:
    """Say whether a question was asked."""
    from qda.operations import guides as operations

    with env.changing(project, coder) as session:
        found = lookup.document(session.project.connection, document)
        line = find_question(session, guide, question)
        session.run(
            operations.set_asked,
            coder=session.coder,
            question=line.id,
            document=found.id,
            asked=_ANSWERS[asked],
        )
        was = (line.id, found.id) in guides.asked(session.project.connection)
    env.answer(
        {"question": line.label, "document": found.name, "asked": was},
        lambda: write_line(tr("It was asked there.") if was else tr("It was not asked there.")),
    )


# --------------------------------------------------------------------------------------- codes
def _linking(name: str, help: str, *, linked: bool) -> click.Command:  # noqa: A002 - the library's name
    @guide.command(name, help=help)
    @project_argument
    @click.argument("question", type=words, metavar="QUESTION")
    @click.argument("code", type=words, nargs=-1, required=True, metavar="CODE...")
    @guide_option
    @coder_option
    @click.pass_obj
    def command(
        env: Environment,
        project: Path,
        question: str,
        code: tuple[str, ...],
        *,
        guide: str,
        coder: str,
    ) -> None:
        from qda.operations import guide_codes

        with env.changing(project, coder) as session:
            connection = session.project.connection
            line = find_question(session, guide, question)
            session.run(
                guide_codes.link_codes,
                coder=session.coder,
                questions=[line.id],
                code_ids=[lookup.code(connection, one).id for one in code],
                linked=linked,
            )
            everything = codes.all_codes(connection)
            paths = codes.path_texts(everything)
            about = [one.code for one in guides.code_links(connection) if one.question == line.id]
        env.answer(
            {"question": line.label, "codes": [paths[one] for one in about]},
            lambda: write_line(
                f"{line.label}: {', '.join(paths[one] for one in about) or tr('no codes')}"
            ),
        )

    return command


link_command = _linking(
    "link", _("Say which codes a question is about; cells of a matrix follow."), linked=True
)
unlink_command = _linking("unlink", _("Say that a question is not about codes."), linked=False)


@guide.command("answers", help=_("List what was answered to a question."))
@project_argument
@click.argument("question", type=words, metavar="QUESTION")
@guide_option
@documents_option
@direct_option
@click.pass_obj
def answers_command(
    env: Environment,
    project: Path,
    question: str,
    *,
    guide: str,
    document: tuple[str, ...],
    direct: bool,
) -> None:
    """List answers."""
    with env.reading(project) as session:
        line = find_question(session, guide, question)
        found = answers_to(session, line, document, direct=direct)
        rows = answer_rows(session, found)
    env.answer(list(rows), lambda: tell_answers(rows))


@guide.command("code", help=_("Code every answer to a question, each turn by itself."))
@project_argument
@click.argument("question", type=words, metavar="QUESTION")
@click.argument("code", type=words, metavar="CODE")
@guide_option
@documents_option
@direct_option
@coder_option
@click.pass_obj
def code_command(
    env: Environment,
    project: Path,
    question: str,
    code: str,
    *,
    guide: str,
    document: tuple[str, ...],
    direct: bool,
    coder: str,
) -> None:
    """Code answers."""
    from qda.operations import guide_codes

    with env.changing(project, coder) as session:
        line = find_question(session, guide, question)
        found = answers_to(session, line, document, direct=direct)
        if not found:
            raise NotAllowed(
                message(
                    "Nothing was answered to this question; match the guide first, or set which "
                    "turns ask it."
                )
            )
        chosen = lookup.code(session.project.connection, code)
        done = session.run(
            guide_codes.code_answers, coder=session.coder, code=chosen.id, answers=found
        ).value
        rows = answer_rows(session, found)
    env.answer(
        {"codings": done.coded, "before": done.before, "answers": list(rows)},
        lambda: write_line(tr_n("Coded {n} answer.", "Coded {n} answers.", done.coded)),
    )


for one in EDITING:
    guide.add_command(one)

COMMANDS = (guide,)
