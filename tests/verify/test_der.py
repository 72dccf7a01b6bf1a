import pytest

from verify.der import INTEGER, OCTETS, SEQUENCE, read_first, read_sequence
from verify.fault import Fault


def test_a_sequence_gives_its_parts_and_their_bytes() -> None:
    sequence = read_sequence(bytes.fromhex("3006020101040141"))
    number, text = sequence.shaped(INTEGER, OCTETS)
    assert (number.value, text.value, text.raw) == (b"\x01", b"A", b"\x04\x01A")


def test_what_follows_the_first_element_is_handed_back() -> None:
    element, rest = read_first(bytes.fromhex("02010500ff"))
    assert (element.value, rest) == (b"\x05", b"\x00\xff")


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 65535, 65536])
def test_lengths_of_every_size_are_read(length: int) -> None:
    count = (length.bit_length() + 7) // 8
    head = bytes([length]) if length < 128 else bytes([128 + count]) + length.to_bytes(count)
    assert read_sequence(b"\x30" + head + bytes(length)).value == bytes(length)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("", id="nothing"),
        pytest.param("30", id="no length"),
        pytest.param("300201", id="cut off"),
        pytest.param("3000 00", id="something left over"),
        pytest.param("3180 0000", id="indefinite length"),
        pytest.param("3080 0000", id="indefinite length of a sequence"),
        pytest.param("308101 00", id="one byte for a short length"),
        pytest.param("30820080" + "00" * 128, id="leading zero in a length"),
        pytest.param("3082", id="length cut off"),
        pytest.param("3f8101 00", id="tag of several bytes"),
        pytest.param("0400", id="not a sequence"),
    ],
)
def test_anything_but_strict_der_is_refused(data: str) -> None:
    with pytest.raises(Fault):
        read_sequence(bytes.fromhex(data))


@pytest.mark.parametrize("tags", [(), (INTEGER,), (OCTETS, INTEGER), (INTEGER, OCTETS, OCTETS)])
def test_parts_of_other_kinds_or_number_are_refused(tags: tuple[int, ...]) -> None:
    with pytest.raises(Fault):
        read_sequence(bytes.fromhex("3006020101040141")).shaped(*tags)


def test_a_part_that_ends_behind_its_sequence_is_refused() -> None:
    sequence = read_sequence(bytes.fromhex("3003040241"))
    with pytest.raises(Fault):
        sequence.shaped(OCTETS)


def test_only_gives_the_single_part() -> None:
    assert read_sequence(bytes.fromhex("3003020107")).only(INTEGER).value == b"\x07"
    with pytest.raises(Fault):
        read_sequence(bytes.fromhex("3003020107")).only(SEQUENCE)
