"""Reading: files become data with a place for every key and value, and findings instead of exceptions."""
