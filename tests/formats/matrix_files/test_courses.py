"""Months in a cell: letters, a line of SVG, and the same line as dots."""

import struct
import zlib

from qda.formats.matrix_files.courses import HEIGHT, WIDTH, as_letters, as_png, as_svg


def months(*numbers: float) -> list[tuple[str, float]]:
    return [(f"2012-{at:02d}", number) for at, number in enumerate(numbers, start=1)]


def test_letters_rise_and_fall() -> None:
    assert as_letters(months(1, 8, 4.5)) == "▁█▅"
    assert as_letters(months(3, 3)) == "▅▅"
    assert as_letters([]) == ""
    many = as_letters(months(*range(46)))
    assert len(many) == 16
    assert list(many) == sorted(many)


def test_svg_ends_where_the_last_number_is() -> None:
    written = as_svg(months(0, 10), "a < b")
    assert 'points="3.0,19.0 93.0,3.0"' in written
    assert 'cx="93.0" cy="3.0"' in written
    assert 'aria-label="a &lt; b"' in written


def test_png_draws_the_same_line() -> None:
    data = as_png(months(0, 10, 0))
    assert data == as_png(months(0, 10, 0))
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (WIDTH * 3, HEIGHT * 3)
    start = data.index(b"IDAT") + 4
    size = struct.unpack(">I", data[start - 8 : start - 4])[0]
    dots = zlib.decompress(data[start : start + size])
    lines = [dots[at * (width + 1) + 1 : (at + 1) * (width + 1)] for at in range(height)]
    top, bottom = lines[9], lines[-10]
    # The peak is in the middle of the top, the ends are at the bottom; corners are paper.
    dark = [at for at in range(width) if top[at] < 64]
    assert abs(sum(dark) / len(dark) - width / 2) < 2
    assert max(abs(at - width / 2) for at in dark) < 12
    assert bottom[9] < 64
    assert bottom[width // 2] == 255
    assert lines[0][0] == 255
