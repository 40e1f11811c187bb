"""TEI → what people read: a website and a book. Only reads the edition; never writes into it."""
