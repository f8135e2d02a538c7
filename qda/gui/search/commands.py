"""What can be done in the search workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.search.files import word_file_kinds

if TYPE_CHECKING:
    from qda.gui.search.words_question import WordsKind
    from qda.gui.search.workspace import SearchWorkspace


def search_commands(room: SearchWorkspace) -> list[Command]:
    """Return the commands of the workspace."""
    return [*_asking(room), *_lines(room), *_words(room)]


def _asking(room: SearchWorkspace) -> list[Command]:
    bar = room.bar
    return [
        Command("search.field", tr("Write what to look for"), "search", bar.focus_field, "Ctrl+F"),
        Command("search.limit", tr("Add a limit …"), "search", bar.open_filter, "Ctrl+Shift+F",
                keywords=(tr("filter"), tr("office"), tr("role"))),
        Command("search.turns", tr("Whose words are searched …"), "search", bar.open_turns,
                "Ctrl+Shift+W"),
        Command("search.coded", tr("Coded places or others …"), "search", bar.open_coded),
        Command("search.within", tr("What AND and NOT look at …"), "search", bar.open_within),
        Command("search.codewords", tr("Search with the words of a code …"), "search",
                room.coding.ask_words, "Ctrl+Shift+K", keywords=(tr("synonyms"),)),
        Command("search.saved", tr("Saved searches …"), "search", room.saving.open, "Ctrl+Shift+S"),
        Command("search.help", tr("What can be written in a search"), "search",
                room.show_examples, keywords=("AND", "OR", "NOT", "NEAR")),
    ]  # fmt: skip


def _lines(room: SearchWorkspace) -> list[Command]:
    def found() -> bool:
        return room.table.lines.rowCount() > 0

    orders = (
        ("source", tr("Order the lines by source")),
        ("left", tr("Order the lines by the word before")),
        ("right", tr("Order the lines by the word after")),
    )
    return [
        *(
            Command(f"search.order.{order}", title, "search", partial(room.sort, order),
                    f"Alt+{number}", enabled=found, separator_before=number == 1)
            for number, (order, title) in enumerate(orders, start=1)
        ),
        Command("search.open", tr("Open the line in its source"), "search", room.open_line,
                "Ctrl+Return", enabled=found, separator_before=True),
        Command("search.code", tr("Code the selected lines …"), "search", room.coding.ask_code,
                "Ctrl+E", enabled=room.coding.can_code),
        Command("search.code_all", tr("Code all lines …"), "search", room.coding.ask_all,
                "Ctrl+Shift+A", enabled=room.coding.can_review),
        Command("search.copy", tr("Copy what is selected"), "search", partial(_copy, room),
                "Ctrl+C", separator_before=True),
        *(
            Command(f"search.export{ending}", tr("Export the lines: {kind} …", kind=kind), "search",
                    partial(room.files.ask, ending), "Ctrl+Shift+E" if place == 0 else "",
                    enabled=found)
            for place, (ending, kind) in enumerate(word_file_kinds())
        ),
    ]  # fmt: skip


def _copy(room: SearchWorkspace) -> None:
    if room.shows_words():
        room.words.copy()
    else:
        room.files.copy()


def _words(room: SearchWorkspace) -> list[Command]:
    def ask(kind: WordsKind) -> None:
        room.show_part("words")
        room.words_view.ask_for(kind)

    def group() -> None:
        room.show_part("words")
        room.words_view.open_group()

    return [
        Command("search.lines", tr("Lines"), "search", partial(room.show_part, "lines"),
                "Ctrl+Shift+1", separator_before=True),
        Command("search.words.frequent", tr("Words: the most frequent"), "search",
                partial(ask, "frequent"), "Ctrl+Shift+2", keywords=(tr("frequencies"),)),
        Command("search.words.apart", tr("Words: what sets two groups apart …"), "search", group,
                "Ctrl+Shift+3", keywords=("keyness", "G2", "log-likelihood")),
        Command("search.words.beside", tr("Words: what stands beside a word"), "search",
                partial(ask, "beside"), "Ctrl+Shift+4", keywords=(tr("collocations"), "logDice")),
        Command("search.words.by", tr("Divide the words by …"), "search", room.words_view.open_by,
                enabled=room.shows_words),
        Command("search.words.lines", tr("Show the lines behind the number"), "search",
                room.words_view.open_current, enabled=room.words.can_take),
        *(
            Command(f"search.words.export{ending}", tr("Export the words: {kind} …", kind=kind),
                    "search", partial(room.words.ask, ending), enabled=room.words.can_take)
            for ending, kind in word_file_kinds()
        ),
    ]  # fmt: skip
