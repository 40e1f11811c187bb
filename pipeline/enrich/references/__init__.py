"""References to entries, pages and notes of the edition."""
