"""A log that shows when it was tampered with: canonical records, salted commitments, an RFC 6962 tree, signed heads."""
