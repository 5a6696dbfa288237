/* What the compiled weighing of links is given: see _ill_fits of src/planparse/recognise/tables/signs.py. */
#ifndef PLANPARSE_LINKS_H
#define PLANPARSE_LINKS_H

#include <stddef.h>
#include <stdint.h>

/* Words in reading order, with the line that each is of; buckets of all pairs of the vocabulary. */
typedef struct {
    const uint8_t *follows;
    const int32_t *names, *lines;
    size_t vocabulary, count;
} LinkedWords;

/* For each word how ill those fit that stand from an edge of its line on, step by step away from it. */
void weigh_links(const LinkedWords *words, const int32_t *edges, int step, int32_t farthest, double a_line, float none,
                 size_t candidates, float *ill);

#endif
