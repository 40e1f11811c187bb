"""Enrichment, TEI → TEI: passes that add the scholarly encoding to a text and never change a character of it."""
