/* add_rows of src/planparse/recognise/tables/around.py over again, bit for bit: a sum is loaded and stored once. */
#include "add_rows.h"

void add_rows(const float *restrict rows, const int32_t *restrict chosen, size_t count, size_t each, size_t width,
              float *restrict sums) {
    for (size_t at = 0; at < count; at++, chosen += each, sums += width)
        for (size_t from = 0; from < width; from += STRIDE) { /* in steps of one size: so compilers add several at once */
            float sum[STRIDE];
            for (int i = 0; i < STRIDE; i++)
                sum[i] = sums[from + i];
            for (size_t k = 0; k < each; k++) {
                const float *row = rows + (size_t)chosen[k] * width + from;
                for (int i = 0; i < STRIDE; i++)
                    sum[i] += row[i];
            }
            for (int i = 0; i < STRIDE; i++)
                sums[from + i] = sum[i] > 0 ? sum[i] : 0;
        }
}
