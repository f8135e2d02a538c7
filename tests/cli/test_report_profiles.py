"""Profiles of the offices: one page each, as an office program sets them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

RECIPE = 'language = "nb"\n[[file]]\nname = "profil {case}.docx"\nkind = "profile"\n'


@pytest.fixture
def profiles(run: Callable[..., Any], tmp_path: Path) -> list[Path]:
    """The profiles of the example study."""
    (tmp_path / "profil.toml").write_text(RECIPE, encoding="utf-8")
    found = run("demo", tmp_path / "studie", json=True)
    assert found.status == 0, found.err
    project = found.json["project"]
    assert run("report", project, tmp_path / "profil.toml", "-o", tmp_path / "ut").status == 0
    return sorted((tmp_path / "ut").iterdir())


def test_every_profile_of_the_example_study_is_one_page(
    profiles: list[Path], tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, which sets the pages")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, profiles)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    assert len(profiles) == 3
    for one in profiles:
        document = pypdfium2.PdfDocument(tmp_path / f"{one.stem}.pdf")
        assert len(document) == 1, one.name
        document.close()


def test_facts_are_written_as_one_reads_them(profiles: list[Path]) -> None:
    facts = docx.Document(str(profiles[0])).tables[0]
    cells = [[cell.text for cell in row.cells] for row in facts.rows]
    assert ["åpnet", "17. november 2008"] in [row[:2] for row in cells]
    # Both names of facts that share a row are set alike.
    weights = [[cell.paragraphs[0].runs[0].bold for cell in row.cells] for row in facts.rows[1:]]
    assert weights == [[True, None, True, None]] * len(weights)
