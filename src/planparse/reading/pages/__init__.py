"""Pages as words with boxes, whatever they were read from, and the lines of text that they make.

:mod:`model` says what a page is. :mod:`hocr`, :mod:`xmlresults` and :mod:`tsv` read what OCR programs write,
:mod:`pdf` and :mod:`image` what people scan. :mod:`rows`, :mod:`columns` and :mod:`grid` find rows of words, columns
side by side and the cells of ruled tables; :mod:`laying` writes them down as lines that the later stages read like
any other text, and remembers where each word stands.
"""
