"""The review: what rules decided in an edition and what they could not, beside the source, as a page for editors."""
