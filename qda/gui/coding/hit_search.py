"""Finding words in all sources: search in a worker, walk from hit to hit, code what is picked."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from qda.gui.coding.hit_pane import Place
from qda.gui.coding_hits import Place as PickedPlace
from qda.gui.coding_hits import code_places
from qda.gui.language import tr, tr_n
from qda.jobs.progress import Progress
from qda.model.ids import CodeId, DocumentId
from qda.store import documents, text_search
from qda.store.text_search import FoundIn
from qda.text.hits import Hit

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace

SPREAD = "coding.spread"
PAUSE = 250
"""Milliseconds without typing after which the search begins."""
SHOW = 40
"""Milliseconds between two looks at what the worker has found meanwhile."""


class _Errand:
    """One search: what it has found and not handed over yet; `drop` ends it and no other job."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.found: deque[FoundIn] = deque()
        self.dropped = False
        self._progress: Progress | None = None

    def run(self, progress: Progress, room: CodingWorkspace, order: Sequence[DocumentId]) -> bool:
        self._progress = progress
        if self.dropped:
            return False
        path = room.context.bridge.project.path
        return text_search.search(path, self.query, order, self.found.append, progress)

    def drop(self) -> None:
        self.dropped = True
        if self._progress is not None:
            self._progress.cancel()


class HitSearch(QObject):
    """Fill the pane of hits, and keep it in step with the project."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Search on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self._pane = room.hit_pane
        self._errand: _Errand | None = None
        self._query = ""
        self._found: list[FoundIn] = []
        self._firsts: list[int] = [0]
        self._here: Place | None = None
        self._wanted = 0
        self._stamp: object = None
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._look = QTimer(self, interval=SHOW)
        self._pane.set_spread(room.context.settings.text(SPREAD))
        self._later.timeout.connect(self._on_later_timeout)
        self._look.timeout.connect(self._take_in)
        self._pane.closed.connect(self.close)
        self._pane.spread_changed.connect(self._on_pane_spread_changed)
        self._pane.list.hit_chosen.connect(self._on_list_hit_chosen)
        self._pane.list.hit_activated.connect(self._on_list_hit_activated)
        self._pane.list.left.connect(self._on_list_left)
        self._pane.code.clicked.connect(self.code_picked)
        room.code_pane.tree.row_chosen.connect(self._on_tree_row_chosen)

    # ---------------------------------------------------------------------------- searching

    @property
    def on(self) -> bool:
        """Tell whether words are looked for in all sources."""
        return self._pane.isVisibleTo(self._room)

    def open(self) -> None:
        """Show the pane and look for what is typed in the line."""
        room = self._room
        room.find_bar.set_everywhere(on=True)
        if not self.on:
            room.segment_list.hide()
            self._pane.show()
            room.share_middle()
        self._offer()
        self.start(room.find_bar.query())

    def close(self) -> None:
        """Hide the pane; words are looked for in the open source again."""
        self._drop()
        self._found, self._firsts, self._here, self._query = [], [0], None, ""
        self._pane.hide()
        self._pane.clear("")
        self._room.find_bar.set_everywhere(on=False)
        self._room.finder.refresh()

    def start_later(self) -> None:
        """Look for what is typed once the user pauses."""
        self._later.start()

    def start(self, query: str) -> None:
        """Look for words in every source, in the order of the list of sources."""
        self._drop()
        self._query = query.strip()
        self._found, self._firsts, self._here = [], [0], None
        shown = " ".join(self._query.split())
        self._pane.clear(
            tr("«{words}» in all sources", words=shown) if shown else tr("Find in all sources")
        )
        self._room.finder.refresh()
        if not self._query:
            self._pane.say("", tr("Write what to look for in the line above the text."))
            return
        room = self._room
        self._stamp = self._stamp_now()
        errand = _Errand(self._query)
        self._errand = errand
        order = room.sources.documents()
        room.context.jobs.start(
            tr("Looking through the sources"),
            lambda progress: errand.run(progress, room, order),
            lambda done: self._finish(errand, told=bool(done), stopped=False),
            lambda: self._finish(errand, told=False, stopped=True),
        )
        self._look.start()

    def _drop(self) -> None:
        self._wanted = 0
        self._later.stop()
        self._look.stop()
        if self._errand is not None:
            self._errand.drop()
            self._errand = None

    def stop(self) -> None:
        """Leave off searching; before the project is closed."""
        self._drop()

    def _on_later_timeout(self) -> None:
        if self.on:
            self.start(self._room.find_bar.query())

    def _take_in(self) -> None:
        """List what has been found since the last look."""
        errand = self._errand
        if errand is None:
            return
        new: list[tuple[int, FoundIn]] = []
        while errand.found:
            new.append((len(self._found), errand.found.popleft()))
            self._found.append(new[-1][1])
        if new:
            self._firsts = [0, *accumulate(len(one.hits) for one in self._found)]
            self._pane.add(new)
            self._room.finder.refresh()
            self._offer()
        self._pane.say(self._counted(), "")

    def _finish(self, errand: _Errand, *, told: bool, stopped: bool) -> None:
        if errand is not self._errand:
            return
        self._take_in()
        self._errand = None
        self._look.stop()
        text = ""
        if stopped:
            text = tr("The search was stopped; these are the places found until then.")
        elif not told:
            text = tr("There are more; only the first {n} are listed.", n=self.count())
        elif not self._found:
            text = tr("No source has these words.")
        self._pane.say(self._counted(), text)
        self._room.finder.tell()
        wanted, self._wanted = self._wanted, 0
        if wanted:
            self.step(wanted)

    def _counted(self) -> str:
        count = self.count()
        if not count:
            return ""
        places = tr_n("{n} place", "{n} places", count)
        return f"{places} · " + tr_n("{n} source", "{n} sources", len(self._found))

    def follow(self) -> None:
        """Look again where a text or the list of sources has changed."""
        if self.on and self._query and self._stamp_now() != self._stamp:
            self.start(self._query)

    def _stamp_now(self) -> object:
        everything = documents.all_documents(self._room.context.bridge.project.connection)
        return tuple((one.id, one.text_hash, one.name) for one in everything)

    # ------------------------------------------------------------------------------ walking

    def count(self) -> int:
        """Return how many hits there are."""
        return self._firsts[-1]

    def number(self) -> int:
        """Return which hit one is at, counted from 1; 0 for none."""
        return 0 if self._here is None else self._firsts[self._here[0]] + self._here[1] + 1

    def places_in(self, document: DocumentId) -> list[tuple[int, int]]:
        """Return where the hits in a document stand."""
        for found in self._found:
            if found.document == document:
                return [(hit.start, hit.end) for hit in found.hits]
        return []

    def step(self, step: int) -> None:
        """Go to the next hit or the previous one, on into other sources, around at the ends."""
        if self._later.isActive():
            # Enter comes before the pause in typing has.
            self.start(self._room.find_bar.query())
        if self._errand is not None and self._here is None:
            # Which one is next from here is known when all are.
            self._wanted = step
            return
        count = self.count()
        if not count:
            return
        if self._here is None:
            number = self._from_caret(step)
        else:
            number = (self.number() - 1 + step) % count
        self._show(self._place_of(number))

    def _from_caret(self, step: int) -> int:
        """Return the hit that is next from where one is in the text."""
        room = self._room
        if room.open is None:
            return 0
        order = {number: place for place, number in enumerate(room.sources.documents())}
        start, _ = room.view.selection() or (room.view.caret(), 0)
        here = (order.get(room.open.document.id, 0), start)
        where = [
            (order.get(found.document, len(order)), hit.start)
            for found in self._found
            for hit in found.hits
        ]
        following = next((n for n, place in enumerate(where) if place >= here), len(where))
        return (following if step > 0 else following - 1) % len(where)

    def _place_of(self, number: int) -> Place:
        document = next(n for n, first in enumerate(self._firsts[1:]) if first > number)
        return document, number - self._firsts[document]

    def _hit(self, place: Place) -> tuple[DocumentId, Hit]:
        found = self._found[place[0]]
        return found.document, found.hits[place[1]]

    def _show(self, place: Place) -> None:
        """Show a hit in the text and make it the one that is picked in the list."""
        self._pane.list.choose(place)
        self._read(place)

    def _read(self, place: Place) -> None:
        """Show a hit in the text; what is picked in the list is the list's matter."""
        room = self._room
        self._here = place
        document, hit = self._hit(place)
        room.open_document(document)
        room.view.reveal(hit.start, hit.end)
        room.view.set_selection(hit.start, hit.end)
        room.finder.tell()

    def _on_list_hit_chosen(self, place: Place) -> None:
        self._read(place)

    def _on_list_hit_activated(self, place: Place) -> None:
        self._read(place)
        self._room.view.setFocus()

    def _on_list_left(self) -> None:
        self._room.finder.close()

    # ------------------------------------------------------------------------------- coding

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is in the list of hits."""
        focused = self._room.focusWidget()
        return self.on and focused is not None and self._pane.isAncestorOf(focused)

    def can_code(self) -> bool:
        """Tell whether hits are picked that can be coded."""
        return self._room.can_write() and self.on and bool(self._pane.picked())

    def code_picked(self) -> None:
        """Code the picked hits with the code at hand."""
        current = self._room.code_pane.current()
        if current is not None:
            self.code_with([current.id])

    def code_with(self, codes: Sequence[CodeId]) -> None:
        """Code the picked hits with some codes, in one step."""
        room = self._room
        if not self.can_code() or not codes:
            return
        how = self._pane.spread()
        picked: dict[DocumentId, list[PickedPlace]] = {}
        for place in self._pane.picked():
            document, hit = self._hit(place)
            picked.setdefault(document, []).append((hit.start, hit.end, how))

        def coded() -> None:
            room.actions_on_text.last_code = codes[-1]

        code_places(room.context, picked, codes, room.known_codes(), coded)

    def _offer(self) -> None:
        self._pane.offer(self._room.code_pane.current(), writable=self._room.can_write())

    def _on_tree_row_chosen(self, code: object) -> None:
        del code
        self._offer()

    def _on_pane_spread_changed(self, spread: object) -> None:
        self._room.context.settings.set(SPREAD, str(spread))
