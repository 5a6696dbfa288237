"""Restored text in, the parts of a record out. Each module finds one kind of thing.

A recogniser is a function ``find_…(text, layout, notes)``: it takes the restored document, the roles of its
lines and a :class:`~planparse.recognise.notes.Notebook`, returns record models, and writes evidence and
diagnostics into the notebook.
"""
