/* _ill_fits of src/planparse/recognise/tables/signs.py over again, bit for bit, but only pairs that count are looked up. */
#include "links.h"

void weigh_links(const LinkedWords *words, const int32_t *edges, int step, int32_t farthest, double a_line, float none,
                 size_t candidates, float *ill) {
    const int32_t *names = words->names, *lines = words->lines;
    const int64_t count = (int64_t)words->count;
    for (int64_t word = 0; word < count; word++, ill += candidates) {
        const size_t own = names[word];
        int64_t other = edges[word];
        size_t at = 0;
        for (; at < candidates && other >= 0 && other < count; at++, other += step) {
            const int64_t away = ((int64_t)lines[other] - lines[word]) * step;
            if (away > farthest) /* as are all beyond it */
                break;
            const size_t pair = step < 0 ? names[other] * words->vocabulary + own : own * words->vocabulary + names[other];
            ill[at] = -(float)(words->follows[pair] - a_line * away);
        }
        for (; at < candidates; at++)
            ill[at] = none;
    }
}
