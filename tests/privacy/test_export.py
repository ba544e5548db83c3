"""The file that a person is given of themself holds what they may know, and nothing that only others may."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from locutorio.actions.export_person import Exporting, export_person
from tests.privacy.campaign import opened
from tests.privacy.planting import NOW, Plan, Step, World, plain, plan_of
from tests.privacy.reading import OUTSIDE, texts_in
from tests.privacy.sown import PLAN

PEOPLE = [one for one in OUTSIDE if one.person]


def given(world: World, person: str, *, for_person: bool) -> Mapping[str, bytes]:
    what = Exporting(world.oak.people[person], "them", "they asked", for_person)
    return export_person(what, world.oak.sent(f"export {person} {for_person}", NOW))


def marks(files: Mapping[str, bytes]) -> str:
    """Give all that stands in files, and under what is sealed in them, to be looked through."""
    return plain("".join(text for name, data in files.items() for text in (name, *texts_in(data, "html"))))


@pytest.mark.parametrize("plan", [PLAN, plan_of(0), plan_of(3)], ids=["sown", "0", "3"])
def test_what_may_reach_them_and_no_more(plan: Plan) -> None:
    """No mark of what is not theirs stands in it, though the whole file has some; what is theirs does."""
    hidden_in_whole = reached = 0
    with opened(plan) as world:
        for reader in PEOPLE:
            own, whole = (marks(given(world, reader.person, for_person=one)) for one in (True, False))
            for one in world.planted:
                for mark in one.marks:
                    if reader.may_know(one):
                        reached += mark in own
                    else:
                        shared = any(
                            reader.may_know(other) and mark in other.marks for other in world.planted
                        )
                        assert shared or mark not in own, (reader.person, one)
                        hidden_in_whole += not shared and mark in whole
    assert reached > 5
    assert hidden_in_whole > 0


def test_petitions_reach_them_but_for_sensitive_ones() -> None:
    """Their petition and its ruling are in their file; of one that is sensitive nothing."""
    plan = replace(
        PLAN, after=(Step("petition", "rowan", "alder", 0), Step("sensitive", "rowan", "alder", 0))
    )
    with opened(plan) as world:
        own = marks(given(world, "rowan", for_person=True))
        found = {one.kind: all(mark in own for mark in one.marks) for one in world.planted}
    assert (found["petition"], found["sensitive"]) == (True, False)


def test_it_says_that_it_is_a_part() -> None:
    """Both pages say so; it has no entries, no letter to others, and shows that no entry was left out."""
    with opened(PLAN) as world:
        files = given(world, "rowan", for_person=True)
        file = json.loads(files["file.json"])
        assert file["exported"]["for_person"] is True
        assert (file["entries"], file["count"]) == ([], 0)
        assert {row["person_id"] for row in file["rows"]["store_notice"]} == {str(world.oak.people["rowan"])}
        assert not {"store_separation", "store_hold", "store_proposal"} & file["rows"].keys()
        assert b"as far as" in files["index.en.html"]
        assert b"hasta donde" in files["index.es.html"]
        assert not [name for name in files if name.startswith(("proofs/", "documents/"))]
        assert [name for name in files if name.startswith("all/")]
