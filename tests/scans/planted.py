"""Finds what looks like a secret in the files that git knows, but for what is known to be none."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

KNOWN = Path(__file__).with_name("known.txt")
HASHES = re.compile(r"(^|/)(uv\.lock|proof\.json)$|/vendor/")  # of what is published, each checked elsewhere
_ASKING = "detect_secrets.filters.common.is_ignored_due_to_verification_policies"  # it would ask a network
Found = tuple[str, str, str]


def tracked(root: Path) -> list[str]:
    """Give the files that git knows below a folder, by their paths from it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [one for one in listed.split("\0") if one and (root / one).is_file() and not HASHES.search(one)]


def found(root: Path, files: Iterable[str]) -> dict[Found, int]:
    """Give what looks like a secret: file, kind and SHA-1 of the text, with the line where it stands."""
    kinds: Iterable[type] = get_mapping_from_secret_type_to_class().values()
    plugins = [{"name": one.__name__} for one in kinds]
    with transient_settings({"plugins_used": plugins}) as settings:
        settings.disable_filters(_ASKING)
        seen = SecretsCollection(root=str(root))
        seen.scan_files(*files)
        each: Iterator[tuple[str, PotentialSecret]] = iter(seen)
        return {(file, one.type, one.secret_hash): one.line_number for file, one in each}


def known() -> frozenset[Found]:
    """Give what looks like a secret and is none, as it was looked at."""
    lines = [line.split("\t") for line in KNOWN.read_text("utf-8").splitlines() if not line.startswith("#")]
    return frozenset((file, kind, digest) for file, kind, digest in lines)


def wrong(root: Path, files: Iterable[str], known: frozenset[Found]) -> Iterator[str]:
    """Say what looks like a secret and is not known to be none; and what is known and stands nowhere now."""
    seen = found(root, files)
    for one, line in sorted(seen.items()):
        if one not in known:
            file, kind, digest = one
            yield f"{file}, line {line}: this looks like a secret ({kind}, {digest})"
    for file, kind, digest in sorted(known - seen.keys()):
        yield f"{KNOWN.name} lists what no longer stands in {file} ({kind}, {digest}): take the line out"
