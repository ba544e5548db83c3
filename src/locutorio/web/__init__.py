"""The web door: parse a request, call one action, draw the answer. No page decides, writes or remembers."""

from locutorio.web.serve import serve

__all__ = ["serve"]
