import pytest

from qda.text.periods import month_number, parse_period, split_heading


@pytest.mark.parametrize(
    "text",
    ["2012-03", " 201203 ", "2012/03", "2012.03", "2012M03", "2012-03-01", "2012-03-31 00:00:00",
     "03.2012", "3/2012", "01.03.2012", "mars 2012", "Mars2012", "mar. 2012", "2012 March",
     "March 2012"],
)  # fmt: skip
def test_months_as_people_write_them(text: str) -> None:
    assert parse_period(text) == "2012-03"


@pytest.mark.parametrize("text", ["", "2012", "2012-13", "2012-00", "mars", "Q1 2012", "32.13.2012",
                                  "mor 2012", "20120", "1999999", "\u0662012-03"])  # fmt: skip
def test_what_is_no_month(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("2012-03", ("", "2012-03")),
        ("godkjent 2012-03", ("godkjent", "2012-03")),
        ("godkjente planer 2012-03", ("godkjente planer", "2012-03")),
        ("godkjent_201203", ("godkjent", "2012-03")),
        ("2012M03 godkjent", ("godkjent", "2012-03")),
        ("godkjent (mars 2012)", ("godkjent", "2012-03")),
        ("mars 2012", ("", "2012-03")),
        ("godkjent - 03.2012", ("godkjent", "2012-03")),
        ("ansatte", None),
        ("ansatte 2012", None),
        ("", None),
    ],
)
def test_headings_with_a_month(heading: str, found: tuple[str, str] | None) -> None:
    assert split_heading(heading) == found


def test_months_are_counted() -> None:
    assert month_number("2012-03") - month_number("2011-12") == 3
