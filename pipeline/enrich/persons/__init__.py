"""Persons: who is named, and who that is."""
