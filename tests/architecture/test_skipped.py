"""CI may not pass on tests that nobody ran."""

from pathlib import Path

import pytest

from tests.skipped import main, skipped

REPORT = """<testsuites><testsuite name="pytest">
<testcase classname="tests.a" name="test_runs"/>
<testcase classname="tests.a" name="test_fails"><skipped type="pytest.xfail" message="known"/></testcase>
{more}</testsuite></testsuites>"""
SKIP = (
    '<testcase classname="tests.b" name="test_page">'
    '<skipped type="pytest.skip" message="needs chromium"/></testcase>'
)


def test_a_report_without_a_skip_passes(tmp_path: Path) -> None:
    """A run in which every test ran, or failed as expected, is accepted."""
    (tmp_path / "report.xml").write_text(REPORT.format(more=""), "utf-8")

    assert main(str(tmp_path / "report.xml")) == 0


def test_a_skipped_test_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A test skipped for want of a tool is named with its reason, and the run fails."""
    (tmp_path / "report.xml").write_text(REPORT.format(more=SKIP), "utf-8")

    assert main(str(tmp_path / "report.xml")) == 1
    assert capsys.readouterr().out == "skipped: tests.b.test_page: needs chromium\n"


def test_an_empty_report_is_an_error() -> None:
    """A report with no test in it proves nothing."""
    with pytest.raises(ValueError, match="no test"):
        list(skipped("<testsuites/>"))
