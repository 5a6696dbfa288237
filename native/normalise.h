/* What the compiled normalising of the tagger is given: see normalised of src/planparse/recognise/tables/tagger.py. */
#ifndef PLANPARSE_NORMALISE_H
#define PLANPARSE_NORMALISE_H

#include <stddef.h>

enum { ABREAST = 8 }; /* sums of a row that run side by side; its width is a multiple of so many */

/* Rows of numbers made to have mean 0 and spread 1, then scaled and shifted. */
void normalise(const float *restrict x, const float *restrict scale, const float *restrict shift, float epsilon,
               size_t rows, size_t width, float *restrict normal);

#endif
