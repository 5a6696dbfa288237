"""Trains what :mod:`planparse.restore` knows: the language model and the OCR channels."""
