/* What the compiled reading by letters is given: see src/planparse/restore/by_letters.py. */
#ifndef PLANPARSE_BY_LETTERS_H
#define PLANPARSE_BY_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LONGEST_INK = 16, LONGEST_BIT = 3 };

/* Words as a tree of their letters, level after level; of each level where its nodes and its ends begin. */
typedef struct {
    const int64_t *parents, *letters, *ends, *words;
    const int64_t *nodes_from, *ends_from; /* levels and one more */
    size_t levels, widest;
} Tree;

/* What letters turn into along one form. */
typedef struct {
    const float *lost;                  /* of each letter */
    const float *columns[LONGEST_BIT];  /* letters by places, for bits of 1, 2 and 3 characters; NULL: none so long */
    const float *added;                 /* of each character */
    const float *begun;                 /* of each boundary: the price of all characters before it standing for nothing */
    int length;
} Form;

/* Words and their prices along the best way; how many, or -1 where memory ran out. */
int64_t read_by_letters(const Tree *tree, const Form *form, float hopeless, int64_t *numbers, float *prices);

#endif
