"""A small study of two offices, and a way to run commands in this process."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qda.cli.main import main
from qda.store.schema import LOGGED

NORTH = """\
Intervjuer: Hvordan starter uka hos dere?
Leder: Mandag er det tavlemøte. Alle står, og ingen får lov å sette seg. 😀
Intervjuer: Og måltallene?
Leder: Vi teller planer fordi noen over oss teller planer. Brukeren blir borte i det.
Veileder 1: Jeg teller ikke. Jeg gjør det jeg må, og så ringer jeg folk.
"""
SOUTH = """\
Intervjuer: Hva er fast hos dere?
Leder: Ingenting. Jo, fredagskaka.
Veileder: Vi har en liste på veggen, den følger vi når vi husker det.
"""
NOTE = "Årsplan for begge kontorene.\nTavlemøter skal være innført i hele fylket.\n"
CODEBOOK = """\
path,definition,include,exclude,example,keywords,scale,color,guid
rutiner,Faste måter å arbeide på,,,,rutine|fast,lav|middels|høy,#228b4b,
rutiner/tavlemøte,Møter stående ved en tavle,,,,tavle,,,
telling,Det som telles tar plassen,,,,måltall,,#d9573f,
"""
CASES = """\
kontor,pseudonym,ansatte,åpnet,samlokalisert
Nord,A,15,2008-11-01,ja
Sør,B,70,2010-03-15,nei
"""
VALUES = """\
kontor,periode,variabel,verdi
Nord,2012-02,planer,"49,5"
Nord,2012-03,planer,62
Sør,2012-03,planer,58
"""
PARTICIPANTS = (
    "dokument,deltaker,rolle\nNord,Leder,leder\nNord,Veileder 1,veileder\nSør,Veileder,veileder\n"
)
CODINGS = """\
document,code,quote,coder,stance,value,case
Nord,rutiner/tavlemøte,Mandag er det tavlemøte.,Kari,for,,
Nord,telling,Vi teller planer fordi noen over oss teller planer.,Kari,mot,,
Nord,telling,Jeg teller ikke.,Kari,mot,,
Nord,telling,Jeg teller ikke.,Ola,ambivalent,,
Sør,rutiner,"Vi har en liste på veggen, den følger vi når vi husker det.",Kari,,lav,
Plan,rutiner/tavlemøte,Tavlemøter skal være innført i hele fylket.,Ola,,,Nord|Sør
Plan,rutiner,Årsplan,Ola,,,
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gave: its status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command prints
        """The one JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process, in English; `json=True` asks for JSON."""

    def run_one(*words: object, json: bool = False, language: str = "en") -> Result:
        before = ["--language", language, *(["--json"] if json else [])]
        capsysbinary.readouterr()
        status = main([*before, *map(str, words)])
        captured = capsysbinary.readouterr()
        return Result(status, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return run_one


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plain files of the small study."""
    folder = tmp_path_factory.mktemp("material")
    for name, text in {
        "Nord.txt": NORTH,
        "Sør.txt": SOUTH,
        "Plan.md": NOTE,
        "kodebok.csv": CODEBOOK,
        "kontorer.csv": CASES,
        "indikatorer.csv": VALUES,
        "deltakere.csv": PARTICIPANTS,
        "kodinger.csv": CODINGS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def built(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study as a project, made by the commands themselves."""
    project = tmp_path_factory.mktemp("built") / "studie.qdaproj"
    path = str(project)
    for words in (
        ["new", path, "--coder", "Kari"],
        ["import", path, *(str(material / name) for name in ("Nord.txt", "Sør.txt", "Plan.md"))],
        ["codebook", "import", path, str(material / "kodebok.csv")],
        ["cases", "import", path, str(material / "kontorer.csv")],
        ["values", "import", path, str(material / "indikatorer.csv")],
        ["participants", "import", path, str(material / "deltakere.csv")],
        ["link", path, "--case", "Nord", "--document", "Nord"],
        ["link", path, "--case", "Sør", "--document", "Sør"],
        ["codings", "import", path, str(material / "kodinger.csv")],
    ):
        assert main(words) == 0, words
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built project that a test may change."""
    return Path(shutil.copy(built, tmp_path / "studie.qdaproj"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A new project without anything in it."""
    path = tmp_path / "tom.qdaproj"
    assert main(["new", str(path), "--coder", "Kari"]) == 0
    return path


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """Everything in a project that a user sees, table by table."""

    def read(project: Path) -> dict[str, list[tuple[object, ...]]]:
        connection = sqlite3.connect(project)
        try:
            return {
                table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
                for table in LOGGED
            }
        finally:
            connection.close()

    return read
