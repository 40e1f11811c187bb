"""Places, organisations and ships."""
