"""Coding blind: who sees only their own codings sees only their own notes and memos, too.

What the coding room is told to show decides for every place: a second coder who chose to see only
their own is not told elsewhere what the first one did.
"""

from qda.gui.context import Context
from qda.gui.layers_kept import kept_whose
from qda.model.ids import CoderId
from qda.store import coders

NOBODY = CoderId(-1)
"""Stands for a coder who has not coded or written anything yet."""


def only_coder(context: Context) -> CoderId | None:
    """Return whose codings and memos alone may be seen, None where everyone's may."""
    project = context.bridge.project
    if kept_whose(context.settings, project) != "mine":
        return None
    found = coders.by_name(project.connection, context.bridge.session.coder)
    return found.id if found is not None else NOBODY
