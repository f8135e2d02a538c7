from pathlib import Path

import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.formats.codebooks.refi import description_fields, description_text
from qda.model.codebook import Codebook, CodebookCode
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
        ("<Code name='&#0;'/>", "", "CodeBook"),
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
