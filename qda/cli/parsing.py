"""What the command line is built from: commands whose help is translated, and checked values.

Wrong usage is said in the user's language too, so nothing here relies on the sentences of the
library, which are English.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import REPLACED, readable
from qda.model.searching import TURN_KINDS

F = TypeVar("F", bound=Callable[..., object])

CODER_HELP = _("Who does it; without it the project's own coder.")


class Command(click.Command):
    """A command whose help is in the user's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command, with several values behind one option."""
        return super().parse_args(ctx, _spread(self, args))

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option that shows the help."""
        del ctx
        return help_option()

    def get_help(self, ctx: click.Context) -> str:
        """Return the help in the user's language."""
        return _help_of(self, self, ctx)


class Group(click.Group):
    """A group of commands; with `default`, a first word that is no command goes to that one."""

    command_class = Command

    def __init__(self, *args: Any, default: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - the library's
        """Take what the library's group takes, and the name of the default command."""
        super().__init__(*args, **kwargs)
        self._default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command first where none is named."""
        if self._default and (not args or args[0] not in (*self.commands, "--help")):
            args = [self._default, *args]
        if not args:
            raise click.UsageError(tr("A command is missing."), ctx)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names."""
        found = self.get_command(ctx, args[0])
        if found is None:
            raise click.UsageError(tr("There is no command {name}.", name=readable(args[0])), ctx)
        # The default command goes by the name of its group.
        return "" if args[0] == self._default else args[0], found, args[1:]

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option that shows the help."""
        del ctx
        return help_option()

    def get_help(self, ctx: click.Context) -> str:
        """Return the help in the user's language, that of the default command included."""
        return _help_of(self, self.commands.get(self._default, self), ctx)


def help_option() -> click.Option:
    """Return the option that shows a command's help and ends."""

    def show(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - the library's
        if asked and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    return click.Option(
        ["--help"], is_flag=True, expose_value=False, is_eager=True, callback=show, hidden=True
    )


def _help_of(command: click.Command, shown: click.Command, ctx: click.Context) -> str:
    """Return the help of `command`, with the usage and the options of `shown`."""
    translated = current_catalogue().text
    formatter = ctx.make_formatter()
    pieces = " ".join(shown.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path.strip(), pieces, prefix=tr("Usage:") + " ")
    if shown.help:
        formatter.write_paragraph()
        formatter.write_text(translated(shown.help))
    records = [
        (record[0], translated(option.help or ""))
        for option in shown.get_params(ctx)
        if isinstance(option, click.Option) and (record := option.get_help_record(ctx)) is not None
    ]
    if records:
        with formatter.section(tr("Options")):
            formatter.write_dl(records)
    if isinstance(command, click.Group):
        with formatter.section(tr("Commands")):
            formatter.write_dl(
                [
                    (name, translated(one.help or ""))
                    for name, one in command.commands.items()
                    if one is not shown
                ]
            )
    return formatter.getvalue().rstrip("\n")


class SeveralValues(click.Option):
    """An option that takes one value or more: `--evidence A B` or `--evidence A --evidence B`."""


def _spread(command: click.Command, args: list[str]) -> list[str]:
    """Repeat the name of an option of `SeveralValues` before each further value behind it.

    Words are further values only once every argument of the command has been given: what stands
    behind an option before that may be one of these.
    """
    several = {
        name
        for option in command.params
        if isinstance(option, SeveralValues)
        for name in option.opts
    }
    if not several:
        return args
    with_value = {
        name
        for option in command.params
        if isinstance(option, click.Option) and not option.is_flag
        for name in option.opts
    }
    wanted = sum(isinstance(one, click.Argument) for one in command.params)
    made: list[str] = []
    current, takes_value = "", False
    for word in args:
        if takes_value:
            takes_value = False
        elif word.startswith("-") and word != "-":
            takes_value = word in with_value
            current = word if word in several else ""
        elif current and wanted <= 0:
            made.append(current)
        else:
            wanted -= 1
            current = ""
        made.append(word)
    return made


def usage_sentence(error: click.UsageError) -> str:
    """Say in the user's language what is wrong with the words of a command."""
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param is not None else ""
        if isinstance(error.param, click.Option):
            name = max(error.param.opts, key=len)
        return tr("{name} is missing.", name=name)
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            return tr(
                "There is no option {name}; did you mean {others}?",
                name=error.option_name,
                others=", ".join(sorted(error.possibilities)),
            )
        return tr("There is no option {name}.", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return tr("The option {name} lacks its value or takes none.", name=error.option_name)
    if isinstance(error, click.BadParameter):
        return error.message
    if error.message.startswith("Got unexpected extra"):
        return tr("There are more words than the command takes; put texts with spaces in quotes.")
    return error.message


# -------------------------------------------------------------------------- kinds of values
def words(value: str) -> str:
    """Take a text; bytes that are no text are refused."""
    text = readable(value)
    if REPLACED in text and REPLACED not in value:
        raise click.BadParameter(tr("A text on the command line is not readable as UTF-8."))
    return text


def whole(value: str) -> int:
    """Take a whole number that a project can hold."""
    try:
        number = int(value)
    except ValueError:
        number = 1 << 63
    if not -(1 << 63) <= number < 1 << 63:
        raise click.BadParameter(tr("{value} is not a whole number.", value=readable(value)))
    return number


def one_of(*known: str) -> Callable[[str], str]:
    """Return a check that takes just the `known` words."""

    def checked(value: str) -> str:
        if value not in known:
            raise click.BadParameter(
                tr(
                    "{value} is not known here; choose one of {known}.",
                    value=readable(value),
                    known=", ".join(known),
                )
            )
        return value

    return checked


def assignment(value: str) -> tuple[str, str]:
    """Take `NAME=VALUE`."""
    name, sign, rest = words(value).partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(tr("{value} is not of the form NAME=VALUE.", value=value))
    return name.strip(), rest.strip()


# --------------------------------------------------------------- arguments and options in use
def project_argument(function: F) -> F:
    """Take the project file first."""
    return click.argument("project", type=Path, metavar="PROJECT")(function)


def coder_option(function: F) -> F:
    """Take the name of the one who does it."""
    return text_option("--coder", metavar="NAME", help=CODER_HELP)(function)


def text_option(
    *names: str,
    metavar: str,
    help: str,  # noqa: A002 - the library's name
    required: bool = False,
) -> Callable[[F], F]:
    """Take a text; "" when it is not given."""
    if required:
        return click.option(*names, type=words, required=True, metavar=metavar, help=help)
    return click.option(*names, type=words, default="", metavar=metavar, help=help)


def texts_option(*names: str, metavar: str, help: str) -> Callable[[F], F]:  # noqa: A002
    """Take a text any number of times."""
    return click.option(*names, type=words, multiple=True, metavar=metavar, help=help)


def several_option(
    name: str,
    *,
    metavar: str,
    help: str,  # noqa: A002 - the library's name
    required: bool = False,
) -> Callable[[F], F]:
    """Take one text or more behind one name, which may also be repeated."""
    return click.option(
        name,
        cls=SeveralValues,
        type=words,
        multiple=True,
        required=required,
        metavar=metavar + " …",
        help=help,
    )


def where_option(*, help: str) -> Callable[[F], F]:  # noqa: A002 - the library's name
    """Take filters as `NAME=VALUE`, any number of them."""
    return click.option("--where", type=assignment, multiple=True, metavar="NAME=VALUE", help=help)


def outputs_option(*, help: str) -> Callable[[F], F]:  # noqa: A002 - the library's name
    """Take files to write, any number of them: each must have its place before one is written."""
    return click.option(
        "-o", "outputs", type=Path, multiple=True, metavar="FILE", callback=_placed, help=help
    )


def _placed(
    context: click.Context, option: click.Parameter, files: tuple[Path, ...]
) -> tuple[Path, ...]:
    from qda.formats.atomic import require_place  # lazy: only what writes needs it

    del context, option
    for file in files:
        require_place(file)
    return files


def turns_option(function: F) -> F:
    """Take whose words are meant."""
    return click.option(
        "--turns",
        type=one_of(*TURN_KINDS),
        default="informant",
        metavar="WHOSE",
        help=_("Whose words: informant, interviewer or all."),
    )(function)


def require_one(sentence: str, *given: object) -> None:
    """Raise a usage error that says `sentence` unless just one of the values is given."""
    if sum(value not in ("", None, (), False) for value in given) != 1:
        raise click.UsageError(sentence, click.get_current_context())
