import csv
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from qda.formats.codebooks import read_codebook, write_codebook
from qda.formats.codebooks.building import tidy_items, tidy_name, tidy_text
from qda.model.codebook import Codebook, CodebookCode
from qda.model.ids import Guid

EVERY_TIME = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
    deadline=None,
)
AWKWARD = st.sampled_from(
    [
        "=SUM(A1)", "+47 22 00", "-minus", "@navn", "'=x", "''=x", "'vanlig", "a/b", "a\\b", "\\/",
        "a|b", "\\|", "😀 smil", "e\u0301", "NAV\u00a0kontor", "«sitat»", '"""', '""""', 'slutt"',
        "slutt\\", "[Include]", "\\[Include]", "[[codes]]", "# ikke kommentar", "_x0041_",
        "<b>&amp;", "linje\u2028skille", "]]>", "x" * 300, "ord " * 60, "'''",
        "1", "1.0", "true", "ja",
    ]
)  # fmt: skip
ALPHABET = st.characters(exclude_categories=("Cs",))
NAMES = (AWKWARD | st.text(ALPHABET, max_size=12)).map(tidy_name).filter(bool)
TEXTS = st.lists(AWKWARD | st.text(ALPHABET, max_size=40), max_size=3).map(
    lambda parts: tidy_text("\n".join(parts))
)
ITEMS = st.lists(NAMES, max_size=3).map(tidy_items)
COLORS = st.one_of(st.just(""), st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
GUIDS = st.uuids(version=4).map(lambda value: Guid(str(value)))


def codes(children: st.SearchStrategy[tuple[CodebookCode, ...]]) -> st.SearchStrategy[CodebookCode]:
    return st.builds(
        CodebookCode,
        name=NAMES,
        guid=GUIDS,
        color=COLORS,
        definition=TEXTS,
        include=TEXTS,
        exclude=TEXTS,
        example=TEXTS,
        keywords=ITEMS,
        scale=ITEMS,
        shortcut=st.sampled_from(["", "1", "0", "Ctrl+1", "="]),
        children=children,
    )


def siblings(
    children: st.SearchStrategy[tuple[CodebookCode, ...]],
) -> st.SearchStrategy[tuple[CodebookCode, ...]]:
    return st.lists(codes(children), max_size=3).map(tuple)


def with_own_guids(book: Codebook) -> Codebook:
    """Give every code a guid of its own: hypothesis likes to repeat itself."""
    numbers = iter(range(1, 10_000))

    def renumbered(code: CodebookCode) -> CodebookCode:
        guid = Guid(str(uuid.UUID(int=next(numbers), version=4)))
        return replace(code, guid=guid, children=tuple(map(renumbered, code.children)))

    return replace(book, codes=tuple(map(renumbered, book.codes)))


FORESTS = st.recursive(st.just(()), siblings, max_leaves=5)
CODEBOOKS = st.builds(
    Codebook,
    name=NAMES,
    codes=siblings(FORESTS).filter(bool),
    version=st.sampled_from(["", "1", "2.3"]),
    language=st.sampled_from(["", "nb", "nn", "en"]),
    description=TEXTS,
).map(with_own_guids)


def through(path: Path, book: Codebook) -> Codebook:
    path.unlink(missing_ok=True)
    write_codebook(path, book)
    return read_codebook(path)


@EVERY_TIME
@given(CODEBOOKS)
def test_toml_keeps_everything(tmp_path: Path, book: Codebook) -> None:
    assert through(tmp_path / "bok.toml", book) == book


@EVERY_TIME
@given(CODEBOOKS, st.sampled_from([".csv", ".xlsx", ".qdc"]))
def test_the_other_formats_keep_every_code(tmp_path: Path, book: Codebook, ending: str) -> None:
    assert through(tmp_path / f"bok{ending}", book).codes == book.codes


@EVERY_TIME
@given(CODEBOOKS, CODEBOOKS)
def test_writing_over_another_codebook_gives_the_new_one(
    tmp_path: Path, old: Codebook, new: Codebook
) -> None:
    path = tmp_path / "bok.toml"
    through(path, old)
    write_codebook(path, new)
    assert read_codebook(path) == new


@EVERY_TIME
@given(CODEBOOKS)
def test_writing_the_same_again_changes_no_byte(tmp_path: Path, book: Codebook) -> None:
    path = tmp_path / "bok.toml"
    through(path, book)
    before = path.read_bytes()
    write_codebook(path, book)
    assert path.read_bytes() == before


@EVERY_TIME
@given(CODEBOOKS)
def test_no_csv_cell_is_a_formula(tmp_path: Path, book: Codebook) -> None:
    path = tmp_path / "bok.csv"
    write_codebook(path, book)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@EVERY_TIME
@given(book=CODEBOOKS)
def test_qdc_is_valid_by_the_schema(tmp_path: Path, shared: Path, book: Codebook) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "refi" / "xsd" / "Codebook.xsd")))
    path = tmp_path / "bok.qdc"
    write_codebook(path, book)
    assert schema.validate(etree.parse(str(path))), schema.error_log


def test_a_codebook_of_a_peer(shared: Path) -> None:
    book = read_codebook(shared / "refi" / "peers" / "Codebook-gen_sample.qdc")
    (top,) = book.codes
    assert [code.name for code in top.children] == ["Workload", "Meetings", "Training & learning"]
    assert top.children[0].color == "#ff6347"
    assert top.children[0].children[0].definition == "sub"


@pytest.mark.parametrize("ending", [".toml", ".csv", ".xlsx"])
def test_an_empty_codebook(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"tom{ending}"
    write_codebook(path, Codebook("tom", ()))
    assert read_codebook(path) == Codebook("tom", ())


@pytest.mark.parametrize("ending", [".toml", ".csv", ".xlsx", ".qdc"])
def test_one_name_under_two_parents_and_twins_with_guids(tmp_path: Path, ending: str) -> None:
    first, second = (Guid(str(uuid.UUID(int=number, version=4))) for number in (1, 2))
    book = Codebook(
        "bok",
        (
            CodebookCode("a", first, children=(CodebookCode("felles"),)),
            CodebookCode("b", children=(CodebookCode("felles"),)),
            CodebookCode("a", second, children=(CodebookCode("felles"),)),
        ),
    )
    read = through(tmp_path / f"bok{ending}", book)
    assert [path for path, _ in read.walk()] == [path for path, _ in book.walk()]
    assert [code.guid for code in read.codes if code.name == "a"] == [first, second]
