from certgen.standards.regions import PROVINCES


def test_the_table_has_35_provinces_in_rising_order() -> None:
    assert len(PROVINCES) == 35
    assert list(PROVINCES) == sorted(PROVINCES)
    assert len({name.zh for name in PROVINCES.values()}) == 35
    assert len({name.en for name in PROVINCES.values()}) == 35


def test_14_is_shanxi_although_henan_prints_shaanxi() -> None:
    assert PROVINCES["14"].zh == "山西省"
    assert PROVINCES["61"].zh == "陕西省"


def test_66_is_the_production_and_construction_corps() -> None:
    assert PROVINCES["66"].zh == "新疆生产建设兵团"
