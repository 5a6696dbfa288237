"""Records out: JSON, YAML, JSONL; files are written atomically."""
