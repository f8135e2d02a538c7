"""A corrected text put into the document it is shown in already: the same as building it anew."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme, load_theme
from qda.gui.widgets.transcript import TranscriptText, TranscriptView, TurnView
from qda.gui.widgets.transcript.document import Script, Sizes, build_document, update_document

COMMON = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SAID = st.text(alphabet=st.sampled_from("aæ .\n\u2028\u0301😀\t\u00a0\r"), max_size=20)


@dataclass(frozen=True)
class Part:
    """A turn as it is written down."""

    lead: str
    label: str
    separator: str
    said: str
    gap: str
    interviewer: bool


PARTS = st.builds(
    Part,
    st.sampled_from(["", "", "[00:12] "]),
    st.sampled_from(["Leder", "I", "Ordfører 😀"]),
    st.sampled_from([": ", ":\n", ""]),
    SAID,
    st.sampled_from(["\n", "\n\n", " ", "\n\n\n"]),
    st.booleans(),
)


def written(start: str, parts: list[Part]) -> TranscriptText:
    """Return the transcript of some turns."""
    text = start
    turns: list[TurnView] = []
    for number, part in enumerate(parts, start=1):
        text += part.lead
        at = len(text)
        text += part.label + part.separator
        begin = len(text)
        text += part.said
        if begin < len(text):
            turns.append(TurnView(number, at, begin, len(text), part.label, part.interviewer))
        text += part.gap
    return TranscriptText(text, tuple(turns))


@st.composite
def corrections(draw: st.DrawFn) -> tuple[TranscriptText, TranscriptText]:
    """Make a transcript before and after a correction of some of its turns."""
    start = draw(st.sampled_from(["", "\n", "Intervju\n\n"]))
    parts = draw(st.lists(PARTS, min_size=1, max_size=6))
    before = written(start, parts)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(parts) - 1)) if parts else 0
        kind = draw(st.sampled_from(["said", "speaker", "gap", "gone", "new"]))
        if kind == "new" or not parts:
            parts.insert(place, draw(PARTS))
        elif kind == "gone":
            del parts[place]
        elif kind == "said":
            parts[place] = replace(parts[place], said=draw(SAID))
        elif kind == "gap":
            parts[place] = replace(parts[place], gap=draw(st.sampled_from(["\n", "\n\n", ""])))
        else:
            parts[place] = replace(
                parts[place], label=draw(st.sampled_from(["Kari", "I"])), interviewer=draw(
                    st.booleans()
                ),
            )  # fmt: skip
    return before, written(start, parts)


def looks(document: QTextDocument) -> list[object]:
    """Return every paragraph with its format, letter by letter."""
    found: list[object] = []
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        letters: list[object] = []
        for it in block:  # pyright: ignore[reportGeneralTypeIssues] - as Qt's iterator
            fragment = it.fragment()
            how = fragment.charFormat()
            color = how.foreground().color().name()
            font = how.font()
            face = (font.pixelSize(), font.capitalization().value, font.weight())
            letters += [(one, color, face) for one in fragment.text()]
        found.append((form.lineHeight(), form.topMargin(), letters))
        block = block.next()
    return found


@pytest.fixture
def theme() -> Theme:
    return load_theme("light")


def one_line_of_two(speaker: str) -> TranscriptText:
    """Return two turns on one line, the first of which says no more than a full stop."""
    return written(
        "",
        [
            Part("", "Leder", ": ", ".", " ", interviewer=False),
            Part("", speaker, ": ", "a", "\n", interviewer=False),
        ],
    )


@COMMON
@given(pair=corrections())
@example(pair=(one_line_of_two("Leder"), one_line_of_two("Kari")))
def test_an_updated_document_is_the_one_that_would_be_built(
    qtbot: QtBot, theme: Theme, pair: tuple[TranscriptText, TranscriptText]
) -> None:
    before, after = (Script.of(one) for one in pair)
    sizes = Sizes.of(theme, 100)
    owner = TranscriptView(theme)
    qtbot.addWidget(owner)
    document = build_document(before, theme, sizes, owner)
    document.setTextWidth(500)
    document.documentLayout().documentSize()
    if update_document(document, before, after, theme, sizes):
        assert looks(document) == looks(build_document(after, theme, sizes, owner))
    else:
        # What stands beside the change looks other than before: a speaker was taken for another.
        assert looks(document) == looks(build_document(before, theme, sizes, owner))
    owner.deleteLater()


def many(words: str, count: int) -> TranscriptText:
    """Return a transcript of many turns that all say the same."""
    return written("", [Part("", "Leder", ": ", words, "\n", bool(n % 2)) for n in range(count)])


def laid_out(qtbot: QtBot, view: TranscriptView) -> None:
    """Wait until Qt has laid out the text to its end."""
    qtbot.waitUntil(lambda: view.document().lastBlock().layout().lineCount() > 0)


def test_a_text_that_is_not_laid_out_yet_is_built_anew(qtbot: QtBot, theme: Theme) -> None:
    view = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(view)
    view.resize(820, 600)
    view.show()
    long = many("Vi teller, og så teller vi igjen. " * 20, 300)
    view.set_document(long)
    view.set_document(TranscriptText(long.text + "a", long.turns))
    view.reveal(len(long.text), len(long.text) + 1)
    laid_out(qtbot, view)
    view.reveal(len(long.text), len(long.text) + 1)
    assert view.place() < len(long.text) < view.place() + 3000


def test_a_small_correction_of_a_long_text_keeps_the_document(qtbot: QtBot, theme: Theme) -> None:
    view = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(view)
    view.resize(820, 600)
    view.show()
    long = many("Vi teller, og så teller vi igjen. " * 20, 300)
    view.set_document(long)
    laid_out(qtbot, view)
    kept = view.document()
    for at in (len("Leder: "), len(long.text) // 2, len(long.text) - 2):
        text = long.text[:at] + "😀 altså " + long.text[at:]
        turns = tuple(
            one._replace(
                label_start=one.label_start + 8 * (one.label_start >= at),
                start=one.start + 8 * (one.start > at),
                end=one.end + 8 * (one.end >= at),
            )
            for one in long.turns
        )
        corrected = TranscriptText(text, turns)
        view.set_document(corrected)
        assert view.document() is kept
        assert view.caret() == 0
        view.set_selection(at, at + 8)
        view.reveal(at, at + 8)
        assert view.createMimeDataFromSelection().text() == "😀 altså "
        view.setCursorWidth(0)
        stepwise = view.viewport().grab().toImage()
        anew = TranscriptView(theme, "Transkripsjon")
        qtbot.addWidget(anew)
        anew.resize(820, 600)
        anew.show()
        anew.set_document(corrected)
        laid_out(qtbot, anew)
        anew.set_selection(at, at + 8)
        anew.verticalScrollBar().setValue(view.verticalScrollBar().value())
        anew.setCursorWidth(0)
        assert anew.verticalScrollBar().value() == view.verticalScrollBar().value()
        assert anew.viewport().grab().toImage() == stepwise
        view.set_document(long)


def test_another_text_gets_a_document_of_its_own(qtbot: QtBot, theme: Theme) -> None:
    view = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(view)
    view.set_document(many("Vi teller. ", 9000))
    kept = view.document()
    view.set_document(many("Vi måler. ", 9000))
    assert view.document() is not kept
    assert view.document().characterCount() == len(view.canonical_text()) + 1
