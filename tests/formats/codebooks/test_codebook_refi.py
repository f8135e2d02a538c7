from pathlib import Path

import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.formats.codebooks.refi import description_fields, description_text
from qda.model.codebook import Codebook, CodebookCode, told_apart
from qda.model.errors import FileProblem

GUID = "0F8FAD5B-D9CB-469F-A165-70867728950E"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def qdc(folder: Path, codes: str, head: str = "", root: str = "CodeBook") -> Path:
    path = folder / "bok.qdc"
    text = f"<?xml version='1.0'?>{head}<{root} xmlns='urn:x'><Codes>{codes}</Codes></{root}>"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_other_programs_write(tmp_path: Path) -> None:
    path = qdc(
        tmp_path,
        f"<Code guid='{{{GUID}}}' name='Nodes' isCodable='false'>"
        "<Description>\n Wrapper </Description>"
        "<Code name='lag' color='#F0A'><Description>En<![CDATA[ & to]]></Description></Code>"
        "<Code name='tom' isCodable='true'/></Code>",
    )
    (top,) = read_codebook(path).codes
    assert (top.guid, top.definition) == (GUID.lower(), "Wrapper")
    assert [(c.name, c.guid, c.color, c.definition) for c in top.children] == [
        ("lag", None, "#ff00aa", "En & to"),
        ("tom", None, "", ""),
    ]


def test_prefixed_elements_are_read_by_their_local_name(tmp_path: Path) -> None:
    path = tmp_path / "bok.qdc"
    path.write_text(
        '<q:CodeBook xmlns:q="urn:QDA-XML:codebook:0:4"><q:Codes>'
        '<q:Code name="a"><q:Description>d</q:Description></q:Code></q:Codes></q:CodeBook>'
    )
    assert read_codebook(path).codes == (CodebookCode("a", definition="d"),)


def test_the_sections_of_a_description() -> None:
    code = CodebookCode(
        "a", definition="Første.\n[Include]\nikke en seksjon", include="alt", keywords=("x|y", "z")
    )
    text = description_text(code)
    assert text == (
        "Første.\n\\[Include]\nikke en seksjon\n\n[Include]\nalt\n\n[Keywords]\nx\\|y|z"
    )
    fields = description_fields(text)
    assert fields["definition"] == code.definition
    assert fields["include"] == "alt"


@pytest.mark.parametrize(
    ("codes", "head", "root"),
    [
        ("<Code name='&e;'/>", ENTITY, "CodeBook"),
        ("<Code name='a'/>", "<!DOCTYPE CodeBook>", "CodeBook"),
        ("<Code name='a'>", "", "CodeBook"),
        ("<Code name='a'/>", "", "Project"),
        ("<Code name='a'>" * 400 + "</Code>" * 400, "", "CodeBook"),
    ],
)
def test_hostile_and_damaged_files(tmp_path: Path, codes: str, head: str, root: str) -> None:
    with pytest.raises(FileProblem, match="damaged or not a REFI-QDA codebook"):
        read_codebook(qdc(tmp_path, codes, head, root))


def test_bytes_that_are_no_xml(tmp_path: Path) -> None:
    path = tmp_path / "bok.qdc"
    for content in (b"", b"\x00\x01", b'<?xml version="1.0" encoding="utf-7"?><CodeBook/>'):
        path.write_bytes(content)
        with pytest.raises(FileProblem):
            read_codebook(path)


def test_an_empty_codebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="without codes"):
        write_codebook(tmp_path / "bok.qdc", Codebook("tom", ()))


# ------------------------------------------------------------------------------ what may be odd
ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


@pytest.mark.parametrize(
    ("codes", "paths", "why"),
    [
        ("<Code name=''/><Code name='&#0;'/>", ["? 1", "? 2"], "It had no name."),
        ("<Code name='a'/><Code name='a'/>", ["a", "a (2)"], "Two codes in one place"),
        ("<Code name='a' guid='B27E9088'/>", ["a"], "is no GUID"),
        (f"<Code name='a' guid='{ONE}'/><Code name='b' guid='{ONE}'/>", ["a", "b"], "same GUID"),
        ("<Code name='a' color='rød'/>", ["a"], "rød is no colour"),
    ],
)
def test_one_bad_code_never_stops_the_others(
    tmp_path: Path, codes: str, paths: list[str], why: str
) -> None:
    book = read_codebook(qdc(tmp_path, codes))
    assert ["/".join(path) for path, _ in book.walk()] == paths
    assert all(why in str(one) for _code, one in book.warnings)
    assert book.warnings


def test_twins_with_guids_keep_their_name(tmp_path: Path) -> None:
    codes = f"<Code name='a' guid='{ONE}'/><Code name='a' guid='{TWO}'/>"
    book = read_codebook(qdc(tmp_path, codes))
    assert ([one.name for one in book.codes], book.warnings) == (["a", "a"], ())
    apart = told_apart(book)
    assert [(one.name, one.guid) for one in apart.codes] == [("a", ONE), ("a (2)", TWO)]
    assert len(apart.warnings) == 1


@pytest.mark.parametrize(
    ("says", "encoding"), [("utf-16", "utf-8"), ("utf-8", "utf-16"), ("utf-16", "utf-16")]
)
def test_another_encoding_than_it_says_is_read(tmp_path: Path, says: str, encoding: str) -> None:
    text = f'\n<?xml version="1.0" encoding="{says}"?><CodeBook><Code name="Åse"/></CodeBook>'
    path = tmp_path / "bok.qdc"
    path.write_bytes(text.lstrip().encode(encoding) if says == encoding else text.encode(encoding))
    assert [one.name for one in read_codebook(path).codes] == ["Åse"]
