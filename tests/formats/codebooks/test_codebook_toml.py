from dataclasses import replace
from pathlib import Path

import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.model.codebook import Codebook, CodebookCode
from qda.model.errors import FileProblem
from qda.model.ids import Guid

GUID = Guid("0f8fad5b-d9cb-469f-a165-70867728950e")
OTHER = Guid("7c9e6679-7425-40de-944b-e07fc1f90ae7")

COMMENTED = """\
# Kodebok for kurset.
# Endres bare etter møte.

name   = 'Kurs'   # kort navn
version = "1"
prosjekt = { nummer = 7, leder = "ukjent" }

# ---- Første del ----

# Denne er vi enige om.
[[codes]]
name = "rutiner"  # fra intervju 1
guid = "0F8FAD5B-D9CB-469F-A165-70867728950E"
color = "#228B4B"
egen_nokkel = [1, 2]
keywords = [
    "frist",   # viktigst
    "tavle",
]
# Merk: se også styring.

  [[codes.codes]]
  name = "frister"
  definition = '''
  Frister som
  er satt.'''

  [codes.codes.ekstra]
  droftet = 2012-03-01

# ---- Andre del ----

[[codes]]
name = "styring"
scale = [0, 1, 2]

[tillegg]
notat = "til slutt"  # står igjen
"""

GOLDEN = '''\
name = "Kurs"
version = "2"
language = "nb"
description = """\\
Kodeboken brukes på intervjuer med veiledere og ledere. Den er prøvd på tre samtaler og rettet \\
etter det.

Nytt avsnitt med C:\\\\sti.\\
"""

[[codes]]
name = "rutiner"
guid = "0f8fad5b-d9cb-469f-a165-70867728950e"
color = "#228b4b"
shortcut = "2"
scale = ["lav", "middels", "høy"]
definition = "Faste \\"måter\\" å gjøre arbeidet på."
keywords = ["frist", "tavle"]

[[codes.codes]]
name = "frister"
example = "«Svar innen fredag.»"

[[codes]]
name = "styring"
'''


def golden_book() -> Codebook:
    frister = CodebookCode("frister", example="«Svar innen fredag.»")
    rutiner = CodebookCode(
        "rutiner",
        GUID,
        "#228b4b",
        definition='Faste "måter" å gjøre arbeidet på.',
        keywords=("frist", "tavle"),
        scale=("lav", "middels", "høy"),
        shortcut="2",
        children=(frister,),
    )
    description = (
        "Kodeboken brukes på intervjuer med veiledere og ledere. Den er prøvd på tre samtaler og "
        "rettet etter det.\n\nNytt avsnitt med C:\\sti."
    )
    return Codebook("Kurs", (rutiner, CodebookCode("styring")), "2", "nb", description)


def problem(folder: Path, content: str) -> str:
    path = folder / "bok.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileProblem) as caught:
        read_codebook(path)
    return str(caught.value)


@pytest.fixture
def commented(tmp_path: Path) -> Path:
    path = tmp_path / "bok.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    return path


def changed(book: Codebook, name: str, code: CodebookCode) -> Codebook:
    return replace(book, codes=tuple(code if each.name == name else each for each in book.codes))


def test_the_golden_file(tmp_path: Path) -> None:
    path = tmp_path / "bok.toml"
    write_codebook(path, golden_book())
    assert path.read_text(encoding="utf-8") == GOLDEN
    assert read_codebook(path) == golden_book()


def test_a_file_written_by_hand(commented: Path) -> None:
    book = read_codebook(commented)
    rutiner, styring = book.codes
    assert (book.name, book.version) == ("Kurs", "1")
    assert (rutiner.guid, rutiner.color, rutiner.keywords) == (GUID, "#228b4b", ("frist", "tavle"))
    assert rutiner.children[0].definition == "Frister som\n  er satt."
    assert styring.scale == ("0", "1", "2")


def test_writing_the_same_codebook_changes_nothing(commented: Path) -> None:
    write_codebook(commented, read_codebook(commented))
    assert commented.read_text(encoding="utf-8") == COMMENTED


def test_only_what_differs_is_changed(commented: Path) -> None:
    book = read_codebook(commented)
    rutiner = replace(book.codes[0], color="#112233", definition="Ny.", keywords=())
    write_codebook(commented, replace(changed(book, "rutiner", rutiner), version="2"))
    expected = (
        COMMENTED.replace('version = "1"', 'version = "2"')
        .replace('"#228B4B"', '"#112233"')
        .replace('color = "#112233"\n', 'color = "#112233"\ndefinition = "Ny."\n')
        .replace('keywords = [\n    "frist",   # viktigst\n    "tavle",\n]\n', "")
    )
    assert commented.read_text(encoding="utf-8") == expected


def test_comments_beside_a_changed_value_survive(commented: Path) -> None:
    book = read_codebook(commented)
    rutiner = replace(book.codes[0], name="vaner")
    write_codebook(commented, replace(changed(book, "rutiner", rutiner), name="Kurset"))
    text = commented.read_text(encoding="utf-8")
    assert 'name = "vaner"  # fra intervju 1\n' in text
    assert 'name   = "Kurset"   # kort navn\n' in text


def test_codes_move_with_their_comments(commented: Path) -> None:
    book = read_codebook(commented)
    rutiner, styring = book.codes
    below = replace(styring, children=(rutiner,))
    write_codebook(commented, replace(book, codes=(below,)))
    assert read_codebook(commented).codes == (below,)
    text = commented.read_text(encoding="utf-8")
    assert '# Denne er vi enige om.\n[[codes.codes]]\nname = "rutiner"' in text
    assert '[[codes.codes.codes]]\n  name = "frister"' in text
    assert "[codes.codes.codes.ekstra]" in text
    for kept in ("# ---- Første del ----", "egen_nokkel = [1, 2]", "# Merk: se også styring."):
        assert kept in text


def test_a_removed_code_leaves_the_free_comments(commented: Path) -> None:
    book = read_codebook(commented)
    write_codebook(commented, replace(book, codes=book.codes[1:]))
    text = commented.read_text(encoding="utf-8")
    assert "# ---- Første del ----" in text
    assert "# Denne er vi enige om." not in text
    assert 'notat = "til slutt"  # står igjen' in text
    assert read_codebook(commented).codes == book.codes[1:]


def test_all_codes_removed_and_added_again(commented: Path) -> None:
    book = read_codebook(commented)
    write_codebook(commented, replace(book, codes=()))
    assert read_codebook(commented) == replace(book, codes=())
    write_codebook(commented, book)
    assert read_codebook(commented) == book
    assert "# Endres bare etter møte." in commented.read_text(encoding="utf-8")


def test_a_guid_the_codebook_does_not_know_stays(commented: Path) -> None:
    book = read_codebook(commented)
    write_codebook(commented, changed(book, "rutiner", replace(book.codes[0], guid=None)))
    assert commented.read_text(encoding="utf-8") == COMMENTED


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "bok.toml"
    path.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    book = read_codebook(path)
    write_codebook(path, replace(book, description="Ny tekst.\nTo linjer."))
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert read_codebook(path).description == "Ny tekst.\nTo linjer."


@pytest.mark.parametrize(
    "content",
    ["codes = [{ name = 'a' }]\n", "name = 'x'\n", "name = [\n", "codes = [1]\n"],
)
def test_a_file_that_would_lose_something_is_not_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bok.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileProblem):
        write_codebook(path, golden_book())
    assert path.read_text(encoding="utf-8") == content


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "bok.toml"
    path.write_text("\n", encoding="utf-8")
    write_codebook(path, golden_book())
    assert read_codebook(path) == golden_book()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("name = 'x'\n\n[[codes]\n", "bok.toml is not valid TOML: look at line 3."),
        ("name = 'x", "bok.toml is not valid TOML: look at line 1."),
        ("x = " + "[" * 5000, "bok.toml is not valid TOML."),
        ("name = 'x'\n", "bok.toml is not a codebook: it has no [[codes]]."),
        ("codes = 'x'\n", "bok.toml: codes must be written as tables"),
        ("[codes]\nname = 'x'\n", "bok.toml: codes must be written as tables"),
        ("name = 1\n[[codes]]\nname = 'a'\n", "bok.toml: name must be text in quotation marks."),
        (
            "[[codes]]\nname = 'a'\n[[codes.codes]]\nname = 'b'\ndefinition = 3\n",
            "bok.toml: definition of the code a/b must be text in quotation marks.",
        ),
        (
            "[[codes]]\nname = 'a'\nkeywords = 'en, to'\n",
            "bok.toml: keywords of the code a must be a list of texts",
        ),
        ("[[codes]]\nname = 'a'\nscale = [true]\n", "bok.toml: scale of the code a must be a list"),
        ("[[codes]]\nname = ' '\n", "Code number 1 has no name."),
        ("[[codes]]\nname = 'a'\n[[codes.codes]]\n", "Code number 1 under a has no name."),
        ("[[codes]]\nname = 'a/b'\ncolor = 'blå'\n", "The colour of the code a\\/b is not"),
        ("[[codes]]\nname = 'a'\ncolor = '#12345'\n", "The colour of the code a is not"),
        ("[[codes]]\nname = 'a'\nguid = '123'\n", "The guid of the code a is not a GUID"),
        (
            "[[codes]]\nname = 'a'\n[[codes]]\nname = 'a'\n",
            "The code a is there twice: give one another name, or each a guid.",
        ),
        (
            "[[codes]]\nname = 'a'\nguid = 'G'\n[[codes]]\nname = 'b'\nguid = '{G}'\n".replace(
                "G", GUID.upper()
            ),
            "The codes a and b have the same guid: remove one of the two guids.",
        ),
    ],
)
def test_errors_are_clear(tmp_path: Path, content: str, sentence: str) -> None:
    assert problem(tmp_path, content).startswith(sentence)


def test_a_tree_deeper_than_reason(tmp_path: Path) -> None:
    content = "".join(f"[[{'.'.join(['codes'] * d)}]]\nname = 'a'\n" for d in range(1, 60))
    assert "levels deep" in problem(tmp_path, content)


def test_numbers_where_people_write_them_and_short_colours(tmp_path: Path) -> None:
    path = tmp_path / "bok.toml"
    path.write_text("version = 3\n[[codes]]\nname='a'\nshortcut = 1\ncolor = 'F0a'\n")
    book = read_codebook(path)
    assert (book.version, book.codes[0].shortcut, book.codes[0].color) == ("3", "1", "#ff00aa")
    assert book.name == "bok"


def test_twins_keep_their_own_guids(tmp_path: Path) -> None:
    path = tmp_path / "bok.toml"
    twins = (CodebookCode("a", GUID, definition="en"), CodebookCode("a", OTHER, definition="to"))
    write_codebook(path, Codebook("bok", twins))
    write_codebook(path, Codebook("bok", twins[::-1]))
    assert read_codebook(path).codes == twins[::-1]
