"""Wrong usage, help and languages, for every command."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from qda.cli.commands import qda
from qda.cli.parsing import usage_sentence

Run = Callable[..., Any]


def _commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*above, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*above, name))


COMMANDS = sorted(_commands(qda))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("Usage: qda ")
    assert len(result.out.splitlines()) >= 3


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_refuses_unknown_options(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, "--finnesikke", json=True)
    assert (result.status, result.out) == (2, "")
    assert result.err.count("\n") == 2


CONTRACT = """
new import documents text turns codebook codebook-import codebook-export codebook-show
codebook-diff cases cases-import cases-show participants participants-import participants-show
values values-import link code codings codings-import matrix memo memo-add memos undo redo history
audit doctor backup demo open
"""


def test_the_contract_is_kept() -> None:
    assert set(CONTRACT.split()) <= {"-".join(words) for words in COMMANDS}


@pytest.mark.parametrize("words", [["nei"], ["codebook", "nei"], ["codebook"], ["memo"], ["-x"]])
def test_words_that_are_no_command(run: Run, words: list[str]) -> None:
    assert run(*words).status == 2


def test_usage_is_said_in_norwegian_too(run: Run) -> None:
    english, norwegian = run("--help"), run("--help", language="nb")
    assert english.out.startswith("Usage:")
    assert norwegian.status == 0
    assert norwegian.out.splitlines()[0].endswith("COMMAND [ARGS]...")


def test_an_unknown_language_is_wrong_usage(run: Run) -> None:
    assert run("--help", language="de").status == 2


def test_the_version_is_told(run: Run) -> None:
    from qda import __version__

    assert run("--version").out.strip() == f"qda {__version__}"


def test_a_similar_option_is_offered(run: Run, project: Path) -> None:
    assert "--unfolded" in run("matrix", project, "--unfold").err


def test_the_library_s_own_words_are_never_shown() -> None:
    context = click.Context(qda, info_name="qda")
    said = usage_sentence(click.UsageError("Got unexpected extra argument (x)", context))
    assert "unexpected" not in said


def test_bytes_that_are_no_text_are_wrong_usage(run: Run, project: Path) -> None:
    words = ("--document", "Nord", "--code", "rutiner", "--quote", "\udcff")
    assert run("code", project, *words).status == 2


def test_very_long_names_are_said(run: Run, project: Path) -> None:
    assert run("documents", "x" * 5000).status == 1
    assert run("import", project, "x" * 5000 + ".txt").status == 1
    assert run("text", project, "x" * 5000).status == 1
