/* What the compiled search is given and gives: see native_search.py, which packs and unpacks it. */
#ifndef PLANPARSE_SEARCH_H
#define PLANPARSE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_COLUMNS = 11 };

/* One page's columns, and PriceTables for them, in its order. */
typedef struct {
    const double *deed, *span_deed, *span_on_deed, *speaks, *span_speaks, *opens, *tagged, *follow_on, *gap_case,
        *gaps_on, *begin, *edges, *known, *over, *leave, *tail, *tail_case, *distance, *fit, *late, *skip, *new,
        *first, *numbered, *again, *match, *follows, *full_content, *label, *shape, *span_break, *span_filled,
        *span_on, *own;
    const double *widths; /* of the columns, in ems */
    double total_width;
    const int32_t *kinds; /* of the columns */
    int columns, number, content;
} Table;

/* Of ColumnLanguage: buckets of pairs of folded words, and of words with their marks. */
typedef struct {
    const uint8_t *follows; /* words by words */
    const int64_t *pair_keys;
    const uint8_t *pair_buckets;
    const double *common;
    size_t words, full_words, pairs;
} Language;

/* A Chunk, as CHUNK packs it; what it says of kinds and columns lies beside it in Pieces. */
typedef struct {
    double head_width, width, line_width, begins[2], row_opens[2];
    int32_t row, opens_line, before, ruled, follow, previous_ending, manner, ending, label_class, head_id, tail_id,
        full_follow, full_head, full_tail, line_gaps, closes_line, label, may_number;
} Chunk;

typedef struct {
    const Chunk *chunks;
    const double *speaks, *opens; /* chunks by kinds */
    const double *tags;           /* chunks by columns and one more */
    const int32_t *label_starts, *label_parts;
    int count, kinds, labels;
} Pieces;

/* A step, with its price and the two best prices that were open there; -inf where it was the only one. */
typedef struct {
    double price, first, second;
    int32_t before, deed, column;
} Taken;

/* A step for each chunk; false where memory ran out. */
bool search(const Table *table, const Language *language, const Pieces *pieces, int size, double margin, Taken *taken);

#endif
