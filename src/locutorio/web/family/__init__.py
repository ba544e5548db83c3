"""The pages of a family: whom they may visit, asking, the answer, the booking, the notices."""
