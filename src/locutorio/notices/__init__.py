"""What people are told of a decision, in their language."""
