"""The tree is that of RFC 6962, however it is grown, and its proofs hold for what they prove alone."""

from __future__ import annotations

import random
from functools import partial
from hashlib import sha256
from time import perf_counter

import pytest

from locutorio.record.tree import (
    Frontier,
    check_consistency,
    check_inclusion,
    consistency,
    inclusion,
    leaf_hash,
    levels_of,
    reader_of,
    root_at,
    wanted,
)
from locutorio.record.unproved import Unproved

SIZES = 40
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive(leaves: list[bytes]) -> bytes:
    """Give the root as RFC 6962, section 2.1, defines it, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = max(2**power for power in range(20) if 2**power < len(leaves))
    return sha256(b"\x01" + naive(leaves[:half]) + naive(leaves[half:])).digest()


LEAVES = [leaf_hash(str(number).encode()) for number in range(SIZES)]
READ = reader_of(levels_of(LEAVES))


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    """The leaves that implementations of RFC 6962 are tried with have the roots that are known."""
    tree = Frontier()
    for leaf in KNOWN_LEAVES[:size]:
        tree.append(leaf_hash(leaf))

    assert tree.root().hex() == KNOWN_ROOTS[size]


def test_a_tree_grows_as_it_is_defined() -> None:
    """Leaf by leaf, from stored nodes and by definition: one root; every node is made exactly once."""
    tree, stored = Frontier(), {}
    for size, leaf in enumerate(LEAVES, 1):
        for node in tree.append(leaf):
            assert (node.level, node.index) not in stored
            stored[node.level, node.index] = node.hash
        read = lambda level, index: stored[level, index]  # noqa: E731
        assert tree.root() == naive(LEAVES[:size]) == root_at(size, read)
        assert Frontier.of(size, read).peaks == tree.peaks
    assert stored == {
        (level, index): hash_
        for level, row in enumerate(levels_of(LEAVES))
        for index, hash_ in enumerate(row)
    }


def test_every_leaf_is_proved_and_no_other() -> None:
    """Each leaf is shown in each tree; at another index, in another size or with another path it is not."""
    for size in range(1, SIZES):
        root = naive(LEAVES[:size])
        for index in range(size):
            path = inclusion(index, size, READ)
            check_inclusion(LEAVES[index], index, size, path, root)
            wrong = [(index + 1, size, path), (index - 1, size, path), (index, size, (*path, root))]
            wrong += [(index, size, path[1:]), (index, size, path[:-1])] if path else []
            for at, of, by in wrong:
                with pytest.raises(Unproved):
                    check_inclusion(LEAVES[index], at, of, by, root)


def test_growth_is_proved_and_nothing_else() -> None:
    """Each tree is shown to begin with each smaller one; with a hash changed, added or cut it is not."""
    chance = random.Random(6962)
    for new in range(1, SIZES):
        for old in range(new + 1):
            path, roots = consistency(old, new, READ), (naive(LEAVES[:old]), naive(LEAVES[:new]))
            check_consistency(old, roots[0], new, roots[1], path)
            wrong = [(*path, roots[0])]
            if path:
                place = chance.randrange(len(path))
                wrong += [path[1:], path[:-1], (*path[:place], bytes(32), *path[place + 1 :])]
            for by in wrong:
                with pytest.raises(Unproved):
                    check_consistency(old, roots[0], new, roots[1], by)
            if old:
                with pytest.raises(Unproved):
                    check_consistency(old, bytes(32), new, roots[1], path)


def test_a_smaller_tree_is_no_growth() -> None:
    """A tree that lost entries, or has another root at the same size, is refused."""
    with pytest.raises(Unproved):
        check_consistency(5, naive(LEAVES[:5]), 4, naive(LEAVES[:4]), ())
    with pytest.raises(Unproved):
        check_consistency(5, naive(LEAVES[:5]), 5, naive(LEAVES[1:6]), ())


def test_a_proof_says_what_it_reads() -> None:
    """The nodes named beforehand are enough to make the proof."""
    for index, size in ((0, 1), (3, 7), (30, 39)):
        places = wanted(partial(inclusion, index, size))
        levels = [[bytes(32)] * SIZES for _ in range(SIZES)]
        for level, at in places:
            levels[level][at] = READ(level, at)
        assert inclusion(index, size, reader_of(levels)) == inclusion(index, size, READ)


def test_proofs_of_two_million_leaves_are_quick() -> None:
    """A proof reads a few nodes, however large the tree: far below a millisecond each."""
    size, asked = 2_000_003, 0
    read = lambda level, index: bytes(32)  # noqa: E731
    places = wanted(partial(inclusion, size - 1, size)) + wanted(
        partial(
            consistency,
            size // 3,
            size,
        )
    )
    began = perf_counter()
    for index in range(0, size, 20_000):
        assert len(inclusion(index, size, read)) <= 21
        asked += 1
    each = (perf_counter() - began) / asked

    assert len(places) < 80
    assert each < 0.001
