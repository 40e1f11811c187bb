"""Is it the TEI that an edition may hold (grammar), and does it hold together (links)?"""
