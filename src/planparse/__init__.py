"""planparse: OCR'd Vietnamese administrative plans in, validated records out."""

from planparse.version import __version__

__all__ = ["__version__"]
