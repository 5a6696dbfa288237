/* What the compiled adding up of rows is given: see add_rows of src/planparse/recognise/tables/around.py. */
#ifndef PLANPARSE_ADD_ROWS_H
#define PLANPARSE_ADD_ROWS_H

#include <stddef.h>
#include <stdint.h>

enum { STRIDE = 8 }; /* numbers of a row that are added side by side; its width is a multiple of so many */

/* Adds to each sum the rows chosen for it, one after the other, and makes 0 of what is below it. */
void add_rows(const float *restrict rows, const int32_t *restrict chosen, size_t count, size_t each, size_t width,
              float *restrict sums);

#endif
