"""The quotes workspace: one line of pages, from finding quotes to what is written of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr
from qda.gui.quotes.claiming import Claiming
from qda.gui.quotes.claims_page import ClaimsPage
from qda.gui.quotes.engine import QuoteEngine
from qda.gui.quotes.list_page import ListPage
from qda.gui.quotes.manuscript_page import ManuscriptPage
from qda.gui.quotes.page import Page
from qda.gui.quotes.picked_page import PickedPage
from qda.gui.quotes.reports_page import ReportsPage
from qda.gui.theme import Theme
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.workspace import Workspace

PAGE = "quotes.page"


class QuotesWorkspace(Workspace):
    """Everything about quotes in the text."""

    key = "quotes"
    icon = "quotes"

    def __init__(self, context: Context) -> None:
        """Build the pages; nothing is loaded yet."""
        super().__init__(context)
        theme = context.theme
        self.engine = QuoteEngine(context)
        self.list_page = ListPage(context, self.engine, self)
        self.picked_page = PickedPage(context, self.engine, self)
        self.manuscript_page = ManuscriptPage(context, self.engine, self)
        self.claims_page = ClaimsPage(context, self.engine, self)
        self.claiming = Claiming(context, self.engine, self)
        self.reports_page = ReportsPage(context, self.engine, self)
        every = (
            self.list_page, self.picked_page, self.manuscript_page, self.claims_page,
            self.reports_page,
        )  # fmt: skip
        self.pages: dict[str, Page] = {one.key: one for one in every}
        self.switch = SegmentedControl(
            theme, [(one.key, one.title()) for one in self.pages.values()],
            name=tr("What is shown of the quotes"), parent=self,
        )  # fmt: skip
        self._bar = QFrame(self)
        self._bar.setProperty("kind", "ground")
        self._line = QHBoxLayout(self._bar)
        self._line.addWidget(self.switch)
        self._line.addStretch(1)
        self._count = SmallCaps(theme, "", self._bar)
        self._line.addWidget(self._count)
        self._stack = QStackedWidget(self)
        for one in self.pages.values():
            self._stack.addWidget(one)
            one.counted.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)
        self._widths_set: set[str] = set()
        self._restored = False
        self._set_margins()
        self.set_entry(self.list_page.entry)
        self.switch.value_changed.connect(self._on_switch_value_changed)
        for page in (self.picked_page, self.claims_page):
            page.list_wanted.connect(partial(self.show_page, "list"))
        self.list_page.claim_wanted.connect(self.claiming.ask)
        self.claiming.claim_made.connect(self._on_claiming_claim_made)

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Quotes")

    @property
    def page(self) -> Page:
        """Return the page in front."""
        return self.pages[str(self.switch.value())]

    def activate(self) -> None:
        """Bring the page in front up to date."""
        if not self._restored:
            self._restored = True
            kept = self.context.settings.text(PAGE)
            if kept in self.pages:
                self.switch.set_value(kept)
        self._show()

    def show_page(self, key: str) -> None:
        """Bring a page to the front, with the keyboard in it."""
        self.switch.set_value(key)
        self._show()
        self.enter()

    def _show(self) -> None:
        page = self.page
        self._stack.setCurrentWidget(page)
        if page.key not in self._widths_set:
            self._widths_set.add(page.key)
            page.set_widths()
            # Faces that were set before the style sheet was there are gone.
            page.set_theme(self.context.theme)
        page.activate()
        self.set_entry(page.entry)
        self._tell()

    def _tell(self) -> None:
        self.status_changed.emit(self.page.status())
        first = self.page is self.list_page
        self.trail_changed.emit([] if first else [self.page.title()], [])
        self._count.setText(self.page.count())
        self._count.updateGeometry()

    def _on_switch_value_changed(self, key: object) -> None:
        del key
        self._show()

    def _on_claiming_claim_made(self, claim: int) -> None:
        self.show_page("claims")
        self.claims_page.show_claim(claim)

    def show_place(self, place: Place) -> None:
        """Show the quote of a coding, whatever is wished for."""
        if place.coding is not None:
            self.show_page("list")
            self.list_page.show_coding(place.coding)

    def commands(self) -> Sequence[Command]:
        """Return what can be done here; what belongs to a page only while it is in front."""
        shared = [
            Command("quotes.find", tr("Find in the quotes"), "quotes", self._given("find_words"),
                    "Ctrl+F", enabled=self._on_list),
            Command("quotes.copy", tr("Copy the quote as it is printed"), "quotes",
                    self._given("copy"), "Ctrl+C", enabled=self._has_quote),
            Command("quotes.open", tr("Open the quote in its transcript"), "quotes",
                    self._given("open_current"), "Ctrl+Return", enabled=self._has_quote),
            Command("quotes.export", tr("Export what is listed …"), "quotes",
                    self._given("ask_export"), "Ctrl+Shift+E", enabled=self._can_export),
        ]  # fmt: skip
        shown = [
            Command(
                f"quotes.page.{page.key}", tr("Quotes: {page}", page=page.title()), "quotes",
                partial(self.show_page, page.key), f"Alt+{number}", separator_before=number == 1,
            )
            for number, page in enumerate(self.pages.values(), start=1)
        ]  # fmt: skip
        own = [self._only_in_front(page, one) for page in self.pages.values()
               for one in page.commands()]  # fmt: skip
        return [*shared, *own, *shown]

    def _given(self, name: str) -> Callable[[], None]:
        def run() -> None:
            getattr(self.page, name)()

        return run

    def _only_in_front(self, page: Page, command: Command) -> Command:
        if command.id in page.anywhere:
            return replace(command, run=partial(self._on_page, page, command.run))

        def enabled() -> bool:
            return self.page is page and command.enabled()

        return replace(command, enabled=enabled)

    def _on_page(self, page: Page, run: Callable[[], None]) -> None:
        if self.page is not page:
            self.show_page(page.key)
        run()

    def _on_list(self) -> bool:
        return self.page is self.list_page

    def _has_quote(self) -> bool:
        return self.page.has_quote()

    def _can_export(self) -> bool:
        return self.page.can_export()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        super().set_theme(theme)
        self._set_margins()

    def _set_margins(self) -> None:
        px = self.context.theme.px
        self._line.setContentsMargins(px(12), px(8), px(12), px(6))

    def save_state(self) -> None:
        """Keep the page in front and the widths."""
        self.context.settings.set(PAGE, str(self.switch.value()))
        for page in self.pages.values():
            page.save_state()
