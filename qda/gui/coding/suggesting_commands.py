"""Commands that go through suggestions; all work wherever in the room the keyboard is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


def suggesting_commands(workspace: CodingWorkspace) -> list[Command]:
    """Return what opens suggestions and decides them."""
    review = workspace.suggestions
    words = (tr("suggestion"), tr("propose"), tr("keywords"))
    return [
        Command(
            "coding.suggestions", tr("Suggestions for the codes picked"), "code", review.open,
            "Ctrl+Shift+G", keywords=words, separator_before=True,
        ),
        Command(
            "coding.suggestion_accept", tr("Accept the suggestion"), "code", review.accept,
            "Alt+Return", enabled=review.can_decide, keywords=words,
        ),
        Command(
            "coding.suggestion_reject", tr("Reject the suggestion"), "code", review.reject,
            "Alt+Del", enabled=review.can_decide, keywords=words,
        ),
        Command(
            "coding.suggestion_later", tr("Leave the suggestion for later"), "code",
            review.postpone, "Alt+Ins", enabled=review.can_decide, keywords=words,
        ),
        Command(
            "coding.suggestion_next", tr("Next suggestion"), "code", partial(review.step, 1),
            "Alt+PgDown", enabled=lambda: review.reviewing, keywords=words,
        ),
        Command(
            "coding.suggestion_previous", tr("Previous suggestion"), "code",
            partial(review.step, -1), "Alt+PgUp", enabled=lambda: review.reviewing,
            keywords=words,
        ),
        Command(
            "coding.suggestion_reset", tr("Show the suggestion as it was made"), "code",
            review.show_current, "Alt+Home", enabled=lambda: review.reviewing, keywords=words,
        ),
    ]  # fmt: skip
