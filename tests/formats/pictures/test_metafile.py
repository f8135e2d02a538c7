"""Pictures as metafiles and as TikZ: sound records, the same words, the same bytes."""

import re
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.formats.pictures import bars, heat, joint
from qda.formats.pictures.emf import emf_bytes
from qda.formats.pictures.letter_widths import letter_width
from qda.formats.pictures.sheet import bare
from qda.formats.pictures.strokes import dashed, hatching
from qda.formats.pictures.svg import svg_element, svg_text
from qda.formats.pictures.tikz import tikz_text
from qda.model.matrix import MatrixExport
from qda.model.pictures import PRINT, Box, Inks, Path, Picture, Words
from tests.formats.matrix_files.conftest import English, hostile, make

Draw = Callable[[MatrixExport, English, Inks], Picture]
Point = tuple[float, float]
DRAW = pytest.mark.parametrize("draw", [heat.heat_map, bars.bars])
PLACES = st.tuples(st.floats(0, 500), st.floats(0, 500))


def records(file: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(file):
        kind, size = struct.unpack_from("<II", file, at)
        assert size % 4 == 0
        assert size >= 8
        yield kind, file[at + 8 : at + size]
        at += size
    assert at == len(file)


def written(content: bytes) -> str:
    letters, start = struct.unpack_from("<II", content, 36)
    return content[start - 8 : start - 8 + 2 * letters].decode("utf-16-le")


@DRAW
@pytest.mark.parametrize("make_export", [make, hostile])
def test_a_metafile_is_sound_and_says_the_same_words(
    draw: Draw, make_export: Callable[[], MatrixExport]
) -> None:
    picture = draw(make_export(), English(), PRINT)
    file = emf_bytes(picture)
    found = list(records(file))
    header = struct.unpack_from("<4i4iIIIIHH", found[0][1])
    assert header[8] == 0x464D4520
    assert header[10:12] == (len(file), len(found))
    assert found[0][0] == 1
    assert found[-1][0] == 14
    words = [one.text for one in picture.shapes if isinstance(one, Words)]
    assert [written(content) for kind, content in found if kind == 84] == words
    made = [struct.unpack_from("<I", content)[0] for kind, content in found if kind in (39, 82, 95)]
    assert sorted(made) == list(range(1, header[12]))
    chosen = {struct.unpack("<I", content)[0] for kind, content in found if kind == 37}
    assert {one for one in chosen if one < 0x80000000} == set(made)
    # The frame is the picture at its natural size, in hundredths of a millimetre.
    assert header[6:8] == (
        round(picture.width / 96 * 2540), round(picture.height / 96 * 2540),
    )  # fmt: skip
    assert emf_bytes(draw(make_export(), English(), PRINT)) == file


def test_letters_are_as_wide_as_those_of_helvetica() -> None:
    for text, width, bold in (("Nå", 722 + 556, False), ("Å·m", 722 + 278 + 889, True)):
        assert sum(letter_width(ord(one), bold=bold) for one in text) == width
    assert letter_width(0x0301, bold=False) == 0


@given(
    st.lists(PLACES, min_size=2, max_size=6), st.sampled_from([(7.0, 3.0), (9.0, 3.0, 2.0, 3.0)])
)
def test_strokes_and_gaps_take_turns(points: list[Point], dashes: tuple[float, ...]) -> None:
    whole = sum(dist(one, other) for one, other in pairwise(points))
    strokes = list(dashed(points, dashes))
    drawn = sum(dist(one, other) for line in strokes for one, other in pairwise(line))
    wanted, at, turn = 0.0, 0.0, 0
    while at < whole:
        step = min(dashes[turn % len(dashes)], whole - at)
        wanted += step if turn % 2 == 0 else 0.0
        at, turn = at + dashes[turn % len(dashes)], turn + 1
    assert drawn == pytest.approx(wanted, abs=1e-6)


@given(PLACES, st.floats(1, 300), st.floats(1, 300))
def test_slanted_lines_stay_in_their_box(corner: Point, width: float, height: float) -> None:
    box = Box(*corner, width, height, stroke="#000000", hatched=True)
    for (x1, y1), (x2, y2) in hatching(box):
        for x, y in ((x1, y1), (x2, y2)):
            assert box.x - 1e-6 <= x <= box.x + width + 1e-6
            assert box.y - 1e-6 <= y <= box.y + height + 1e-6
        assert x2 - x1 == pytest.approx(y1 - y2, abs=1e-6)


@DRAW
def test_tikz_says_the_same_and_fits_the_page(draw: Draw) -> None:
    picture = draw(make(), English(), PRINT)
    text = tikz_text(picture, 100)
    (scale,) = re.findall(r"\[x=([\d.]+)bp", text)
    assert float(scale) * picture.width * 25.4 / 72 <= 100.1
    words = [one for one in picture.shapes if isinstance(one, Words)]
    assert text.count(r"\node[") == len(words)
    assert text.replace(r"\{", "").count("{") == text.replace(r"\}", "").count("}")
    assert r"kompetansestrategi" in text
    # A line that ends without % would be a space in the text.
    assert all(line.endswith("%") for line in text.splitlines() if line.startswith(r"\define"))


@DRAW
def test_a_bare_picture_has_its_words_beside_it(draw: Draw) -> None:
    picture = draw(make(), English(), PRINT)
    shown = bare(picture)
    texts = {one.text for one in shown.shapes if isinstance(one, Words)}
    assert picture.title not in texts
    assert not any(note[:20] in text for note in picture.notes for text in texts)
    assert "NAV Elvebakken" in texts
    assert shown.height < picture.height
    assert [one.about for one in shown.spots] == [one.about for one in picture.spots]
    for one in shown.shapes:
        if isinstance(one, Box):
            assert one.x >= 0
            assert one.y >= 0
            assert one.x + one.width <= shown.width
            assert one.y + one.height <= shown.height
        elif isinstance(one, Words):
            assert one.size * 0.7 <= one.y <= shown.height
        elif isinstance(one, Path):
            assert all(0 <= x <= shown.width and 0 <= y <= shown.height for x, y in one.points)


def test_pictures_of_one_page_do_not_share_names_and_lead_where_their_cells_do() -> None:
    picture = heat.heat_map(make(), English(), PRINT)
    links = tuple("" if at else "trail.html#b1" for at in range(len(picture.spots)))
    elements = [svg_element(picture, key, links) for key in ("1", "2")]
    names = [set(re.findall(r'\bid="([^"]+)"', one)) for one in elements]
    assert all(names)
    assert not names[0] & names[1]
    assert [one.count('<a href="trail.html#b1"') for one in elements] == [1, 1]
    assert "xmlns" not in elements[0]
    assert 'role="group"' in elements[0]
    assert 'role="img"' in svg_element(picture, "3")
    assert "<a " not in svg_text(picture)


def test_a_joint_display_too_wide_is_parted_below_itself() -> None:
    from tests.formats.pictures.test_pictures import PLANS, STAFF, joined

    export = joined(STAFF, PLANS)
    whole = joint.joint_display(export, English(), PRINT)
    parted = joint.joint_display(export, English(), PRINT, whole.width - 60)
    assert [one.about for one in sorted(parted.spots, key=lambda one: one.about)] == [
        one.about for one in sorted(whole.spots, key=lambda one: one.about)
    ]
    assert parted.width < whole.width
    assert parted.height > whole.height
    narrow = joint.joint_display(export, English(), PRINT, 1.0)
    assert len({one.y for one in narrow.spots}) == 4 * 5
