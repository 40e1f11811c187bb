"""The register of works and archives: read from its files, searched, and completed by what entries cite."""

from __future__ import annotations

from pipeline.enrich.citations.library_read import read_library
from pipeline.enrich.citations.library_records import Library, Record, library_of
from pipeline.enrich.citations.sightings import Sighting, proposals, propose

__all__ = ["Library", "Record", "Sighting", "library_of", "proposals", "propose", "read_library"]
