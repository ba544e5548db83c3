import pytest
from tests.life.living import live
from tests.life.bugs import BUGS, made


@pytest.mark.parametrize("seed", range(12))
def test_seed(seed):
    lived = live(seed, 120)
    assert not lived.broken, lived.broken


RISK = next(b for b in BUGS if b.name == "a risk that is settled stays")


@pytest.mark.parametrize("seed", range(4))
def test_bug(seed):
    with made(RISK):
        lived = live(seed, 120)
    assert lived.broken
