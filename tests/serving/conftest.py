"""The pages under test, with the settings of the web door."""

from tests.web.conftest import _settings, quick_passwords

__all__ = ["_settings", "quick_passwords"]
