"""Records out: JSON, YAML, JSONL; files are written atomically."""

from planparse.writing.files import print_text, write_text
from planparse.writing.formats import FORMATS, Format, choose_format, ordered
from planparse.writing.sinks import Sink, open_sink

__all__ = ["FORMATS", "Format", "Sink", "choose_format", "open_sink", "ordered", "print_text", "write_text"]
