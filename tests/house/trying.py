"""Adopts a form in a folder of its own, for tests and for the campaign."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from locutorio.actions.house_rules import adopt
from tests.house.forms import Form, rules_of


def adopted_and_told(form: Form) -> tuple[str, ...]:
    """Adopt a form, and give what the check said."""
    with TemporaryDirectory() as folder:
        return adopt(rules_of(form), Path(folder)).lines
