"""Files in, :class:`~planparse.source.SourceText` out; one module per input format."""

from planparse.reading.registry import MAX_BYTES, read_bytes, read_path, read_stream

__all__ = ["MAX_BYTES", "read_bytes", "read_path", "read_stream"]
