"""What Vietnamese administration knows, as dated YAML data with a source per entry, and its loader."""
