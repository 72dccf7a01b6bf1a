from hypothesis import given
from hypothesis import strategies as st

from certgen.clerk.counts import CodeCount, count
from certgen.model.finding import Finding, Severity

from .builders import a_finding

ROWS = 12


def _findings() -> st.SearchStrategy[list[Finding]]:
    one = st.builds(
        a_finding,
        st.integers(4, 3 + ROWS),
        st.sampled_from(["", "A", "C"]),
        st.sampled_from(Severity),
        st.sampled_from(["name/missing", "date/future", "photo/small"]),
    )
    return st.lists(one)


@given(_findings(), _findings())
def test_the_counts_add_up(about_file: list[Finding], about_rows: list[Finding]) -> None:
    counts = count(about_file, about_rows, ROWS)

    assert counts.refused + counts.doubtful + counts.clean == ROWS
    assert counts.clean >= 0
    assert counts.findings == len(about_file) + len(about_rows)


def test_a_row_with_an_error_and_a_warning_is_refused_once() -> None:
    found = [a_finding(4), a_finding(4, severity=Severity.WARNING), a_finding(5, "A")]

    counts = count([], found, 3)

    assert (counts.refused, counts.doubtful, counts.clean) == (2, 0, 1)


def test_a_note_leaves_a_row_clean() -> None:
    assert count([], [a_finding(severity=Severity.NOTE)], 1).clean == 1


def test_a_finding_about_the_file_refuses_no_person() -> None:
    counts = count([a_finding(3), a_finding(None, "")], [], 2)

    assert (counts.clean, counts.findings) == (2, 2)


def test_codes_stand_gravest_first_then_most_frequent_with_their_rows() -> None:
    found = [
        a_finding(4, severity=Severity.WARNING, code="photo/small"),
        a_finding(4, code="name/missing"),
        a_finding(4, "A", code="text/invisible"),
        a_finding(4, "B", code="text/invisible"),
        a_finding(5, code="text/invisible"),
    ]

    assert count([a_finding(None, "", Severity.NOTE, "roster/note")], found, 2).by_code == (
        CodeCount("text/invisible", Severity.ERROR, 3, 2),
        CodeCount("name/missing", Severity.ERROR, 1, 1),
        CodeCount("photo/small", Severity.WARNING, 1, 1),
        CodeCount("roster/note", Severity.NOTE, 1, 0),
    )
