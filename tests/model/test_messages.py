"""Sentences of the core, said by a translator."""

import pytest

from qda.app.translation import load_catalogue
from qda.cli import language
from qda.model.messages import counted, message

REASON = message("{name} is no month; write it as 2012-03.", name="mars")


class Shouting:
    """A translator whose language is capitals, places kept."""

    def text(self, source: str) -> str:
        """Return the sentence in capitals."""
        return source.upper().replace("{NAME}", "{name}").replace("{REASON}", "{reason}")

    def plural(self, singular: str, plural: str, count: int) -> str:
        """Return the form in capitals."""
        return self.text(singular if count == 1 else plural).replace("{N}", "{n}")


def test_a_message_inside_a_message_is_said_in_the_same_language() -> None:
    row = message("the first row: {reason}", reason=REASON)
    assert str(row) == "the first row: mars is no month; write it as 2012-03."
    assert row.say(Shouting()) == "THE FIRST ROW: mars IS NO MONTH; WRITE IT AS 2012-03."
    outer = message("well: {reason}", reason=row)
    assert outer.say(Shouting()) == f"WELL: {row.say(Shouting())}"


@pytest.mark.parametrize(("n", "said"), [(1, "1 ROW: "), (2, "2 ROWS: ")])
def test_counted_messages_say_theirs_too(n: int, said: str) -> None:
    rows = counted("{n} row: {reason}", "{n} rows: {reason}", n, reason=message("no"))
    assert rows.say(Shouting()) == f"{said}NO"


def test_braces_in_a_value_are_no_places() -> None:
    name = message("{name} is read", name="{reason}")
    assert message("{reason}: {name}", reason=name, name="{0}").say(None) == "{reason} is read: {0}"


def test_the_command_line_says_messages_as_values(monkeypatch: pytest.MonkeyPatch) -> None:
    def nb() -> str:
        return language.tr("{a} and {b}", a=message("Case"), b="x")

    assert nb() == "Case and x"
    monkeypatch.setattr("qda.cli.language._Current.catalogue", load_catalogue("nb"))
    assert "Kontor" in nb()


@pytest.mark.parametrize(
    ("n", "norwegian", "english"),
    [
        (9_999, "9999 kodinger", "9999 codings"),
        (19_499, "19\u00a0499 kodinger", "19,499 codings"),
        (1_200_000, "1\u00a0200\u00a0000 kodinger", "1,200,000 codings"),
    ],
)
def test_a_long_count_has_its_thousands_apart(n: int, norwegian: str, english: str) -> None:
    codings = counted("{n} coding", "{n} codings", n)
    assert codings.say(load_catalogue("nb")) == norwegian
    assert codings.say(load_catalogue("en")) == english
