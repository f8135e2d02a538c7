"""Which question of the interview guide a turn asks stands beside the name of who asks it."""

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage

from qda.gui.coding.asked_in_text import SHOWN
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets.transcript.turn_notes import elided
from qda.model.entities import Turn
from qda.model.guides import GuideLine, ReadGuide
from qda.model.ids import QuestionId, TurnId
from qda.operations import guides
from qda.store import guides as queries
from qda.store import turns as turn_rows

LINES = (
    GuideLine("question", "1", "Hva gjør dere på mandager, og hvem er med på det da?"),
    GuideLine("question", "2", "Hvem teller dere?"),
)


@pytest.fixture
def asking(coding_room: CodingWorkspace, study: Context) -> Turn:
    """The first turn of the open interview; it asks the first question of a guide."""
    assert coding_room.open is not None
    session = study.bridge.session
    number = coding_room.open.document.id
    first = turn_rows.of_document(session.project.connection, number)[0]
    made = session.run(guides.import_guide, coder="Ingrid", guide=ReadGuide("G", "g.txt", LINES))
    ask(study, first.id, made.value.questions[0].id)
    return first


def ask(study: Context, turn: TurnId, question: QuestionId) -> None:
    study.bridge.session.run(guides.set_turns, coder="Ingrid", turns=[turn], questions=[question])


def picture(room: CodingWorkspace) -> QImage:
    """What the transcript looks like at the first turn."""
    room.view.set_place(0)
    return room.view.viewport().grab().toImage()


def test_a_turn_says_what_it_asks(
    coding_room: CodingWorkspace, coding_window: MainWindow, asking: Turn
) -> None:
    view = coding_room.view
    assert view.turn_note(asking.number) == f"1. {LINES[0].text}"
    view.set_selection(asking.start, asking.start)
    assert view.accessibleDescription() == f"1. {LINES[0].text} · Not coded"
    shown = picture(coding_room)
    coding_window.actions_by_command.action("coding.guide_questions").trigger()
    assert view.turn_note(asking.number) == ""
    assert view.accessibleDescription() == "Not coded"
    hidden = picture(coding_room)
    assert shown != hidden
    # Nothing but a few words of muted ink is other, and the text stands where it stood.
    other = [
        (x, y)
        for x in range(shown.width())
        for y in range(shown.height())
        if shown.pixel(x, y) != hidden.pixel(x, y)
    ]
    heights = [y for _, y in other]
    assert max(heights) - min(heights) < 24
    muted = QColor(coding_room.context.theme.muted).lightness()
    assert all(QColor(shown.pixel(x, y)).lightness() >= muted - 12 for x, y in other)


def test_what_the_user_wants_is_kept(
    coding_room: CodingWorkspace, coding_window: MainWindow, study: Context, asking: Turn
) -> None:
    action = coding_window.actions_by_command.action("coding.guide_questions")
    action.trigger()
    assert study.settings.flag(SHOWN, default=True) is False
    coding_room.step_document(1)
    coding_room.step_document(-1)
    assert coding_room.view.turn_note(asking.number) == ""
    action.trigger()
    assert coding_room.view.turn_note(asking.number)


def test_a_correction_is_followed(
    coding_room: CodingWorkspace, study: Context, asking: Turn
) -> None:
    made = coding_room.view
    coding_room.opening.toggle_split()
    (guide,) = queries.all_guides(study.bridge.project.connection)
    ask(study, asking.id, guide.questions[1].id)
    assert [pane.view.turn_note(asking.number) for pane in coding_room.split.panes()] == [
        "2. Hvem teller dere?"
    ] * 2
    study.bridge.session.undo()
    study.bridge.session.undo()
    assert made.turn_note(asking.number) == ""


def test_several_questions_share_the_room(
    coding_room: CodingWorkspace, study: Context, asking: Turn
) -> None:
    (guide,) = queries.all_guides(study.bridge.project.connection)
    both = [one.id for one in guide.questions[:2]]
    study.bridge.session.run(guides.set_turns, coder="Ingrid", turns=[asking.id], questions=both)
    labels = [one.label for one in guide.questions[:2]]
    assert coding_room.view.turn_note(asking.number) == " · ".join(labels)
    assert coding_room.open is not None
    assert coding_room.open.questions_at(asking.number + 1) == tuple(labels)
    font = QFont()
    whole = elided(labels, font, 10_000)
    assert whole == " · ".join(labels)
    short = elided(labels, font, int(QFontMetricsF(font).horizontalAdvance(whole) * 0.6))
    assert [part[:2] for part in short.split(" · ")] == ["1.", "2."]
    assert short.count("…") >= 1


def test_where_no_guide_is_there_is_nothing_to_show(
    coding_room: CodingWorkspace,
) -> None:
    assert coding_room.open is not None
    assert not coding_room.open.asking()
    command = next(one for one in coding_room.commands() if one.id == "coding.guide_questions")
    assert not command.enabled()
