"""Write the files of this folder anew: `python tests/data/readers/make_fixtures.py`.

A Word document with everything a reader has to tell apart is built here, and LibreOffice makes an
.odt, an .rtf and an .html of it; they are kept, so that the tests need no LibreOffice.
"""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "numbering", "comments", "footnotes", "endnotes")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def said(name: str, *words: str) -> str:
    return para(run(name, "<w:b/>"), *words)


def item(text: str, level: int, listed: int) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
    return para(run(text), properties=properties)


def table(*rows: tuple[str, ...]) -> str:
    grid = "<w:gridCol/>" * len(rows[0])
    inner = ""
    for row in rows:
        cells = "".join(f"<w:tc><w:tcPr/>{para(run(cell))}</w:tc>" for cell in row)
        inner += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"


def level(number: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    'style="width:200pt;height:60pt"><v:textbox><w:txbxContent>'
    + para(run("Lapp på døra: stengt til ni."))
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
MARKED = 'w:id="9" w:author="Tora" w:date="2024-03-01T10:00:00Z"'
BODY = (
    para(run("Samtale ved Granheim", "<w:b/>"))
    + para()
    + said("Intervjuer:", run(" Hvordan fordeler dere sakene?"))
    + said(
        "Leder:", run(" Vi deler"), '<w:r><w:footnoteReference w:id="2"/></w:r>',
        run(" etter "), '<w:commentRangeStart w:id="1"/>', run("dato"),
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
        run(", ikke etter person. 😀 «Først inn, først ut» – æøå."),
    )
    + para(run("Med tabulator:"), "<w:r><w:tab/></w:r>", run("etter."), "<w:r><w:br/></w:r>",
           run("Ny linje i avsnittet."))
    + said("Intervjuer:", run(" Alltid?"))
    + said(
        "Leder:", run(" Ja"), f"<w:del {MARKED}><w:r><w:delText>, nesten</w:delText></w:r></w:del>",
        f"<w:ins {MARKED}>{run(', alltid')}</w:ins>", run("."), run(" HEMMELIG", "<w:vanish/>"),
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
    )
    + item("Mottak", 0, 1) + item("Første samtale", 1, 1) + item("Andre samtale", 1, 1)
    + item("Oppfølging", 0, 1) + item("Kaffe", 0, 2)
    + para(run("Før boksen."), BOX)
    + table(("Veileder", "Vi rekker ikke alt."), ("Intervjuer", "Hva skjer da?"),
            ("Veileder", "Da venter det til tavlemøtet."), ("Intervjuer", "Hver uke?"))
    + table(("Mål", "2023", "2024"), ("Planer", "", "74 %"))
    + para(run("Sist:\u00a0takk."))
)  # fmt: skip
INNER = {
    "document": f"<w:body>{BODY}<w:sectPr/></w:body>",
    "styles": "",
    "numbering": (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}'
        f"{level(1, 'lowerLetter', '%2)')}</w:abstractNum>"
        f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "•")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    ),
    "comments": f'<w:comment w:id="1" w:author="Tora">{para(run("Sjekk dette."))}</w:comment>',
    "footnotes": f'<w:footnote w:id="2">{para(run("Siden i vår."))}</w:footnote>',
    "endnotes": f'<w:endnote w:id="2">{para(run("Sagt med et smil."))}</w:endnote>',
}


def make_docx() -> bytes:
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{name}+xml"/>'
        for name in PARTS
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name}" Target="{name}.xml"/>' for name in PARTS
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
    }
    for name, inner in INNER.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{name}>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in members.items():
            # A fixed date, so that the same file comes of it each time.
            whole.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0"?>{content}')
    return out.getvalue()


def convert(source: Path, folder: Path) -> None:
    """Let LibreOffice make an .odt, an .rtf and an .html of a document."""
    with tempfile.TemporaryDirectory() as profile:
        for form in ("odt", "rtf", "html"):
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{profile}", "--headless",
                 "--convert-to", form, "--outdir", str(folder), str(source)],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip


if __name__ == "__main__":
    path = FOLDER / "samtale.docx"
    path.write_bytes(make_docx())
    convert(path, FOLDER)
