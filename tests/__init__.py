"""Promises, by package. Django is made ready here, before a test names a table or a page."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "locutorio.web.settings"
django.setup()
