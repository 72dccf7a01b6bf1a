from datetime import date

from certgen.exchange.agency import Agency, Branch, Site
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.names.printed import in_forms
from certgen.names.rare import find

AGENCY = Agency(
    name="㛃城样例厂",
    english_name="Sample Works",
    category="Y",
    sites={"main": Site("main", "Y000041000123", date(2020, 1, 1), date(2030, 12, 31))},
    branches={"north": Branch("north", "㛃城样例厂𬭎分厂", "Sample North", "main")},
)


def test_the_forms_of_agency_and_branches_are_looked_through(fonts: FontSet[Face]) -> None:
    found = {rare.char: rare for rare in find(in_forms(AGENCY), fonts)}
    assert set(found) == {"㛃", "𬭎"}
    assert {rare.role for rare in found.values()} == {"kai"}
    places = {place.file for place in found["㛃"].places}
    assert any("body.zh" in place for place in places)
    assert any("branch.name" in place for place in places)


def test_every_static_text_is_listed_in_its_role() -> None:
    listed = {(one.role, one.text) for one in in_forms(AGENCY)}
    assert ("kai", "职业技能等级证书") in listed
    assert ("times", "Certificate of Occupational Skill Level") in listed
    assert ("times", "http://jndj.osta.org.cn/") in listed
