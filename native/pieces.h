/* Pieces of lines as Python has them: see src/planparse/restore/native_pieces.py. */
#ifndef PLANPARSE_PIECES_H
#define PLANPARSE_PIECES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

extern const char cut_lines_doc[], find_forms_doc[], take_down_doc[], write_lines_doc[];

PyObject *py_cut_lines(PyObject *module, PyObject *args);
PyObject *py_find_forms(PyObject *module, PyObject *args);
PyObject *py_take_down(PyObject *module, PyObject *args);
PyObject *py_write_lines(PyObject *module, PyObject *args);

#endif
