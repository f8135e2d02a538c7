"""Pictures: what they show, in colours that keep their order in grey, as files anyone can open."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from qda.formats.pictures import bars, heat, joint, network, portraits, scatter, timeline
from qda.formats.pictures.measuring import elided, width_of, wrapped
from qda.formats.pictures.network import Tie, ring_order
from qda.formats.pictures.sheet import ink_on, shade_of
from qda.formats.pictures.svg import svg_text
from qda.model.errors import NotAllowed
from qda.model.ids import CaseId, DocumentId
from qda.model.matrix import Association, Beside, MatrixExport
from qda.model.pictures import (
    PRINT,
    Box,
    Course,
    Disc,
    Inks,
    Lane,
    Path,
    Picture,
    Portrait,
    Words,
)
from qda.model.shades import contrast, luminance
from tests.formats.matrix_files.conftest import English, hostile, make

DARK = Inks(paper="#1F2225", ink="#E6E4DF", muted="#989BA1", line="#33373C", accent="#7FC4D6")
WRITING = timeline.Writing(str, lambda month: month)
Draw = Callable[[MatrixExport, English, Inks], Picture]


def texts(picture: Picture) -> list[str]:
    return [one.text for one in picture.shapes if isinstance(one, Words)]


def square(*rows: tuple[int, ...]) -> MatrixExport:
    """A table of codes by codes."""
    export = make()
    columns = export.matrix.columns[: len(rows)]
    matrix = replace(
        export.matrix,
        spec=replace(export.matrix.spec, rows=("code",)),
        rows=columns,
        columns=columns,
        cells=rows,
        evidence=tuple(tuple(() for _ in row) for row in rows),
    )
    return replace(export, matrix=matrix)


@pytest.mark.parametrize("inks", [PRINT, DARK])
def test_shades_keep_their_order_in_grey(inks: Inks) -> None:
    greys = [luminance(shade_of(inks, share / 20)) for share in range(21)]
    assert greys == sorted(greys, reverse=not inks.dark)
    assert len(set(greys)) == len(greys)
    for share in range(21):
        fill = shade_of(inks, share / 20)
        assert contrast(ink_on(inks, fill), fill) >= 4.5


def test_a_heat_map_has_a_box_and_a_number_for_every_cell() -> None:
    picture = heat.heat_map(make(), English(), PRINT)
    assert len(picture.spots) == 12
    assert [one.about for one in picture.spots[:3]] == [
        "NAV Elvebakken, rutiner: 2",
        "NAV Elvebakken, kompetansestrategi: 1",
        "NAV Elvebakken, målforskyvning: 0",
    ]
    # The office without material is hatched, told apart from a zero.
    hatched = [one for one in picture.shapes if isinstance(one, Box) and one.hatched]
    assert len(hatched) == 3
    assert any("Hatched" in text for text in texts(picture))
    assert "Most: NAV Elvebakken, rutiner: 2" in picture.about
    fills = {
        spot.about: box.fill
        for spot in picture.spots
        for box in picture.shapes
        if isinstance(box, Box) and (box.x, box.y) == (spot.x + 1, spot.y + 1)
    }
    assert fills["NAV Elvebakken, rutiner: 2"] == shade_of(PRINT, 1.0)
    assert fills["NAV Elvebakken, kompetansestrategi: 1"] == shade_of(PRINT, 0.5)


def test_bars_are_as_long_as_their_numbers() -> None:
    picture = bars.bars(make(), English(), PRINT)
    lengths = {
        spot.about: box.width
        for spot in picture.spots
        for box in picture.shapes
        if isinstance(box, Box) and spot.y < box.y < spot.y + spot.height
        and spot.x < box.x < spot.x + spot.width
    }  # fmt: skip
    most = lengths["NAV Elvebakken, rutiner: 2"]
    assert lengths["NAV Elvebakken, kompetansestrategi: 1"] == pytest.approx(most / 2)
    assert "NAV Fjellhamna, rutiner: –" in {one.about for one in picture.spots}


def test_a_map_ties_what_occurs_together() -> None:
    picture = network.network(square((9, 4, 0), (4, 4, 1), (0, 1, 1)), English(), PRINT)
    ties = [one for one in picture.shapes if isinstance(one, Path)]
    assert [one.width for one in ties] == [pytest.approx(9 / 4), 9.0]
    radii = [one.radius for one in picture.shapes if isinstance(one, Disc)]
    assert sorted(radii) == [pytest.approx(17 / 3), pytest.approx(17 * 2 / 3), 17]
    said = "Strongest ties: rutiner and kompetansestrategi: 4; kompetansestrategi and"
    assert said in picture.about


def test_what_is_tied_stands_close_and_never_by_chance() -> None:
    ties = [Tie(0, 3, 9.0), Tie(1, 2, 5.0), Tie(0, 1, 1.0)]
    assert ring_order(4, ties) == (0, 3, 1, 2)
    assert ring_order(3, []) == (0, 1, 2)


def test_a_table_that_is_not_square_is_no_map() -> None:
    with pytest.raises(NotAllowed):
        network.network(make(), English(), PRINT)


@pytest.mark.parametrize("draw", [heat.heat_map, bars.bars])
def test_texts_and_nothing_are_no_picture(draw: Draw) -> None:
    with pytest.raises(NotAllowed, match="needs numbers"):
        draw(make("quotes"), English(), PRINT)
    export = make()
    empty = replace(export, matrix=replace(export.matrix, cells=tuple((0,) * 3 for _ in range(4))))
    with pytest.raises(NotAllowed, match="nothing to draw"):
        draw(empty, English(), PRINT)


def test_portraits_show_where_and_how_much() -> None:
    lanes = (Lane("rutiner", "#228b4b", ((0.25, 0.5),), 2), Lane("telling", "", ((0.9, 1.0),), 1))
    silent = (Lane("rutiner", "#228b4b", (), 0), Lane("telling", "", (), 0))
    found = [
        Portrait(DocumentId(1), "Leder", 1000, lanes),
        Portrait(DocumentId(2), "Veileder", 500, silent),
    ]
    picture = portraits.portraits("Studie", found, English(), PRINT)
    boxes = [one for one in picture.shapes if isinstance(one, Box)]
    whole = max(boxes, key=lambda one: one.width)
    stretches = [one for one in boxes if one.x > whole.x and one.y > whole.y - 1]
    assert [(one.x - whole.x) / whole.width for one in stretches] == [
        pytest.approx(0.25),
        pytest.approx(0.9),
    ]
    assert [one.width / whole.width for one in stretches] == [
        pytest.approx(0.25),
        pytest.approx(0.1),
    ]
    assert picture.spots[0].about == "Leder, rutiner: 2 segments"
    with pytest.raises(NotAllowed):
        portraits.portraits("Studie", found[1:], English(), PRINT)


def test_a_timeline_ends_at_its_last_values() -> None:
    found = [
        Course(CaseId(1), "Nord", (("2023-01", 10.0), ("2023-03", 20.0))),
        Course(CaseId(2), "Sør", (("2023-02", 15.0),)),
        Course(CaseId(3), "Øst", ()),
    ]
    picture = timeline.timeline("Studie", "planer", found, English(), PRINT, WRITING)
    assert picture.about == "planer from 2023-01 to 2023-03. At the end: Nord 20.0; Sør 15.0."
    assert {"Nord 20.0", "Sør 15.0"} <= set(texts(picture))
    lines = [one for one in picture.shapes if isinstance(one, Path) and one.width == 2.0]
    assert len({one.dashes for one in lines}) == 2


def test_many_cases_share_a_median() -> None:
    found = [Course(CaseId(at), f"Kontor {at}", (("2023-01", float(at)),)) for at in range(25)]
    picture = timeline.timeline("Studie", "planer", found, English(), PRINT, WRITING)
    assert "Median 12.0" in texts(picture)
    assert "Kontor 3 3.0" not in texts(picture)


@pytest.mark.parametrize("draw", [heat.heat_map, bars.bars])
def test_files_hold_what_they_show_in_words_and_stay_the_same(draw: Draw) -> None:
    picture = draw(make(), English(), PRINT)
    written = svg_text(picture)
    root = etree.fromstring(written.encode())
    svg = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{svg}title") == picture.title
    assert root.findtext(f"{svg}desc") == picture.about
    assert root.get("role") == "img"
    assert [one.text for one in root.iter(f"{svg}text")] == texts(picture)
    assert "http" not in written.replace("http://www.w3.org/2000/svg", "")
    assert svg_text(draw(make(), English(), PRINT)) == written


@pytest.mark.parametrize("draw", [heat.heat_map, bars.bars])
def test_hostile_names_make_sound_files(draw: Draw) -> None:
    root = etree.fromstring(svg_text(draw(hostile(), English(), DARK)).encode())
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_nothing_stands_outside_the_paper() -> None:
    for picture in (
        heat.heat_map(hostile(), English(), PRINT),
        bars.bars(hostile(), English(), PRINT),
        network.network(square((9, 4, 0), (4, 4, 1), (0, 1, 1)), English(), PRINT),
    ):
        for shape in picture.shapes:
            if isinstance(shape, Box):
                assert shape.x >= 0
                assert shape.y >= 0
                assert shape.x + shape.width <= picture.width
                assert shape.y + shape.height <= picture.height


def test_words_are_cut_and_broken_to_measure() -> None:
    assert elided("kompetansestrategi", 12, 500) == "kompetansestrategi"
    short = elided("kompetansestrategi", 12, 60)
    assert short.endswith("…")
    assert width_of(short, 12) <= 60.01
    assert elided("x", 12, 0) == "…"
    lines = wrapped("en to tre fire fem seks sju åtte ni ti", 12, 80)
    assert " ".join(lines) == "en to tre fire fem seks sju åtte ni ti"
    assert all(width_of(line, 12) <= 80 for line in lines)


def joined(*beside: Beside) -> MatrixExport:
    export = make()
    return replace(export, matrix=replace(export.matrix, beside=beside))


STAFF = Beside("ansatte", (15.0, 70.0, None, None), ties=(Association(0.5, -0.25, 12), None, None))
PLANS = Beside("planer", (), ((("2012-01", 1.0), ("2012-02", 3.0)), (), (("2012-01", 2.0),), ()))


def test_a_joint_display_shows_counts_values_and_courses() -> None:
    picture = joint.joint_display(joined(STAFF, PLANS), English(), PRINT)
    abouts = [one.about for one in picture.spots]
    assert "NAV Elvebakken, rutiner: 2" in abouts
    assert "NAV Elvebakken, ansatte: 15" in abouts
    assert "NAV Ås, planer: –" in abouts
    # What is known leads to the office, what was counted to its quotes.
    assert {one.column for one in picture.spots} == {0, 1, 2, -1}
    drawn = [one for one in picture.shapes if isinstance(one, Path)]
    assert [len(one.points) for one in drawn] == [2, 1]
    assert "ansatte, planer" in picture.about


def long(rows: int, *beside: Beside) -> MatrixExport:
    """A table of many offices, each a copy of the first of the small one."""
    matrix = make().matrix
    changed = replace(
        matrix,
        rows=tuple(
            replace(matrix.rows[0], label=f"Kontor {at}", names=(f"Kontor {at}",))
            for at in range(rows)
        ),
        cells=tuple((at % 5, 1, 0) for at in range(rows)),
        evidence=tuple(matrix.evidence[0] for _ in range(rows)),
        statuses=(),
        beside=beside,
    )
    return replace(make(), matrix=changed)


def test_a_long_joint_display_is_parted_into_pages_with_their_headings() -> None:
    offices = Beside("ansatte", tuple(float(at) for at in range(437)), ())
    export = long(437, offices)
    pages = joint.joint_pages(export, English(), PRINT, 900, 1240)
    assert 8 <= len(pages) <= 16
    assert all(page.height <= 1240 * 1.05 for page in pages)
    # Every office stands once, in order, and every page names its columns and its rows.
    rows = [spot.row for page in pages for spot in page.spots if spot.column == 0]
    assert rows == list(range(437))
    for page in pages:
        said = texts(page)
        assert {"rutiner", "ansatte"} <= set(said)
        assert any(f" of {437}" in one for one in said)
    # The shades mean the same on every page, and the notes stand once.
    fills = {
        (spot.about.rpartition(": ")[2], box.fill)
        for page in pages
        for spot in page.spots
        if spot.column == 0
        for box in page.shapes
        if isinstance(box, Box) and (box.x, box.y) == (spot.x + 1, spot.y + 1)
    }
    assert len(fills) == 5
    assert [bool(page.notes) for page in pages] == [False] * (len(pages) - 1) + [
        bool(export.matrix.notes)
    ]


def test_a_short_joint_display_stays_on_one_page() -> None:
    offices = Beside("ansatte", tuple(float(at) for at in range(20)), ())
    export = long(20, offices)
    whole = joint.joint_display(export, English(), PRINT, 900)
    assert joint.joint_pages(export, English(), PRINT, 900, 1240) == (whole,)


def test_the_names_of_a_table_are_told_apart_from_its_cells() -> None:
    for picture in (
        joint.joint_display(joined(STAFF, PLANS), English(), PRINT),
        heat.heat_map(make(), English(), PRINT),
    ):
        pinned = picture.pinned
        assert pinned is not None
        assert min(spot.x for spot in picture.spots) == pinned.left
        assert min(spot.y for spot in picture.spots) == pinned.rows
        assert max(spot.y + spot.height for spot in picture.spots) == pinned.bottom
        assert picture.head < pinned.top < pinned.rows


def test_points_stand_where_their_numbers_are() -> None:
    picture = scatter.scatter(joined(STAFF), English(), PRINT)
    first = [one for one in picture.spots if one.column == 0]
    assert [one.about for one in first] == [
        "NAV Elvebakken, rutiner: 2, ansatte: 15",
        "NAV Ås, rutiner: 1, ansatte: 70",
    ]
    assert first[0].x < first[1].x
    assert first[0].y < first[1].y
    assert "r = 0.5, ρ = −0.25, n = 12" in texts(picture)
    assert "rutiner r = 0.5" in picture.about


def test_names_of_points_do_not_cover_one_another() -> None:
    close = Beside("ansatte", (15.0, 15.5, None, 16.0))
    export = joined(close)
    cells = ((5, 5, 5), (5, 5, 5), (None, None, None), (5, 5, 5))
    export = replace(export, matrix=replace(export.matrix, cells=cells))
    picture = scatter.scatter(export, English(), PRINT)
    labels = [one for one in picture.shapes if isinstance(one, Words) and "NAV" in one.text][:2]
    apart = abs(labels[0].y - labels[1].y) >= 13
    aside = abs(labels[0].x - labels[1].x) >= width_of("NAV Elvebakken", 11) - 1
    assert apart or aside


def test_points_want_a_number() -> None:
    for beside in ((), (PLANS,)):
        with pytest.raises(NotAllowed, match="has numbers"):
            scatter.scatter(joined(*beside), English(), PRINT)
    with pytest.raises(NotAllowed, match="nothing to draw"):
        scatter.scatter(joined(Beside("fylke", ("Oslo",) * 4)), English(), PRINT)
