"""Commands on names: scan, apply, reverse, check."""

import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import (
    Group,
    coder_option,
    one_of,
    project_argument,
    texts_option,
)
from qda.model.errors import FileProblem, NotFound
from qda.model.messages import message
from qda.store import lookup
from qda.store.text_fields import SCOPES, Scope

if TYPE_CHECKING:
    from qda.formats.name_lists import ListedName
    from qda.operations.pseudonym_residual import Residual
    from qda.operations.pseudonymising import Replaced
    from qda.store.backups import Backup

F = TypeVar("F", bound=Callable[..., object])


@click.group(
    "pseudonymise",
    cls=Group,
    default="scan",
    help=_("Put pseudonyms for names, for good, with a key that leads back."),
)
def pseudonymise_group() -> None:
    """Work with names."""


def _key_options(function: F) -> F:
    """Take where a passphrase comes from."""
    function = click.option(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("A file whose first line is the passphrase of the key."),
    )(function)
    return click.option(
        "--passphrase", "ask", is_flag=True, help=_("Ask for the passphrase of the key.")
    )(function)


def _apply_options(function: F) -> F:
    for option in (
        click.option(
            "--key", type=Path, metavar="FILE", help=_("Where the key is written; beside it else.")
        ),
        texts_option(
            "--document", metavar="DOCUMENT", help=_("Only in this document; may be repeated.")
        ),
        click.option(
            "--leave",
            type=one_of(*SCOPES),
            multiple=True,
            metavar="WHAT",
            help=_(
                "What stays as it is: titles, people, cases, memos, codebook, attributes, files "
                "or writing."
            ),
        ),
        click.option(
            "--delete-backups", is_flag=True, help=_("Delete the backups that hold the names.")
        ),
    ):
        function = option(function)
    return _key_options(function)


@pseudonymise_group.command(
    "scan", help=_("List the names that are found, with what would be put for each.")
)
@project_argument
@click.option("-o", "--output", type=Path, metavar="FILE", help=_("Write the list: .csv or .json."))
@click.option("--propose", is_flag=True, help=_("List them, which is what this does anyway."))
@click.option(
    "--apply", "listed", type=Path, metavar="FILE", help=_("Do what a list says: see apply.")
)
@_apply_options
@coder_option
@click.pass_context
def scan_command(
    context: click.Context,
    project: Path,
    *,
    output: Path | None,
    propose: bool,
    listed: Path | None,
    coder: str,
    **options: object,
) -> int:
    """List names, or do what a list says."""
    from qda.formats.name_lists import as_json, write_names
    from qda.operations import name_lists, pseudonyms

    env = cast("Environment", context.obj)
    if listed is not None:
        if propose or output is not None:
            raise click.UsageError(tr("--apply goes without --propose and --output."))
        return _apply(env, project, listed, coder, options)
    with env.reading(project) as session:
        with shown_progress() as progress:
            found = pseudonyms.scan(session.project, progress=progress)
        rows = name_lists.listed(session.project, found)
    if output is not None:
        write_names(output, rows)
    env.answer(
        {"items": [cast("Json", as_json(one)) for one in rows]},
        lambda: _tell_names(rows, output),
    )
    return 0


def _tell_names(rows: "tuple[ListedName, ...]", output: Path | None) -> None:
    from qda.operations.name_lists import KIND_NAMES

    if output is not None:
        write_line(
            tr_n(
                "Wrote {n} name to {file}; it holds names, so keep it as you keep the key.",
                "Wrote {n} names to {file}; it holds names, so keep it as you keep the key.",
                len(rows),
                file=str(output),
            )
        )
        return
    write_table(
        (tr("Name"), tr("Kind"), tr("Replacement"), tr("Places"), tr("Forms"), tr("Example")),
        (
            (
                one.name,
                say(KIND_NAMES[one.kind]),
                tr("stays") if one.decision == "rejected" else one.replacement,
                one.places,
                ", ".join(one.forms),
                one.example,
            )
            for one in rows
        ),
    )


@pseudonymise_group.command(
    "apply",
    help=_(
        "Put pseudonyms for the accepted names of a list. This cannot be undone: all undo steps, "
        "earlier texts and imported files go. The key leads back."
    ),
)
@project_argument
@click.argument("listed", type=Path, metavar="LIST")
@_apply_options
@coder_option
@click.pass_obj
def apply_command(
    env: Environment, project: Path, listed: Path, coder: str, **options: object
) -> int:
    """Do what a list says."""
    return _apply(env, project, listed, coder, options)


def _apply(
    env: Environment, project: Path, listed: Path, coder: str, options: dict[str, object]
) -> int:
    from qda.formats.name_lists import read_names
    from qda.operations import name_lists, pseudonyms
    from qda.operations.pseudonymising import Wish, default_key, delete_backups, pseudonymise

    rows = read_names(listed)
    with env.changing(project, coder) as session:
        connection = session.project.connection
        names = cast("tuple[str, ...]", options["document"])
        chosen = frozenset(int(lookup.document(connection, name).id) for name in names)
        key = cast("Path | None", options["key"]) or default_key(session.project.path)
        wish = Wish(
            key,
            _passphrase(options, again=True),
            chosen or None,
            frozenset(cast("tuple[Scope, ...]", options["leave"])),
        )
        with shown_progress() as progress:
            found = name_lists.reviewed(session.project, rows, progress)
            rejected = [one for one in found.entities if one.decision == "rejected"]
            if rejected:
                decisions = [pseudonyms.decision_on(session.project, one) for one in rejected]
                session.run(pseudonyms.decide, coder=session.coder, decisions=decisions)
            done = session.run(
                pseudonymise, coder=session.coder, found=found, wish=wish, progress=progress
            ).value
        deleted = delete_backups(done.backups) if options["delete_backups"] else 0
    env.answer(
        {
            "names": done.names,
            "places": done.places,
            "documents": done.documents,
            "fields": {str(scope): count for scope, count in done.fields.items()},
            "files": done.files,
            "key": str(done.key),
            "settled": done.settled,
            "remaining": dict(done.remaining),
            "backups": _backups(() if deleted else done.backups),
            "deleted": deleted,
        },
        lambda: _tell_done(done, deleted),
    )
    return 0


def _backups(some: "tuple[Backup, ...]") -> Json:
    return [{"id": one.id, "when": one.when} for one in some]


def _tell_done(done: "Replaced", deleted: int) -> None:
    write_line(
        tr(
            "Replaced {names} names in {places} places. The key is {file}: without it nobody gets "
            "the names back.",
            names=done.names,
            places=done.places,
            file=str(done.key),
        )
    )
    write_line(tr("Undo steps, earlier texts and imported files are gone."))
    for form, count in done.remaining.items():
        write_note(
            tr_n(
                "«{form}» still stands in {n} place of the file.",
                "«{form}» still stands in {n} places of the file.",
                count,
                form=form,
            )
        )
    if not done.settled:
        write_note(tr("Somebody reads the project; open and close it once, so that it is clean."))
    if deleted:
        write_line(tr_n("Deleted {n} backup.", "Deleted {n} backups.", deleted))
    else:
        _tell_backups(done.backups)


def _tell_backups(some: "tuple[Backup, ...]") -> None:
    for one in some:
        when = current_catalogue().format_moment(one.when)
        write_note(tr("The backup of {when} still holds the names.", when=when))


@pseudonymise_group.command("reverse", help=_("Put the names back with the key, as one step."))
@project_argument
@click.argument("key", type=Path, metavar="KEY")
@_key_options
@coder_option
@click.pass_obj
def reverse_command(
    env: Environment, project: Path, key: Path, *, coder: str, **options: object
) -> int:
    """Put names back; the status is 1 where some places could not be turned back."""
    from qda.formats.pseudonym_key import read_key
    from qda.operations.pseudonym_reversal import reverse

    with env.changing(project, coder) as session:
        read = read_key(key, _passphrase(options))
        with shown_progress() as progress:
            done = session.run(reverse, coder=session.coder, key=read, progress=progress).value
    gone, unknown = sum(done.gone.values()), sum(done.unknown.values())
    env.answer(
        {"places": done.places, "gone": dict(done.gone), "unknown": dict(done.unknown)},
        lambda: write_line(
            tr_n("Put names back in {n} place.", "Put names back in {n} places.", done.places)
        ),
    )
    if gone:
        write_note(
            tr_n(
                "{n} place is not there any more, or was changed.",
                "{n} places are not there any more, or were changed.",
                gone,
            )
        )
    if unknown:
        write_note(
            tr_n(
                "{n} pseudonym is not in the key and stays.",
                "{n} pseudonyms are not in the key and stay.",
                unknown,
            )
        )
    return 0


@pseudonymise_group.command(
    "check", help=_("Say what may still tell who somebody is; with the key, which names are left.")
)
@project_argument
@click.option("--key", type=Path, metavar="FILE", help=_("Look for the names of this key too."))
@click.option("--delete-backups", is_flag=True, help=_("Delete the backups that hold the names."))
@_key_options
@click.pass_obj
def check_command(
    env: Environment, project: Path, *, key: Path | None, delete_backups: bool, **options: object
) -> int:
    """List what is left."""
    from qda.formats.pseudonym_key import read_key
    from qda.operations.name_lists import document_titles
    from qda.operations.pseudonym_residual import residual
    from qda.operations.pseudonymising import delete_backups as delete

    with env.reading(project) as session:
        read = read_key(key, _passphrase(options)) if key is not None else None
        with shown_progress() as progress:
            found = residual(session.project, key=read, progress=progress)
        deleted = delete(found.backups) if delete_backups else 0
        answer = _residual(session, found, deleted)
        titles = document_titles(session.project)
    env.answer(answer, lambda: _tell_residual(found, titles, deleted))
    return 0


def _residual(session: Session, found: "Residual", deleted: int) -> dict[str, Json]:
    from qda.operations.name_lists import place_names

    names = place_names(session.project, found.found)
    return {
        "suspicious": [
            {"kind": one.kind, "name": one.name, "forms": list(one.forms), "places": len(one.hits)}
            for one in found.suspicious
        ],
        "remaining": [
            {
                "form": one.form,
                "place": names.get(one.place, f"{one.place.table} {one.place.row}"),
                "count": one.count,
            }
            for one in found.forms
        ],
        "in_file": dict(found.in_file),
        "coders": list(found.coders),
        "backups": _backups(() if deleted else found.backups),
        "deleted": deleted,
        "aside": [one.name for one in found.aside],
        "runs": [
            {
                "when": one.at, "coder": one.coder, "names": one.names, "places": one.places,
                "settled": one.settled, "reversed": one.reversed or None,
            }
            for one in found.runs
        ],
    }  # fmt: skip


def _tell_residual(found: "Residual", titles: Mapping[int, str], deleted: int) -> None:
    from qda.operations.name_lists import place_said

    if not found.runs:
        write_line(tr("No names were replaced in this project yet."))
    if not found.suspicious:
        write_line(tr("Nothing is found that looks like a name."))
    for one in found.suspicious:
        write_line(
            tr_n(
                "{name} looks like a name: {n} place.",
                "{name} looks like a name: {n} places.",
                len(one.hits),
                name=", ".join(one.forms),
            )
        )
    for left in found.forms:
        write_line(
            tr_n(
                "«{form}» of the key still stands in {n} place ({where}).",
                "«{form}» of the key still stands in {n} places ({where}).",
                left.count,
                form=left.form,
                where=say(place_said(left.place, titles)),
            )
        )
    for name in found.coders:
        write_line(tr("The coder {name} is called as somebody in the key.", name=name))
    for path in found.aside:
        write_note(tr("{name} was put aside and may hold the names.", name=path.name))
    if deleted:
        write_line(tr_n("Deleted {n} backup.", "Deleted {n} backups.", deleted))
    else:
        _tell_backups(found.backups)


def _passphrase(options: dict[str, object], *, again: bool = False) -> str:
    """Return the passphrase from its file or from the terminal, empty where none is wanted."""
    file = cast("Path | None", options["passphrase_file"])
    if file is not None:
        return _first_line(file)
    if not options["ask"]:
        return ""
    if not sys.stdin.isatty():
        raise NotFound(
            message("There is no terminal to ask for the passphrase; use --passphrase-file.")
        )
    given = getpass.getpass(tr("Passphrase: "), stream=sys.stderr)
    if again and getpass.getpass(tr("Once more: "), stream=sys.stderr) != given:
        raise FileProblem(message("The two passphrases are not the same; nothing was changed."))
    return given


def _first_line(file: Path) -> str:
    try:
        line = file.read_text(encoding="utf-8-sig").splitlines()[:1]
    except (OSError, ValueError) as error:
        raise FileProblem(
            message("The passphrase in {name} cannot be read; check the file.", name=file.name)
        ) from error
    if not line or not line[0]:
        raise FileProblem(
            message(
                "The first line of {name} is empty; write the passphrase there.", name=file.name
            )
        )
    return line[0]


COMMANDS = (pseudonymise_group,)
"""The group of commands on names."""
