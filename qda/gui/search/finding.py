"""What was asked last, and having it found: by a query, or as what stands behind a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.search.asked import Asked
from qda.model.errors import UserError

if TYPE_CHECKING:
    from qda.app.searching import Found, Searcher
    from qda.gui.search.results import Answer
    from qda.gui.search.words_question import Opens
    from qda.gui.search.workspace import SearchWorkspace
    from qda.jobs.progress import Progress
    from qda.model.searching import Search

How = Callable[["Searcher", "Progress"], "Found"]
ABOUT_CODINGS = ("code", "coder", "stance")


class Finding(QObject):
    """Ask on behalf of the workspace."""

    def __init__(self, room: SearchWorkspace) -> None:
        """Begin without a question."""
        super().__init__(room)
        self._room = room
        self._how: How | None = None
        self.title = ""
        """What the lines are, where no query says it."""

    def ask(self, asked: Asked) -> None:
        """Look for what is asked; lines come when it is found, and the keyboard goes to them."""
        room = self._room
        room.bar.show_asked(asked)
        room.bar.refuse("")
        if not asked.query:
            room.runner.drop()
            room.show_examples()
            return
        try:
            search = asked.search(room.choices())
            _check(search)
        except UserError as error:
            room.refuse(error)
            return
        self._find(lambda searcher, progress: searcher.find(search, progress), "", enter=True)

    def lines_of(self, opens: Opens, title: str) -> None:
        """Look for the lines behind a number of a list of words."""
        from qda.app.word_counts import WordCounter  # lazy: it brings numpy

        room = self._room
        stop = room.words_view.asked.stop
        room.show_lines()
        room.bar.show_asked(Asked())
        self._find(lambda searcher, _: opens(WordCounter(searcher, stop=stop)), title, enter=True)

    def again(self) -> None:
        """Look for the same: the project has changed. The keyboard stays where it is."""
        room = self._room
        if room.shows_words():
            room.words.refresh()
        elif self.title and self._how is not None:
            self._find(self._how, self.title, enter=False)
        elif self._how is not None and room.bar.asked.query:
            try:
                search = room.bar.asked.search(room.choices())
            except UserError as error:
                room.refuse(error)
                return
            self._find(lambda searcher, progress: searcher.find(search, progress), "", enter=False)

    def _find(self, how: How, title: str, *, enter: bool) -> None:
        self._how, self.title = how, title
        work = self._room.results.worker()

        def answer(searcher: Searcher, progress: Progress) -> Answer:
            return work(searcher, how(searcher, progress))

        self._room.runner.ask(
            answer, lambda searcher, found: self._room.take(searcher, found, enter=enter)
        )

    def search_now(self) -> Search:
        """Return what is asked, as it is written now. Raises NotAllowed, NotFound."""
        bar = self._room.bar
        return replace(bar.asked, query=bar.field.text().strip()).search(self._room.choices())

    def asks_for_codings(self) -> bool:
        """Tell whether what is found depends on what is coded."""
        asked = self._room.bar.asked
        return asked.coded != "any" or any(one.name in ABOUT_CODINGS for one in asked.filters)


def _check(search: Search) -> None:
    """Raise BadQuery for what cannot be read, before anything is waited for."""
    from qda.language.query import parse
    from qda.language.regex_search import compile_pattern

    if search.mode == "regex":
        compile_pattern(search.query)
    else:
        parse(search.query, exact=search.mode == "exact")
