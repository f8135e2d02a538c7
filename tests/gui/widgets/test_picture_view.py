"""The picture view: painted as drawn, walked by key, described in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from qda.gui import pictures
from qda.gui.theme import Theme
from qda.gui.widgets.picture_view import PictureView
from qda.model.pictures import Box, Disc, Picture, Pinned, Spot, Words
from qda.model.pictures import Path as Stroke

RED, BLUE = "#CC2211", "#1133CC"


def grid() -> Picture:
    """Two rows of three boxes."""
    places = [(row, column) for row in range(2) for column in range(3)]
    boxes = tuple(
        Box(20 + column * 60, 40 + row * 50, 50, 40, fill=RED if row else BLUE)
        for row, column in places
    )
    spots = tuple(
        Spot(20 + column * 60, 40 + row * 50, 50, 40, f"row {row}, column {column}", row, column)
        for row, column in places
    )
    more = (
        Words(20, 20, "Six boxes", "#000000", bold=True),
        Stroke(((10, 140), (190, 140)), "#000000", 2, (6, 3)),
        Disc(195, 10, 4, fill=RED),
        Box(150, 5, 20, 10, stroke="#000000", hatched=True),
    )
    return Picture(210, 150, "Boxes", "Six boxes in two rows.", "#FFFFFF", (*boxes, *more), spots)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PictureView:
    made = PictureView(theme)
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.set_picture(grid())
    made.show()
    made.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(made.canvas.hasFocus)
    return made


def test_keys_walk_and_open(view: PictureView, qtbot: QtBot) -> None:
    canvas = view.canvas
    chosen: list[str] = []
    canvas.spot_chosen.connect(lambda spot: chosen.append(spot.about))
    keys = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up
    for key in (*keys, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(canvas, key)
    assert chosen == [
        "row 0, column 1", "row 1, column 1", "row 1, column 0", "row 0, column 0",
        "row 1, column 2", "row 0, column 0",
    ]  # fmt: skip
    with qtbot.waitSignal(canvas.spot_activated) as opened:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].about == "row 0, column 0"


def test_a_screen_reader_hears_the_picture_and_the_part(view: PictureView, qtbot: QtBot) -> None:
    assert view.canvas.accessibleName() == "Boxes"
    assert view.canvas.accessibleDescription() == "row 0, column 0"
    view.canvas.set_picture(Picture(10, 10, "Nothing", "Blank.", "#FFFFFF", ()))
    assert view.canvas.accessibleDescription() == "Blank."
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.current() is None


def test_a_click_chooses_what_is_there(view: PictureView, qtbot: QtBot) -> None:
    middle = view.canvas.rect_of(grid().spots[4]).center().toPoint()
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert view.canvas.current() == grid().spots[4]
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert view.canvas.current() == grid().spots[4]
    with qtbot.waitSignal(view.canvas.spot_activated):
        qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle)


def test_what_is_drawn_is_what_is_painted(view: PictureView) -> None:
    image = view.canvas.grab().toImage()
    factor = image.width() / grid().width

    def at(x: float, y: float) -> str:
        return QColor(image.pixel(round(x * factor), round(y * factor))).name().upper()

    assert at(165, 60) == BLUE
    assert at(105, 110) == RED
    assert at(205, 145) == "#FFFFFF"


def table() -> Picture:
    """A red heading above forty rows of three cells, the names of the rows blue."""
    head = Box(60, 20, 600, 20, fill=RED)
    names = tuple(Box(0, 40 + row * 30, 60, 30, fill=BLUE) for row in range(40))
    spots = tuple(
        Spot(60 + column * 200, 40 + row * 30, 200, 30, f"row {row}, column {column}", row, column)
        for row in range(40)
        for column in range(3)
    )
    pinned = Pinned(60, 20, 40, 1240)
    return Picture(660, 1240, "Table", "Forty rows.", "#FFFFFF", (head, *names), spots,
                   pinned=pinned)  # fmt: skip


def color_at(view: PictureView, x: int, y: int) -> str:
    """Return what is seen at a place of the viewport."""
    return QColor(view.viewport().grab().toImage().pixel(x, y)).name().upper()


def test_the_names_of_rows_and_columns_stay_in_sight(view: PictureView, qtbot: QtBot) -> None:
    view.set_picture(table())
    canvas = view.canvas
    size = canvas.pinned_size()
    assert color_at(view, size.width() + 40, 4) == "#FFFFFF"
    view.verticalScrollBar().setValue(600)
    view.horizontalScrollBar().setValue(100)
    assert color_at(view, size.width() + 40, size.height() // 2) == RED
    assert color_at(view, size.width() // 2, size.height() + 60) == BLUE
    assert color_at(view, size.width() // 2, size.height() // 2) == "#FFFFFF"
    assert color_at(view, size.width() + 40, size.height() + 60) == "#FFFFFF"
    # What lies below them is not clicked through them.
    chosen: list[str] = []
    canvas.spot_chosen.connect(lambda spot: chosen.append(spot.about))
    below = canvas.mapFrom(view.viewport(), QPoint(size.width() + 40, size.height() // 2))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=below)
    assert chosen == []
    free = canvas.mapFrom(view.viewport(), QPoint(size.width() + 40, size.height() + 60))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=free)
    assert len(chosen) == 1


def test_what_stands_around_the_table_is_not_covered(view: PictureView) -> None:
    title = Box(0, 0, 600, 10, fill=BLUE)
    note = Box(0, 1245, 600, 55, fill=RED)
    picture = table()
    view.set_picture(replace(picture, height=1300, shapes=(*picture.shapes, title, note)))
    view.horizontalScrollBar().setValue(100)
    assert color_at(view, 20, 3) == BLUE
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    bottom = view.viewport().height() - 10
    assert color_at(view, 20, bottom) == color_at(view, 200, bottom) == RED


def test_keys_bring_cells_out_from_below_the_names(view: PictureView, qtbot: QtBot) -> None:
    view.set_picture(table())
    canvas = view.canvas
    canvas.choose(3 * 39 + 2)
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Up)
        spot = canvas.current()
        assert spot is not None
        top = canvas.mapTo(view.viewport(), canvas.rect_of(spot).topLeft().toPoint()).y()
        assert top >= canvas.pinned_size().height()


def test_a_pdf_has_a_page_for_each_part(qtbot: QtBot, theme: Theme) -> None:
    import pypdfium2

    del qtbot, theme
    written = pictures.picture_bytes(".pdf", grid(), table())
    document = pypdfium2.PdfDocument(written)
    assert len(document) == 2
    sizes = [document[at].get_size() for at in range(2)]
    assert [(round(width), round(height)) for width, height in sizes] == [(158, 113), (495, 930)]


def test_focus_is_seen(view: PictureView, qtbot: QtBot) -> None:
    with_focus = view.canvas.grab().toImage()
    view.canvas.clearFocus()
    qtbot.waitUntil(lambda: not view.canvas.hasFocus())
    assert view.canvas.grab().toImage() != with_focus


@pytest.mark.parametrize("ending", pictures.ENDINGS)
def test_every_kind_of_file(qtbot: QtBot, theme: Theme, tmp_path: Path, ending: str) -> None:
    del qtbot, theme
    file = tmp_path / f"boxes{ending}"
    pictures.save_picture(file, grid())
    written = file.read_bytes()
    if ending == ".png":
        image = QImage(str(file))
        assert (image.width(), image.height()) == (630, 450)
        assert image.text("Description") == "Six boxes in two rows."
        assert QColor(image.pixel(165 * 3, 60 * 3)).name().upper() == BLUE
    elif ending == ".pdf":
        import pypdfium2

        page = pypdfium2.PdfDocument(written)[0]
        assert page.get_size() == pytest.approx((157.5, 112.5), abs=1)
        assert "Six boxes" in page.get_textpage().get_text_bounded()
    else:
        assert b"Six boxes in two rows." in written
