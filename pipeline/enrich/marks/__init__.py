"""Editorial marks and quotations: what brackets and quotation marks say."""
