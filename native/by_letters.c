/* LetterReader.scores of src/planparse/restore/by_letters.py over again, bit for bit: one node after the other. */
#include "by_letters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef float Row[LONGEST_INK + 1]; /* log price of a node's letters having turned into the ink before each boundary */

/* The row of a node from that of its parent; returns the best of it. */
static float reach(const Form *form, const float *restrict above, int64_t letter, float *restrict reached) {
    const int length = form->length;
    const float lost = form->lost[letter];
    for (int i = 0; i <= length; i++)
        reached[i] = above[i] + lost;
    for (int size = 1; size <= LONGEST_BIT && form->columns[size - 1]; size++) {
        const int places = length - size + 1;
        const float *restrict column = form->columns[size - 1] + letter * places;
        float *restrict behind = reached + size;
        for (int i = 0; i < places; i++) {
            const float turned = above[i] + column[i];
            behind[i] = turned > behind[i] ? turned : behind[i];
        }
    }
    float best = reached[0];
    for (int i = 1; i <= length; i++) {
        const float more = reached[i - 1] + form->added[i - 1];
        if (more > reached[i])
            reached[i] = more;
        if (reached[i] > best)
            best = reached[i];
    }
    return best;
}

int64_t read_by_letters(const Tree *tree, const Form *form, float hopeless, int64_t *numbers, float *prices) {
    Row *above = malloc((tree->widest + 1) * sizeof(Row)), *here = malloc((tree->widest + 1) * sizeof(Row));
    float *best = malloc((tree->widest + 1) * sizeof(float));
    /* of each node of the level above, and of this one: which row is its, or -1 where it was given up */
    int64_t *row_above = malloc((tree->widest + 1) * sizeof(int64_t));
    int64_t *row = malloc((tree->widest + 1) * sizeof(int64_t));
    int64_t found = above && here && best && row_above && row ? 0 : -1;
    if (found == 0) {
        memcpy(above[0], form->begun, (form->length + 1) * sizeof(float));
        row_above[0] = 0;
    }
    for (size_t level = 0; found >= 0 && level < tree->levels; level++) {
        const int64_t from = tree->nodes_from[level], count = tree->nodes_from[level + 1] - from;
        int64_t rows = 0, kept = 0;
        float top = -INFINITY;
        for (int64_t node = 0; node < count; node++) {
            const int64_t parent = row_above[tree->parents[from + node]];
            row[node] = parent < 0 ? -1 : rows;
            if (parent < 0)
                continue;
            best[rows] = reach(form, above[parent], tree->letters[from + node], here[rows]);
            if (best[rows] > top)
                top = best[rows];
            rows++;
        }
        if (!rows)
            break;
        const float bar = top - hopeless;
        for (int64_t node = 0; node < count; node++) {
            const int64_t at = row[node];
            if (at < 0)
                continue;
            row[node] = -1;
            if (best[at] > bar) {
                if (kept != at)
                    memcpy(here[kept], here[at], sizeof(Row));
                row[node] = kept++;
            }
        }
        for (int64_t end = tree->ends_from[level]; end < tree->ends_from[level + 1]; end++) {
            const int64_t at = row[tree->ends[end]];
            if (at >= 0) {
                numbers[found] = tree->words[end];
                prices[found++] = here[at][form->length];
            }
        }
        Row *rows_before = above;
        above = here;
        here = rows_before;
        int64_t *before = row_above;
        row_above = row;
        row = before;
    }
    free(above);
    free(here);
    free(best);
    free(row_above);
    free(row);
    return found;
}
