"""Make the frozen project file of schema 1.0: small, with every table filled.

Run it once, with the program of that version: `python tests/data/make_v1_0.py`. The tests also
call `fill`, to have a project with something of everything in it.
"""

from pathlib import Path

from qda.model.codebook import Codebook, CodebookCode
from qda.model.ids import DocumentId
from qda.model.reading import ReadDocument, ReadNote, ReadTurn
from qda.operations import cases, codebook, codings, documents, memos, monthly_values, variables
from qda.store import codes as code_rows
from qda.store import participants as participant_rows
from qda.store import project_file
from qda.store.project_file import ProjectFile

KARI = "Kari Kodar"
OLA = "Ola Øvrebø 🦊"
TEXT = (
    "Intervjuer: Korleis går det?\n"
    "Leder: Vi delte laget i to 🙂, og så målte vi e\u0301n ting.\n"
    "Intervjuer: Og etterpå?\n"
    "Leder: Då tel vi møte. Berre møte.\n"
)


def turns(text: str) -> tuple[ReadTurn, ...]:
    """Return the turns of a text that has one to a line."""
    found: list[ReadTurn] = []
    place = 0
    for line in text.splitlines(keepends=True):
        label, _, _ = line.partition(": ")
        start = place + len(label) + 2
        end = place + len(line.rstrip("\n"))
        if ": " in line and end > start:
            found.append(
                ReadTurn(place, start, end, label, label == "Intervjuer", len(found) * 1500)
            )
        place += len(line)
    return tuple(found)


def read(name: str, text: str = TEXT) -> ReadDocument:
    """Return a text as a reader would hand it over."""
    return ReadDocument(
        name=name,
        file_name=f"{name}.txt",
        file_type="txt",
        text=text,
        turns=turns(text),
        notes=(ReadNote("comment", 0, min(10, len(text)), "Åse", "Sjå opp 🙂"),),
        source=text.encode("utf-8"),
        encoding="utf-8",
        language="nn",
        decisions=(),
        warnings=(),
    )


def quote(project: ProjectFile, document: DocumentId, code: str, text: str) -> codings.NewCoding:
    """Return a coding of the first place of `text`."""
    start = TEXT.index(text)
    found = next(one for one in code_rows.all_codes(project.connection) if one.name == code)
    return codings.NewCoding(document, found.id, start, start + len(text))


BOOK = Codebook(
    "Prøve",
    (
        CodebookCode(
            "styring",
            color="#9a3c7a",
            definition="Kven bestemmer.",
            include="mål",
            exclude="drift",
            example="«Då tel vi møte.»",
            keywords=("måltal", "teljing"),
            children=(CodebookCode("teljing/møte", scale=("låg", "høg"), shortcut="3"),),
        ),
        CodebookCode("laget"),
    ),
)


def fill(project: ProjectFile) -> None:
    """Put something into every table of an empty project."""
    case = cases.add_case(project, coder=KARI, name="Fjordvik", pseudonym="Kontor A").value
    other = cases.add_case(project, coder=KARI, name="Åsheim").value
    imported = documents.import_documents(
        project, coder=KARI, read=[read("leiar"), read("rådgivar")], linked_to=[case]
    ).value
    first = imported[0].document.id
    codebook.apply_codebook(project, coder=KARI, codebook=BOOK)
    made = codings.add_codings(
        project,
        coder=KARI,
        new=[
            quote(project, first, "laget", "Vi delte laget i to 🙂"),
            quote(project, first, "styring", "tel vi møte"),
            quote(project, imported[1].document.id, "teljing/møte", "Berre møte."),
        ],
    ).value
    codings.set_value(project, coder=KARI, coding=made[2].id, value="høg")
    codings.set_stance(project, coder=KARI, coding=made[1].id, stance="mot")
    codings.add_codings(project, coder=OLA, new=[quote(project, first, "styring", "e\u0301n ting")])
    cases.link_cases(project, coder=KARI, case=other, coding_ids=[made[0].id])
    leader = participant_rows.find(project.connection, "Leder")[0].id
    cases.link_cases(project, coder=KARI, case=other, participants=[leader])
    role = variables.add_variable(project, coder=KARI, subject="participant", name="rolle").value
    variables.set_value(project, coder=KARI, variable=role, subject_id=leader, value="leiar")
    monthly_values.import_period_values(
        project,
        coder=KARI,
        values=[
            monthly_values.PeriodValue("Fjordvik", "2012-03", "godkjende planar", 0.1 + 0.2),
            monthly_values.PeriodValue("Fjordvik", "2012-04", "godkjende planar", 1e-300),
        ],
    )
    memos.add_memo(project, coder=OLA, on="project", target=0, text="Hugs: blå perm 📘")
    memos.add_memo(project, coder=KARI, on="coding", target=made[0].id, text="Kven er «vi»?")


def main() -> None:
    """Write the frozen file beside this script."""
    path = Path(__file__).with_name("v1_0.qdaproj")
    project = project_file.create(path, name="Fryst 1.0", language="nn", coder=KARI)
    fill(project)
    project.undo(KARI)
    project.redo(KARI)
    project.close()
    for backup in path.with_name(path.name + ".backups").iterdir():
        backup.unlink()
    path.with_name(path.name + ".backups").rmdir()


if __name__ == "__main__":
    main()
