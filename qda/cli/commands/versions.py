"""The command on the earlier texts of a document: list, show, compare, go back."""

from collections.abc import Sequence
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import Json, write_line, write_note, write_table, write_text
from qda.cli.parsing import Command, coder_option, project_argument, require_one, whole, words
from qda.model.entities import Document
from qda.model.messages import Message
from qda.model.texts import TextState
from qda.operations import text_versions
from qda.operations.corrections import CorrectionPlan
from qda.store import lookup
from qda.text.comparing import Difference


@click.command(
    "versions",
    cls=Command,
    help=_("List the texts that a document had before it was corrected, and go back to one."),
)
@project_argument
@click.argument("document", type=words, metavar="DOCUMENT")
@click.option("--text", type=whole, metavar="N", help=_("Print text N, just as it was."))
@click.option("--compare", type=whole, metavar="N", help=_("List what is different since text N."))
@click.option("--with", "other", type=whole, metavar="M", help=_("Compare with text M instead."))
@click.option("--back-to", type=whole, metavar="N", help=_("Make text N the present one again."))
@click.option(
    "--drop-lost", is_flag=True, help=_("Let codings go whose text the earlier one lacks.")
)
@coder_option
@click.pass_obj
def versions_command(
    env: Environment,
    project: Path,
    document: str,
    *,
    drop_lost: bool,
    coder: str,
    **numbers: int | None,
) -> None:
    """List the texts of a document, or do one thing with one of them."""
    text, compare, back_to = (numbers[one] for one in ("text", "compare", "back_to"))
    other = numbers["other"]
    wishes = [str(wish) for wish in (text, compare, back_to) if wish is not None]
    if wishes:
        require_one(tr("Choose one of --text, --compare and --back-to."), *wishes)
    if other is not None and compare is None:
        raise click.UsageError(tr("--with goes with --compare."), click.get_current_context())
    if back_to is not None:
        with env.changing(project, coder) as session:
            found = lookup.document(session.project.connection, document)
            _go_back(env, session, found, back_to, drop_lost=drop_lost)
        return
    with env.reading(project) as session:
        found = lookup.document(session.project.connection, document)
        if text is not None:
            _print_text(env, session, found, text)
        elif compare is not None:
            _compare(env, session, found, compare, other)
        else:
            _list(env, session, found)


def _list(env: Environment, session: Session, document: Document) -> None:
    known = text_versions.versions(session.project, document=document.id)
    env.answer(
        [
            {
                "version": one.number,
                "guid": one.guid,
                "when": one.made,
                "coder": one.coder or None,
                "operation": one.operation or None,
                "places": one.places,
                "current": one.current,
                "kept": one.kept,
            }
            for one in known
        ],
        lambda: _write_list(known),
    )


def _write_list(known: Sequence[TextState]) -> None:
    moment = current_catalogue().format_moment
    write_table(
        (tr("Text"), tr("When"), tr("Who"), tr("What"), tr("Places"), tr("State")),
        (
            (one.number, moment(one.made), one.coder, _what(one), one.places, _state(one))
            for one in known
        ),
    )


def _what(one: TextState) -> str:
    return say(Message(one.operation)) if one.operation else tr("Imported")


def _state(one: TextState) -> str:
    if one.current:
        return tr("the present text")
    return "" if one.kept else tr("no longer kept")


def _print_text(env: Environment, session: Session, document: Document, number: int) -> None:
    content = text_versions.version_text(session.project, document=document.id, number=number)
    env.answer(
        {"document": document.name, "guid": document.guid, "version": number, "text": content},
        lambda: write_text(content),
    )


def _compare(
    env: Environment, session: Session, document: Document, number: int, other: int | None
) -> None:
    found = text_versions.compare(session.project, document=document.id, number=number, other=other)
    last = text_versions.versions(session.project, document=document.id)[-1].number
    env.answer(
        {
            "document": document.name,
            "version": number,
            "with": last if other is None else other,
            "differences": [_difference(one) for one in found],
        },
        lambda: _write_differences(found),
    )


def _difference(one: Difference) -> dict[str, Json]:
    return {
        "before": one.before,
        "after": one.after,
        "left": one.left,
        "right": one.right,
        "start": one.new_start,
        "end": one.new_end,
        "old_start": one.old_start,
        "old_end": one.old_end,
    }


def _write_differences(found: Sequence[Difference]) -> None:
    if not found:
        write_line(tr("The texts are the same."))
    for one in found:
        left = ("… " if one.cut_left else "") + one.left
        right = one.right + (" …" if one.cut_right else "")
        gone = f"[-{one.before}-]" if one.before else ""
        come = f"{{+{one.after}+}}" if one.after else ""
        write_line(" ".join(f"{left}{gone}{come}{right}".split()))


def _go_back(
    env: Environment, session: Session, document: Document, number: int, *, drop_lost: bool
) -> None:
    plan = text_versions.plan_restore(session.project, document=document.id, number=number)
    if not drop_lost:
        for one in plan.lost:
            write_note(tr("Would lose its text: «{quote}»", quote=" ".join(one.before.split())))
    session.run(
        text_versions.restore_text,
        coder=session.coder,
        document=document.id,
        number=number,
        drop_lost=drop_lost,
    )
    env.answer(
        {
            "document": document.name,
            "version": number,
            "places": len(plan.edits),
            "codings": {
                "altered": len(plan.altered),
                "moved": len(plan.moved),
                "lost": len(plan.lost),
            },
        },
        lambda: write_line(_said(document, number, plan)),
    )


def _said(document: Document, number: int, plan: CorrectionPlan) -> str:
    if not plan.edits:
        return tr("{name} has this text already.", name=document.name)
    return tr_n(
        "{name} has text {number} again; {n} place is changed.",
        "{name} has text {number} again; {n} places are changed.",
        len(plan.edits),
        name=document.name,
        number=number,
    )


COMMANDS = (versions_command,)
