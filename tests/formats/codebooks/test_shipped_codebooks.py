import re
import uuid
from itertools import chain
from pathlib import Path

import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.model.codebook import Codebook, CodebookCode, join_path

FOLDER = Path(__file__).parents[3] / "codebooks"
FILES = {"nb": "nav-styring.toml", "en": "nav-styring.en.toml"}
TREE = {
    "spesialisering": (
        "etter ytelse", "etter innsatsbehov", "generalist", "lag", "stat og kommune",
        "etter funksjon",
    ),
    "rutiner": (
        "frister", "må-oppgaver", "tavlemøte", "standarddokumenter", "kontroll", "sjekklister",
        "egne rutiner",
    ),
    "kompetansestrategi": (
        "rekruttering", "opplæringsplan", "læring i arbeidet", "roller", "kurs", "prosjekter",
        "markedskompetanse", "juridisk kompetanse", "digital kompetanse", "sosialfaglig kompetanse",
    ),
    "målforskyvning": (
        "telling", "fylle plasser", "justere brukerkategori", "fløteskumming",
        "svartid før oppfølging", "kortsiktighet", "meningsløs registrering",
        "utslitte indikatorer",
    ),
    "styringsdialog": (
        "dialogmøter", "målekort", "virksomhetsplan", "tildelingsbrev", "partnerskapsmøter",
        "detaljstyring", "controller", "tillit og handlingsrom", "motstand og bufring",
    ),
}  # fmt: skip


@pytest.fixture(params=FILES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(language: str) -> Codebook:
    return read_codebook(FOLDER / FILES[language])


def shape(code: CodebookCode) -> tuple[object, ...]:
    return (code.guid, code.color, code.shortcut, len(code.scale), tuple(map(shape, code.children)))


def test_the_tree_is_the_one_the_studies_need() -> None:
    codes = read_codebook(FOLDER / FILES["nb"]).codes
    assert {code.name: tuple(child.name for child in code.children) for code in codes} == TREE


def test_both_have_the_same_guids_and_tree() -> None:
    nb, en = (read_codebook(FOLDER / name) for name in FILES.values())
    assert tuple(map(shape, nb.codes)) == tuple(map(shape, en.codes))
    assert (nb.language, en.language) == ("nb", "en")
    assert nb.version == en.version == "1"


def test_every_field_of_every_code_is_filled(book: Codebook) -> None:
    assert book.name
    assert book.description
    for path, code in book.walk():
        texts = (code.definition, code.include, code.exclude, code.example)
        assert all(len(text) >= 30 for text in texts), path
        assert len(code.keywords) >= 5, path
        assert len(set(code.keywords)) == len(code.keywords), path
        assert code.guid is not None
        assert uuid.UUID(code.guid).version == 4
        assert re.fullmatch("#[0-9a-f]{6}", code.color), path


def test_colours_are_distinct_and_top_codes_have_shortcuts_and_scales(book: Codebook) -> None:
    colors = [code.color for _, code in book.walk()]
    assert len(set(colors)) == len(colors)
    assert colors[0] == "#3f6fa8"
    assert [code.shortcut for code in book.codes] == ["1", "2", "3", "4", "5"]
    assert [len(code.scale) for code in book.codes] == [3, 3, 3, 0, 0]


def test_examples_are_speech(book: Codebook, language: str) -> None:
    opening, closing = {"nb": "«»", "en": "“”"}[language]
    for path, code in book.walk():
        assert code.example.startswith(opening), path
        assert code.example.endswith(closing), path
    examples = [code.example for _, code in book.walk()]
    assert len(set(examples)) == len(examples)


def test_references_to_other_codes_lead_somewhere(book: Codebook) -> None:
    paths = {join_path(path) for path, _ in book.walk()}
    tops = "|".join(re.escape(code.name) for code in book.codes)
    texts = chain.from_iterable((c.definition, c.include, c.exclude) for _, c in book.walk())
    references = [
        text[found.start() :] for text in texts for found in re.finditer(rf"\b(?:{tops})/", text)
    ]
    assert len(references) > 20
    for reference in references:
        assert any(reference.startswith(path) for path in paths if "/" in path), reference


def test_the_two_languages_do_not_share_their_words() -> None:
    nb, en = (read_codebook(FOLDER / name) for name in FILES.values())
    for (path, one), (_, other) in zip(nb.walk(), en.walk(), strict=True):
        assert one.definition != other.definition, path
        assert not re.search("[æøåÆØÅ]", other.definition + other.include + other.example), path


def test_rewriting_them_changes_no_byte(tmp_path: Path, language: str, book: Codebook) -> None:
    source = (FOLDER / FILES[language]).read_bytes()
    copy = tmp_path / "bok.toml"
    copy.write_bytes(source)
    write_codebook(copy, book)
    assert copy.read_bytes() == source
