/* normalised of src/planparse/recognise/tables/tagger.py over again, bit for bit: row by row, in one go. */
#include "normalise.h"

#include <math.h>

/* The mean of some numbers, or of their squares: eight sums side by side, then those by twos. */
static inline float mean(const float *numbers, size_t width, int squares) {
    float sums[ABREAST] = {0};
    for (size_t at = 0; at < width; at += ABREAST)
        for (int i = 0; i < ABREAST; i++) {
            const float number = numbers[at + i];
            sums[i] += squares ? number * number : number;
        }
    const float left = (sums[0] + sums[1]) + (sums[2] + sums[3]), right = (sums[4] + sums[5]) + (sums[6] + sums[7]);
    return (left + right) / (float)width;
}

void normalise(const float *restrict x, const float *restrict scale, const float *restrict shift, float epsilon,
               size_t rows, size_t width, float *restrict normal) {
    for (size_t row = 0; row < rows; row++, x += width, normal += width) {
        const float middle = mean(x, width, 0);
        for (size_t at = 0; at < width; at += ABREAST) /* in steps of one size: so compilers take several at once */
            for (int i = 0; i < ABREAST; i++)
                normal[at + i] = x[at + i] - middle;
        const float spread = sqrtf(mean(normal, width, 1) + epsilon);
        for (size_t at = 0; at < width; at += ABREAST)
            for (int i = 0; i < ABREAST; i++)
                normal[at + i] = normal[at + i] / spread * scale[at + i] + shift[at + i];
    }
}
