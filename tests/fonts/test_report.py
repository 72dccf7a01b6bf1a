from certgen.fonts.faces import Face, Origin
from certgen.fonts.fontset import FontSet
from certgen.fonts.report import rows


def test_every_face_of_every_role_has_a_row(fonts: FontSet[Face]) -> None:
    table = rows(fonts)
    listed = [(row.role, row.position, row.family) for row in table]
    assert listed == [
        (role, position, face.family)
        for role, chain in fonts.faces.items()
        for position, face in enumerate(chain, 1)
    ]
    assert {row.origin for row in table} == {Origin.OPEN}
    assert all(row.licence for row in table)


def test_coverage_adds_up_to_the_whole_table(fonts: FontSet[Face]) -> None:
    by_role = {role: [row for row in rows(fonts) if row.role == role] for role in fonts.faces}
    for role in ("kai", "fangsong", "hei"):
        first, *_, last = by_role[role]
        assert first.covered == first.cumulative == 6638  # Fandol: GB 2312 and no more
        assert last.cumulative == 8105
    assert by_role["times"][-1].cumulative == 0
