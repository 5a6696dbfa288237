"""Semantic rules over a finished record, one function a rule, each with a stable code."""
