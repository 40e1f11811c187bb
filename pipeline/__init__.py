"""teipress: source texts to a scholarly edition in TEI, on the web and in print."""

__version__ = "0.1.0"
