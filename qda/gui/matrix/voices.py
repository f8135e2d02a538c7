"""Two groups side by side: the figures of every theme, and what either group says of one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.matrix.evidence import quote_row
from qda.gui.theme import Theme
from qda.gui.widgets.quote_list import QuoteList
from qda.model.contrast import Contrast, Voice
from qda.model.contrast import Theme as Topic
from qda.model.ids import CodingId
from qda.model.matrix import CellValue, Matrix, MatrixCount, MatrixHeading, MatrixSpec, Quote


def contrast_matrix(found: Contrast) -> Matrix:
    """Return the figures as a table: a row for each theme, both groups for each measure."""
    topics = (*found.themes, found.all)
    nobody = MatrixCount(0, 0, 0, 0)
    rows = tuple(
        MatrixHeading(label, (label,), nobody, color=topic.color, guid=topic.guid)
        for topic in topics
        for label in [topic.label or tr("In all")]
    )
    columns = tuple(
        MatrixHeading(f"{measure} · {name}", (measure, name), nobody)
        for measure in (tr("Segments"), tr("Informants"), tr("Share of words"))
        for name in (found.left, found.right)
    )
    return Matrix(
        spec=MatrixSpec(("code",), ("measure", "group")),
        rows=rows,
        columns=columns,
        cells=tuple(_figures(topic) for topic in topics),
        evidence=tuple((topic.left.evidence, topic.right.evidence) * 3 for topic in topics),
        total=nobody,
        notes=found.notes,
    )


def _figures(topic: Topic) -> tuple[CellValue, ...]:
    left, right = topic.left, topic.right
    return (
        left.segments, right.segments, people_words(left), people_words(right),
        share_words(left.share_of_words), share_words(right.share_of_words),
    )  # fmt: skip


def status(found: Contrast) -> list[str]:
    """Return what stands in the status line: how much either group says in all."""
    return [
        tr(
            "{name}: {segments}",
            name=name,
            segments=tr_n("{n} segment", "{n} segments", voice.segments),
        )
        for name, voice in ((found.left, found.all.left), (found.right, found.all.right))
    ]


def people_words(voice: Voice) -> str:
    """Return how many of the group say it."""
    return tr("{n} of {all}", n=voice.participants, all=voice.informants)


def share_words(share: float | None) -> str:
    """Return a share as a percentage; empty where the group says nothing."""
    return "" if share is None else current_catalogue().format_percent(share, 1)


class VoicesPane(QFrame):
    """What two groups say of a theme, the one at the left, the other at the right."""

    quote_wanted = Signal(object)
    """The user wants to see a segment in its transcript.

    Parameters: its CodingId.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "paper")
        self.topic = QLabel(self)
        self.topic.setProperty("kind", "heading")
        self.topic.setTextFormat(Qt.TextFormat.PlainText)
        self.sides = (_Side(theme, self), _Side(theme, self))
        self._layout = QVBoxLayout(self)
        self.open = QPushButton(tr("Open in the transcript"), self)
        head = QHBoxLayout()
        head.addWidget(self.topic, 1)
        head.addWidget(self.open)
        self._layout.addLayout(head)
        self._columns = QHBoxLayout()
        for side in self.sides:
            self._columns.addWidget(side, 1)
            side.quotes.quote_activated.connect(self.quote_wanted)
        self._layout.addLayout(self._columns, 1)
        self.set_theme(theme)
        self.open.clicked.connect(self._on_open_clicked)

    def show_voices(
        self, found: Contrast, topic: Topic, quotes: tuple[Sequence[Quote], Sequence[Quote]]
    ) -> None:
        """Show what both groups say of `topic`."""
        self.topic.setText(topic.label or tr("In all"))
        names, voices = (found.left, found.right), (topic.left, topic.right)
        for side, name, voice, said in zip(self.sides, names, voices, quotes, strict=True):
            side.show_voice(name, voice, said)
        self.open.setVisible(any(quotes))

    def current_id(self) -> CodingId | None:
        """Return the quote at hand: of the column with the keyboard, else of the first with any."""
        ordered = sorted(self.sides, key=lambda one: not one.quotes.hasFocus())
        for side in ordered:
            current = side.quotes.current_id()
            if isinstance(current, int):
                return CodingId(current)
        return next((CodingId(one) for side in ordered for one in side.ids()), None)

    def _on_open_clicked(self) -> None:
        current = self.current_id()
        if current is not None:
            self.quote_wanted.emit(current)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._layout.setContentsMargins(0, theme.px(8), 0, 0)
        self._layout.setSpacing(theme.px(6))
        self._columns.setSpacing(theme.px(16))


class _Side(QFrame):
    """One group: its name, its figures, its quotes."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self.name = QLabel(self)
        self.name.setProperty("kind", "heading")
        self.figures = QLabel(self)
        self.figures.setProperty("kind", "muted")
        for label in (self.name, self.figures):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.quotes = QuoteList(theme, "", self)
        layout = QVBoxLayout(self)
        side = theme.px(12)
        layout.setContentsMargins(side, theme.px(8), side, theme.px(4))
        layout.setSpacing(theme.px(2))
        layout.addWidget(self.name)
        layout.addWidget(self.figures)
        layout.addWidget(self.quotes, 1)

    def show_voice(self, name: str, voice: Voice, quotes: Sequence[Quote]) -> None:
        self.name.setText(name)
        parts = [
            tr_n("{n} segment", "{n} segments", voice.segments),
            tr("{people} informants", people=people_words(voice)),
        ]
        share = share_words(voice.share_of_words)
        if share:
            parts.append(tr("{share} of their words", share=share))
        if len(quotes) < voice.segments:
            parts.append(tr("The first {n} are listed.", n=len(quotes)))
        self.figures.setText(" · ".join(parts))
        self.quotes.setAccessibleName(tr("Quotes of {name}", name=name))
        codes = len({one.code for one in quotes}) > 1
        self.quotes.set_quotes([quote_row(one, "", code=codes, coder=False) for one in quotes])

    def ids(self) -> list[int]:
        return [one.id for one in self.quotes.quotes() if isinstance(one.id, int)]
