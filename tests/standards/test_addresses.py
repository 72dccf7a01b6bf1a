from certgen.standards import addresses


def test_the_addresses_are_those_of_sample_one() -> None:
    assert addresses.CERTIFICATE_QUERY == "http://jndj.osta.org.cn/"
    assert addresses.INSTITUTION_QUERY == "http://pjjg.osta.org.cn/"


def test_every_misread_host_leads_to_a_printed_address() -> None:
    printed = {addresses.CERTIFICATE_QUERY, addresses.INSTITUTION_QUERY}
    assert {f"http://{host}/" for host in addresses.MISREAD_HOSTS.values()} == printed
    assert not {f"http://{host}/" for host in addresses.MISREAD_HOSTS} & printed
    assert addresses.MISREAD_HOSTS["mjdj.costa.org.cn"] == "jndj.osta.org.cn"
