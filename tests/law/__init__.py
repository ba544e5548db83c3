"""The shipped law against the catalogue it was written from."""
