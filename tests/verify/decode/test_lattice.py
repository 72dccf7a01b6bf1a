import numpy as np
import pytest
import qrcode

from verify.decode.lattice import LARGEST, format_words, lattice


@pytest.mark.parametrize("version", range(1, LARGEST + 1))
def test_the_fixed_modules_are_those_of_another_encoder(version: int) -> None:
    shape = lattice(version)
    pictures = []
    for mask in range(8):
        code = qrcode.QRCode(version, mask % 4, border=0, mask_pattern=mask)
        code.add_data(f"{mask}")
        code.make(fit=False)
        modules = np.array(code.modules, dtype=bool)
        assert (modules == shape.dark)[shape.known].all()
        word = modules[shape.format_places]
        assert (word[:15] == word[15:]).all()
        assert (format_words() == word[:15]).all(axis=1).sum() == 1
        pictures.append(modules)
    changing = np.any(pictures, axis=0) != np.all(pictures, axis=0)
    assert not (changing & shape.known).any()
