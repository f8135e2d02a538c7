import math
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.app.paths import resource
from qda.app.translation import (
    Catalogue,
    is_interface_language,
    load_catalogue,
    system_language,
)
from qda.model.messages import counted, message
from tools import translations
from tools.translations import Entry, Key
from tools.unmarked import unmarked

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def nb() -> Catalogue:
    return load_catalogue("nb")


@pytest.fixture(scope="module")
def en() -> Catalogue:
    return load_catalogue("en")


def test_english_is_what_stands_in_the_source(en: Catalogue) -> None:
    assert en.text("Add a case") == "Add a case"
    assert en.in_context("Qt", "Cancel") == "Cancel"
    assert en.plural("{n} left", "{n} are left", 1) == "{n} left"
    assert en.plural("{n} left", "{n} are left", 0) == "{n} are left"


def test_a_sentence_without_a_translation_stays_english(nb: Catalogue) -> None:
    assert nb.text("No such sentence anywhere") == "No such sentence anywhere"
    assert nb.plural("one such", "{n} such", 1) == "one such"
    assert nb.plural("one such", "{n} such", 2) == "{n} such"
    assert nb.in_context("Qt", "No such word of Qt") == "No such word of Qt"


def test_the_empty_sentence_is_not_the_header_of_the_catalogue(nb: Catalogue) -> None:
    assert nb.text("") == ""
    assert nb.in_context("Qt", "") == ""


def test_words_of_qt_do_not_decide_over_ours(nb: Catalogue) -> None:
    assert nb.in_context("Qt key", "Left") == "Pil venstre"
    assert nb.text("Left") != "Pil venstre"


def test_messages_are_said_in_the_language(nb: Catalogue) -> None:
    assert str(message("Stop at {place}.", place="A")) == "Stop at A."
    assert message("Stop at {place}.", place="A").say(nb) == "Stop at A."
    assert counted("{n} stop", "{n} stops", 3).say(nb) == "3 stops"


@pytest.mark.parametrize(
    ("value", "decimals", "norwegian", "english"),
    [
        (0, None, "0", "0"),
        (7, 1, "7,0", "7.0"),
        (1234567, None, f"1{NBSP}234{NBSP}567", "1,234,567"),
        (1234.5, None, f"1{NBSP}234,5", "1,234.5"),
        (0.217026, None, "0,217026", "0.217026"),
        (0.217026, 2, "0,22", "0.22"),
        (100.0, None, "100", "100"),
        (-3.25, 1, "\u22123,2", "-3.2"),
        (-0.0001, 2, "0,00", "0.00"),
        (-0.0, None, "0", "0"),
        (math.nan, 2, "–", "–"),
        (math.inf, None, "∞", "∞"),
        (-math.inf, None, "\u2212∞", "-∞"),
        (10, 0, "10", "10"),
    ],
)
def test_numbers(
    nb: Catalogue, en: Catalogue, value: float, decimals: int | None, norwegian: str, english: str
) -> None:
    assert nb.format_number(value, decimals) == norwegian
    assert en.format_number(value, decimals) == english


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_can_be_read_back(value: int) -> None:
    for catalogue in (Catalogue("nb"), Catalogue("en")):
        written = catalogue.format_number(value)
        plain = written.replace(NBSP, "").replace(",", "").replace("\u2212", "-")
        assert int(plain) == value


def test_percentages(nb: Catalogue, en: Catalogue) -> None:
    assert nb.format_percent(0.452, 1) == f"45,2{NBSP}%"
    assert en.format_percent(0.452, 1) == "45.2%"
    assert nb.format_percent(1) == f"100{NBSP}%"
    assert en.format_percent(math.nan) == "–"


def test_dates(nb: Catalogue, en: Catalogue) -> None:
    assert nb.format_date("2024-03-14") == "14. mars 2024"
    assert en.format_date("2024-03-14") == "14 March 2024"
    assert nb.format_date("2024-05-01T23:30:00") == "1. mai 2024"
    assert nb.format_month("2012-03") == "mars 2012"
    assert en.format_month("2012-12") == "December 2012"
    assert nb.format_moment("2024-03-14T09:05:00") == "14. mars 2024 kl. 09.05"
    assert en.format_moment("2024-03-14T09:05:00") == "14 March 2024, 09:05"


@pytest.fixture
def oslo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine stand in Oslo."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set for one process")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Oslo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("oslo")
def test_a_moment_late_in_the_evening_is_said_as_the_local_day(nb: Catalogue) -> None:
    assert nb.format_day_of("2024-05-01T22:30:00+00:00") == "2. mai 2024"
    assert nb.format_moment("2024-05-01T22:30:00Z") == "2. mai 2024 kl. 00.30"
    assert nb.format_day_of("2024-05-01T22:30:00") == "1. mai 2024"
    assert nb.format_day_of("i fjor") == "i fjor"


@pytest.mark.parametrize("text", ["", "2024-13-01", "i fjor", "2024-02-30", "2012", "2012-3-1-1"])
def test_what_is_no_date_comes_back_as_it_is(nb: Catalogue, text: str) -> None:
    assert nb.format_date(text) == text
    assert nb.format_month(text) == text
    assert nb.format_moment(text) in {text, nb.format_moment(text[:10])}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO.UTF-8"}, "nb"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "nb_NO.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "nn:nb:en"}, "nb"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "nb"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": ""}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_the_system(environment: dict[str, str], language: str) -> None:
    assert system_language(environment, preferred=()) == language


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (["nb-NO", "en-GB"], "nb"),
        (["nn-NO"], "nb"),
        (["Norwegian Bokmål_Norway"], "nb"),
        (["en-GB", "nb-NO"], "en"),
        (["da-DK"], "en"),
        ([], "nb"),
    ],
)
def test_what_the_platform_prefers_goes_before_the_environment(
    preferred: list[str], language: str
) -> None:
    assert system_language({"LANG": "nb_NO.UTF-8"}, preferred) == language


def test_the_interface_speaks_two_languages() -> None:
    assert [name for name in ("nb", "nn", "en", "") if is_interface_language(name)] == ["nb", "en"]


def test_importing_loads_nothing_heavy() -> None:
    program = (
        "import sys, qda.app.translation\n"
        "heavy = {'gettext', 'locale', 'babel', 'importlib.resources', 'PySide6', 'platformdirs'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


# ------------------------------------------------------------------- the tools of the catalogue
def entry(text: str, *translated: str, plural: str = "", fuzzy: bool = False) -> Entry:
    return Entry(Key(text), plural, translated, fuzzy)


def check(wanted: Entry, translated: Entry | None) -> list[str]:
    entries = {translated.key: translated} if translated is not None else {}
    return [
        problem.split(":")[0] for problem in translations.problems_of({wanted.key: wanted}, entries)
    ]


def test_a_whole_translation_has_no_problems() -> None:
    assert check(entry("Open {name}"), entry("Open {name}", "Åpne {name}")) == []
    several = entry("one file", plural="{n} files")
    assert check(several, entry("one file", "én fil", "{n} filer", plural="{n} files")) == []


def test_what_is_wrong_with_a_translation_is_said() -> None:
    assert check(entry("Open"), None) == ["not translated"]
    assert check(entry("Open"), entry("Open", "")) == ["not translated"]
    assert check(entry("Open"), entry("Open", "Åpne", fuzzy=True)) == ["marked as uncertain"]
    other = ["other places than in the sentence"]
    assert check(entry("Open {name}"), entry("Open {name}", "Åpne {navn}")) == other
    assert check(entry("About %1"), entry("About %1", "Om")) == other
    assert check(entry("Open"), entry("Close", "Lukk")) == [
        "not translated",
        "no longer in the source",
    ]
    one_form = entry("{n} file", "{n} fil", plural="{n} files")
    assert check(entry("{n} file", plural="{n} files"), one_form) == ["not translated"]
    assert check(entry("{n} file", plural="{n} files"), entry("{n} file", "{n} fil")) == [
        "the plural form changed"
    ]


def test_sentences_are_found_where_they_are_marked(tmp_path: Path) -> None:
    source = tmp_path / "window.py"
    source.write_text(
        'tr("Sources")\ntr(\n    "Two "\n    "parts"\n)\nself.x = tr_n("{n} a", "{n} b", 3)\n'
        'words_of_qt("Yes", "No")\n"abc".translate(table)\ntr(name)\nprint("not this")\n'
        'raise FileProblem(message("{name} is empty.", name="x"))\n',
        encoding="utf-8",
    )
    found, problems = translations.extract([source])
    assert set(found) == {
        Key("Sources"), Key("Two parts"), Key("{n} a"), Key("Yes", "Qt"), Key("No", "Qt"),
        Key("{name} is empty."),
    }  # fmt: skip
    assert found[Key("{n} a")].plural == "{n} b"
    assert problems == ["window.py:9: the sentence is not a literal, so nobody can translate it"]


def test_words_that_bypass_the_catalogue_are_found(tmp_path: Path) -> None:
    source = tmp_path / "pane.py"
    source.write_text(
        'label.setText("Bare")\nlabel.setText(tr("Said"))\nQLabel(f"{n} bare")\nx.setText("–")\n'
        'x.setObjectName("pane")\nx.setWindowTitle(f"{name} – qda")\nx.setText("A" if y else "")\n',
        encoding="utf-8",
    )
    assert [problem.split(" in ")[0] for problem in unmarked([source])] == [
        "pane.py:1: 'Bare'",
        "pane.py:3: ' bare'",
        "pane.py:7: 'A'",
    ]


texts = st.text(
    st.characters(exclude_characters="\r\0\x04", exclude_categories=["Cs"]), min_size=1, max_size=30
)


@given(st.dictionaries(texts, st.tuples(texts, st.booleans()), max_size=6))
def test_the_catalogue_survives_being_written_and_read(
    tmp_path_factory: pytest.TempPathFactory, sentences: dict[str, tuple[str, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("catalogue", numbered=True)
    entries = {
        Key(text): Entry(Key(text), text + "s" if several else "", (form,) * (1 + several))
        for text, (form, several) in sentences.items()
    }
    translations.write_po(folder / "nb.po", entries)
    assert translations.read_po(folder / "nb.po") == entries
    translations.write_mo(folder / "nb.mo", entries)
    with (folder / "nb.mo").open("rb") as file:
        spoken = Catalogue("nb", GNUTranslations(file))
    for text, (form, several) in sentences.items():
        if several:
            assert spoken.plural(text, text + "s", 1) == form
        else:
            assert spoken.text(text) == form


def test_the_catalogue_names_no_machine_time_or_address() -> None:
    text = resource("translations", "nb.po").read_text(encoding="utf-8")
    assert not any(word in text for word in ("://", "@", "Date:", "#:", "Translator"))
    keys = [line for line in text.splitlines() if line.startswith("msgid ")]
    assert len(keys) == text.count("\nmsgid ") + 1


def test_every_translation_fills_its_places() -> None:
    entries = translations.read_po(resource("translations", "nb.po"))
    values = {
        name: 1
        for item in entries.values()
        for _, name, _, _ in string.Formatter().parse(item.key.text)
        if name
    }
    for item in entries.values():
        for form in item.translations:
            if item.key.context == "":
                assert form.format(**values) or not form
