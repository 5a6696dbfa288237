"""The one place that says which planparse this is."""

__version__ = "0.1.0"

SCHEMA_VERSION = "1.0"
"""Version of the record's JSON; grows only when the shape of a record changes."""
