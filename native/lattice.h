/* What the compiled lattice is given and gives: see src/planparse/restore/native_lattice.py. */
#ifndef PLANPARSE_LATTICE_H
#define PLANPARSE_LATTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LAYERS = 4 };

/* A StaticFunction, with what its values stand for. */
typedef struct {
    const uint16_t *low;
    const uint8_t *high; /* NULL where cells have 16 bits */
    const float *log_p, *bow; /* bow: NULL for the longest n-grams */
    uint64_t seed, segments;
    uint32_t segment_bits, value_bits, fingerprint_bits, log_p_bits;
} NGrams;

typedef struct {
    const float *unigram, *unigram_bow;
    NGrams longer[LAYERS - 1];
} Grams;

typedef struct {
    const int64_t *word, *start, *end, *place;
    const float *channel;
    int32_t count, places;
} Arcs;

/* Paths of so many arcs: lattice.py's Layer. */
typedef struct {
    int32_t *first, *second, *arc;
    uint64_t *key;
    float *log_p, *bow;
    bool *hit;
    int32_t count;
} Layer;

void free_layer(Layer *layer);

/* The last layer's nodes and edges, after all layers below have been pruned; false where memory ran out. */
bool read_lattice(const Arcs *arcs, const Grams *grams, float weight, const float *margins, Layer *nodes,
                  Layer *edges);

/* Log probabilities of the last words of rows of so many words (at most LAYERS); false where memory ran out. */
bool read_grams(const int64_t *words, size_t count, int order, const Grams *grams, float *log_p);

#endif
