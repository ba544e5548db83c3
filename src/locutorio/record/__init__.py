"""What makes a record answer for itself: entries, tree, signatures, proofs, seals. Bytes in, bytes out."""
