from qda.text.running_lines import find_running_lines, header_decisions


def page(*lines: str) -> list[str]:
    return list(lines)


def test_headers_and_page_numbers_on_most_pages() -> None:
    pages = [
        page("Intervju 3", f"tekst {chr(97 + n)}", "mer", f"og {chr(97 + n)}", str(n + 1))
        for n in range(5)
    ]
    found = find_running_lines(pages)
    assert set(found) == {"header:Intervju #", "header:#"}
    assert found["header:#"] == [(n, 4) for n in range(5)]


def test_two_pages_need_the_same_line_on_both() -> None:
    pages = [page("Notat", "a", "b", "c", "d"), page("Notat", "e", "f", "g", "h")]
    assert set(find_running_lines(pages)) == {"header:Notat"}
    assert find_running_lines([page("Leder: Ja.", "a"), page("Leder: Ja.", "b")]) == {}


def test_numbers_that_do_not_rise_are_no_page_numbers() -> None:
    assert find_running_lines([page("a", "12"), page("b", "7"), page("c", "9")]) == {}


def test_speech_that_recurs_in_other_words_stays() -> None:
    pages = [page(f"Leder: {n} personer", "x", f"y{chr(97 + n)}") for n in range(4)]
    assert "header:Leder: # personer" not in find_running_lines(pages)


def test_choices() -> None:
    pages = [page("Notat", "a", "b", "c")] * 3
    running = find_running_lines(pages)
    decisions, dropped = header_decisions(running, pages, {"header:Notat": False})
    assert not next(d for d in decisions if d.key == "header:Notat").applied
    assert (0, 0) not in dropped
    assert (0, 0) in header_decisions(running, pages, {})[1]
