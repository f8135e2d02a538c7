"""Write the goldens of LibreOffice anew: `python tests/data/readers/make_goldens.py`.

A text and a workbook are written here as flat OpenDocument; LibreOffice makes of the text an .odt,
a .docx, an .rtf and an .html, and of the workbook an .xlsx and a .csv. What it made is kept, so
that the tests need no LibreOffice.
"""

import subprocess
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}"'
    for name, space in (
        ("office", "office:1.0"), ("text", "text:1.0"), ("table", "table:1.0"), ("of", "of:1.2"),
        ("style", "style:1.0"), ("number", "datastyle:1.0"), ("fo", "xsl-fo-compatible:1.0"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
SOFT, HARD, STIFF = "\u00ad", "\u00a0", "\u2011"
WHO = "<dc:creator>Tora</dc:creator><dc:date>2024-03-01T10:00:00</dc:date>"
CHANGES = (
    "<text:tracked-changes>"
    f'<text:changed-region text:id="inn"><text:insertion><office:change-info>{WHO}'
    "</office:change-info></text:insertion></text:changed-region>"
    f'<text:changed-region text:id="ut"><text:deletion><office:change-info>{WHO}'
    "</office:change-info><text:p> av og til</text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)
NOTE = (
    '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>Fra og med 2012.</text:p></text:note-body></text:note>"
)
COMMENT = f"<office:annotation>{WHO}<text:p>Sjekk mot årsmeldingen.</text:p></office:annotation>"


def bold(words: str) -> str:
    return f'<text:span text:style-name="fet">{words}</text:span>'


def para(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def row(*cells: str) -> str:
    return "<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string">{para(cell)}</table:table-cell>'
        for cell in cells
    ) + "</table:table-row>"  # fmt: skip


TEXT = (
    '<text:h text:outline-level="1">Samtale på Østre</text:h>'
    + para("")
    + '<text:h text:outline-level="2">Om målstyringen</text:h>'
    + para(bold("Intervjuer:") + f" Hva teller dere, og hvor mange{HARD}% er{HARD}det?")
    + para(
        bold("Leder:") + f" Vi teller{NOTE} planer i arbeids{SOFT}evne{SOFT}vurderingen"
        f'{COMMENT},<text:change-start text:change-id="inn"/> hver uke'
        '<text:change-end text:change-id="inn"/><text:change text:change-id="ut"/>, og e'
        f"{STIFF}post."
    )
    + para(bold("Intervjuer:") + " Hvem spør om det?")
    + para(
        bold("Leder:") + '<text:tab/>Fylket.<text:line-break/>Og <text:s text:c="2"/>direktøren.'
    )
    + '<text:list text:style-name="tall"><text:list-item>' + para("Mottak")
    + '<text:list><text:list-item>' + para("Første samtale") + "</text:list-item></text:list>"
    + "</text:list-item><text:list-item>" + para("Oppfølging") + "</text:list-item></text:list>"
    + '<table:table table:name="t"><table:table-column table:number-columns-repeated="3"/>'
    + row("Mål", "2011", "2012") + row("Planer", "41", "") + "</table:table>"
    + para("Takk.")
)  # fmt: skip
LEVELS = "".join(
    f'<text:list-level-style-number text:level="{level}" style:num-suffix="{suffix}" '
    f'style:num-format="{form}"/>'
    for level, suffix, form in ((1, ".", "1"), (2, ")", "a"))
)
DOCUMENT = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
    '<style:style style:name="fet" style:family="text"><style:text-properties '
    f'fo:font-weight="bold"/></style:style><text:list-style style:name="tall">{LEVELS}'
    "</text:list-style></office:automatic-styles>"
    f"<office:body><office:text>{CHANGES}{TEXT}</office:text></office:body></office:document>"
)


def cell(kind: str, shown: str, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}>{para(shown)}'
        "</table:table-cell>"
    )


def turn(seconds: int, who: str, said: str, share: int) -> str:
    return (
        "<table:table-row>"
        + cell("time", f"00:00:{seconds:02}",
               f'office:time-value="PT00H00M{seconds:02}S" table:style-name="tid"')
        + cell("string", who) + cell("string", said)
        + cell("percentage", f"{share} %",
               f'office:value="{share / 100}" table:style-name="andel" '
               f'table:formula="of:={share}/100"')
        + "</table:table-row>"
    )  # fmt: skip


SHEETS = (
    '<table:table table:name="Samtale">'
    + row("Tid", "Taler", "Ytring", "Andel")
    + turn(1, "Intervjuer", "Hva teller dere på Østre?", 12)
    + turn(4, "Leder", "Planer – først og fremst.\u00a0Og møter; &quot;tavla&quot;.", 63)
    + turn(59, "Intervjuer", "Hvem spør?", 25)
    + "</table:table>"
    '<table:table table:name="Skjult" table:style-name="skjult">' + row("Nøkkel", "Navn")
    + row("k1", "Kari") + "</table:table>"
)  # fmt: skip
WORKBOOK = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>'
    '<number:time-style style:name="t1"><number:hours number:style="long"/><number:text>:'
    '</number:text><number:minutes number:style="long"/><number:text>:</number:text>'
    '<number:seconds number:style="long"/></number:time-style><number:percentage-style '
    'style:name="p1"><number:number number:min-integer-digits="1"/><number:text> %</number:text>'
    '</number:percentage-style><style:style style:name="tid" style:family="table-cell" '
    'style:data-style-name="t1"/><style:style style:name="andel" style:family="table-cell" '
    'style:data-style-name="p1"/><style:style style:name="skjult" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    f"<office:body><office:spreadsheet>{SHEETS}</office:spreadsheet></office:body>"
    "</office:document>"
)


def convert(source: Path, *forms: str) -> None:
    """Let LibreOffice make files of some forms of a document, beside this script."""
    with tempfile.TemporaryDirectory() as profile:
        for form in forms:
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{profile}", "--headless",
                 "--convert-to", form, "--outdir", str(FOLDER), str(source)],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        text, workbook = Path(name) / "dokument.fodt", Path(name) / "turer.fods"
        text.write_text(DOCUMENT, "utf-8")
        workbook.write_text(WORKBOOK, "utf-8")
        convert(text, "odt", "docx", "rtf", "html")
        # Fields by semicolon, text in quotation marks, UTF-8.
        convert(workbook, "xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true")
