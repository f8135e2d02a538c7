"""What a user does with the where-used list of quotes."""

from collections.abc import Mapping, Sequence

from qda.model.changes import OpResult
from qda.model.ids import new_guid
from qda.model.messages import Message, message
from qda.model.quote_check import CheckedQuote, QuoteStatus, QuoteUse
from qda.store import coders, history, quote_uses
from qda.store.project_file import ProjectFile

REMEMBER = message("Remember what a manuscript quotes")
FORGET = message("Forget what a manuscript quotes")
STATUS_WORDS: Mapping[QuoteStatus, Message] = {
    "verbatim": message("verbatim"),
    "cut": message("cut"),
    "altered": message("altered"),
    "not-found": message("not found"),
}


def remember_uses(
    project: ProjectFile, *, coder: str, manuscript: str, checked: Sequence[CheckedQuote]
) -> OpResult[int]:
    """Keep what a manuscript quotes from the sources, instead of what it quoted before.

    Passages that were not found are not kept. Returns how many are.
    """
    kept = [one for one in checked if one.document is not None and one.source]
    with project.step(REMEMBER, coder) as step:
        connection = project.connection
        quote_uses.clear(connection, manuscript)
        who = coders.ensure(connection, coder)
        at = history.now()
        for one in kept:
            assert one.document is not None  # noqa: S101 - chosen above
            use = QuoteUse(
                new_guid(), one.document, one.source, manuscript, one.place, who.name, at
            )
            quote_uses.insert(connection, use, who.id)
    return OpResult(len(kept), step.changes, step.id)


def forget_uses(project: ProjectFile, *, coder: str, manuscript: str) -> OpResult[int]:
    """Forget what a manuscript quotes; returns how many passages that were."""
    with project.step(FORGET, coder) as step:
        gone = quote_uses.clear(project.connection, manuscript)
    return OpResult(gone, step.changes, step.id)
