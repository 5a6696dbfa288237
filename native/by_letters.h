/* What the compiled reading by letters is given: see src/planparse/restore/by_letters.py. */
#ifndef PLANPARSE_BY_LETTERS_H
#define PLANPARSE_BY_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LONGEST_INK = 16, LONGEST_BIT = 3, UNSEEN = 2, MOST_WORDS = 64 }; /* UNSEEN: bits from there on were seen */

/* Words as a tree of their letters, level after level; of each level where its nodes and its ends begin. */
typedef struct {
    const int32_t *parents, *letters, *ends;
    const int32_t *nodes_from, *ends_from; /* levels and one more */
    const int64_t *words;
    const float *credits; /* of each word: what is added to its price for its rank */
    size_t levels, widest, all_letters;
} Tree;

/* What letters turn into along one form. */
typedef struct {
    const float *lost;       /* of each letter */
    const float *bits;       /* bits of ink by letters: the price of the letter turning into the bit */
    const int32_t *spelled;  /* the bits of 1, of 2 and of 3 characters that the form is made of */
    const float *added;      /* of each character */
    int length;
} Form;

typedef struct {
    int64_t word;
    float price, rank;
} Found;

/* The words of the best ranks and their prices along the best way; how many, or -1 where memory ran out. */
int read_by_letters(const Tree *tree, const Form *form, float hopeless, int most, Found *found);

#endif
