"""Citations in notes, and the works and archives that they cite."""
