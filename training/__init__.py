"""Builds what planparse ships with or is judged by: invented documents, OCR pairs, models. Not part of the wheel."""
