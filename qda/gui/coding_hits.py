"""Code places that were found, as many as there are, in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.jobs.progress import Progress
from qda.model.entities import Code
from qda.model.ids import CodeId, DocumentId
from qda.operations import codings as operations
from qda.operations.codings import NewCoding
from qda.store import text_search
from qda.text.hits import Spread, spread

Place = tuple[int, int, Spread]
"""Where something was found, and how much of the text around it a coding takes."""


def code_places(
    context: Context,
    picked: Mapping[DocumentId, Sequence[Place]],
    codes: Sequence[CodeId],
    known: Mapping[CodeId, Code],
    on_coded: Callable[[], None],
) -> None:
    """Code places with some codes; what each coding covers is worked out by a worker.

    `on_coded` is called once they are coded, or all were so already, which the user is told.
    """
    path = context.bridge.project.path

    def work(progress: Progress) -> list[NewCoding]:
        progress.start(len(picked))
        spans = {
            (document, *spread(text, start, end, how, turns)): None
            for document, text, turns in text_search.texts(path, picked, progress)
            for start, end, how in picked[document]
        }
        return [
            NewCoding(document, code, start, end)
            for document, start, end in spans
            for code in codes
        ]

    def commit(new: Sequence[NewCoding]) -> None:
        names = ", ".join(known[code].name for code in codes if code in known)
        notice = tr_n(
            "Coded {n} place with {code}.",
            "Coded {n} places with {code}.",
            len(new) // max(1, len(codes)),
            code=names,
        )
        done = context.bridge.run(operations.add_codings, new=new, notice=notice)
        if done is None:
            return
        on_coded()
        if done.step is None:
            context.bridge.told.emit(tr("These places are coded so already."))

    context.jobs.start(tr("Coding what was found"), work, commit)
