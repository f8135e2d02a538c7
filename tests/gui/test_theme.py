"""The look: exact colours, contrast on every band, faces, icons."""

from itertools import combinations_with_replacement

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from qda.gui import fonts, icons
from qda.gui.colors import (
    CODE_COLORS,
    band_color,
    code_color,
    is_color,
    next_code_color,
    subcode_color,
)
from qda.gui.theme import (
    THEME_NAMES,
    Theme,
    apply_theme,
    choose_theme,
    load_theme,
    palette,
    retheme,
)
from qda.model.shades import contrast, mix

LIGHT = ["#FFFFFF", "#FAFAF8", "#F3F2EE", "#E2E0DA", "#22252A", "#6E7178", "#1F5F73", "#DCEBEF"]
DARK = ["#1F2225", "#1B1D20", "#222529", "#33373C", "#E6E4DF", "#989BA1", "#7FC4D6", "#29424A"]


@pytest.fixture(params=THEME_NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


@pytest.mark.parametrize(("name", "expected"), [("light", LIGHT), ("dark", DARK)])
def test_colours_are_the_agreed_ones(name, expected) -> None:  # noqa: ANN001
    theme = load_theme(name)
    assert [
        theme.paper, theme.ground, theme.pane, theme.line,
        theme.ink, theme.muted, theme.accent, theme.selection,
    ] == expected  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3])
def test_text_can_be_read_on_every_band(theme: Theme, count: int) -> None:
    for colors in combinations_with_replacement(CODE_COLORS, count):
        band = band_color(colors, theme)
        assert contrast(theme.ink, band) >= 7.0, colors
        assert contrast(theme.muted_tinted, band) >= 4.5, colors
        assert band != theme.paper


@pytest.mark.parametrize("color", ["#000000", "#FFFFFF", "#FFFF00", "#0000FF", "#00ff00", "pink"])
def test_text_can_be_read_on_bands_of_any_colour(theme: Theme, color: str) -> None:
    band = band_color([color, color, "#3F6FA8", "#FF0000", color], theme)
    assert contrast(theme.ink, band) >= 7.0
    assert contrast(theme.muted_tinted, band) >= 4.5


def test_ink_keeps_its_contrast_everywhere(theme: Theme) -> None:
    for surface in (theme.paper, theme.ground, theme.pane, theme.selection, theme.hover):
        assert contrast(theme.ink, surface) >= 7.0, surface
        assert contrast(theme.muted_tinted, surface) >= 4.5, surface
    assert contrast(theme.muted, theme.paper) >= 4.5
    assert contrast(theme.muted, theme.ground) >= 4.5
    assert contrast(theme.accent, theme.ground) >= 4.5
    assert contrast(theme.accent_ink, theme.accent) >= 4.5
    assert contrast(theme.warning, theme.pane) >= 4.5


def test_high_contrast_keeps_seven_to_one_for_all_text() -> None:
    for name in ("contrast-light", "contrast-dark"):
        theme = load_theme(name)
        for text in (theme.ink, theme.muted, theme.muted_tinted, theme.accent):
            assert contrast(text, theme.paper) >= 7.0
        assert contrast(theme.line, theme.paper) >= 4.5


def test_a_single_band_has_the_agreed_strength() -> None:
    theme = load_theme("light")
    strengths = {mix("#3F6FA8", "#FFFFFF", percent / 100) for percent in range(17, 23)}
    assert band_color(["#3F6FA8"], theme) in strengths


def test_deeper_coding_makes_a_stronger_band() -> None:
    theme = load_theme("light")
    one, two = (band_color(["#3F6FA8"] * count, theme) for count in (1, 2))
    assert contrast(two, theme.paper) > contrast(one, theme.paper)
    assert band_color(["#3F6FA8", "#228B4B"], theme) == band_color(["#228B4B", "#3F6FA8"], theme)
    assert band_color([], theme) == theme.paper


def test_code_colours_stand_out_on_dark_paper() -> None:
    dark, light = load_theme("dark"), load_theme("light")
    for color in CODE_COLORS:
        assert contrast(code_color(color, dark), dark.paper) >= 4.4
        assert code_color(color, light) == color
        assert contrast(subcode_color(color, dark), dark.pane) >= 2.0
    assert is_color(code_color("no colour", light))


def test_new_codes_take_the_series_in_turn() -> None:
    taken: list[str] = []
    for expected in (*CODE_COLORS, *CODE_COLORS):
        assert next_code_color(taken) == expected
        taken.append(next_code_color(taken).lower())
    assert len(set(CODE_COLORS)) == 12
    assert next_code_color(["#228b4b"]) == "#3F6FA8"


def test_contrast_knows_its_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == 1.0


def test_applying_a_theme_sets_palette_face_and_scale(qapp: QApplication) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    try:
        theme = apply_theme(qapp, load_theme("dark"), 2.0)
        assert theme.px(28) == 56
        assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#1F2225")
        assert qapp.font().pixelSize() == 26
        assert apply_theme(qapp, theme, 9.0).scale == 3.0
        assert "$" not in qapp.styleSheet()
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_the_choice_decides_the_theme(qapp: QApplication) -> None:
    assert choose_theme("light", qapp).name == "light"
    assert choose_theme("dark", qapp).name == "dark"
    assert choose_theme("contrast", qapp).high_contrast
    assert choose_theme("system", qapp).name in THEME_NAMES


@pytest.mark.usefixtures("qapp")
def test_faces_are_families_the_system_has() -> None:
    assert QFontInfo(fonts.text_font(2.0)).pixelSize() == 34
    assert fonts.interface_face()
    assert fonts.text_face()
    assert 300 < fonts.measure_width(fonts.text_font()) < 800
    assert fonts.elided("en lang ledetekst", fonts.interface_font(), 40).endswith("…")


@pytest.mark.usefixtures("qapp")
def test_every_icon_draws_something_in_its_colour() -> None:
    for name in icons.names():
        image = icons.pixmap(name, "#FF0000", 24, 2.0).toImage()
        assert image.width() == 48
        marked = [
            image.pixelColor(x, y)
            for x in range(48)
            for y in range(48)
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert marked, name
        assert all(color.red() > 240 and color.green() < 15 for color in marked), name


def test_icons_for_the_rail_and_the_actions_are_there() -> None:
    wanted = "sources coding codebook offices matrix search quotes memos undo redo plus close "
    wanted += "export link note trash settings moon sun check filter chevron-down chevron-right"
    assert set(wanted.split()) <= icons.names()
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "#000000")


def test_retheme_reaches_every_widget_that_paints_by_itself(qtbot) -> None:  # noqa: ANN001
    class Painted(QLabel):
        theme: Theme | None = None

        def set_theme(self, theme: Theme) -> None:
            self.theme = theme

    root = QWidget()
    qtbot.addWidget(root)
    inner = Painted(parent=QWidget(root))
    retheme(root, load_theme("dark"))
    assert inner.theme == load_theme("dark")
    assert palette(load_theme("light")).color(QPalette.ColorRole.Text) == QColor("#22252A")
