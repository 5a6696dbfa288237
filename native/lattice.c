/* The lattice of src/planparse/restore/lattice.py over again, bit for bit, but for its last pass.
 *
 * There arrays of the whole text are worked on step by step of its segments; here one edge after the other, in the
 * order in which they lie: nodes are sorted by place, so that all edges into a node come before those out of it.
 * The last pass adds up exponentials, which C libraries and NumPy round differently: it stays in Python.
 */
#include "lattice.h"

#include <stdlib.h>
#include <string.h>

#ifdef __GNUC__
#define FETCH(place) __builtin_prefetch(place)
#else
#define FETCH(place) ((void)0)
#endif

enum { BITS = 14, AHEAD = 24 };
static const float NEVER = -1e9f;

/* -- n-grams: static.py and LanguageModel.look ------------------------------------------------------------------- */

static uint64_t mix(uint64_t key, uint64_t seed) {
    uint64_t x = key + seed;
    x ^= x >> 33;
    x *= 0xFF51AFD7ED558CCDu;
    x ^= x >> 33;
    x *= 0xC4CEB9FE1A85EC53u;
    return x ^ x >> 29;
}

/* Where an n-gram's three cells lie, and its fingerprint. */
typedef struct {
    uint64_t a, b, c;
    uint32_t fingerprint;
} Spot;

static Spot spot_of(const NGrams *n, uint64_t key) {
    const uint64_t hashed = mix(key, n->seed), size = 1ull << n->segment_bits, mask = size - 1;
    const uint64_t base = ((hashed >> 32) * n->segments >> 32) << n->segment_bits, low = hashed & 0xFFFFFFFFu;
    return (Spot){
        base + (low & mask), base + size + (low >> 16 & mask),
        base + size + size + (hashed * 0xD6E8FEB86659FD93u >> 40 & mask),
        (uint32_t)(hashed * 0x9E3779B97F4A7C15u >> (64 - n->fingerprint_bits)),
    };
}

/* Look up the n-grams of a layer, those that are marked; they have what holds for an n-gram that is not stored.
 *
 * The cells lie all over a table that no cache holds: those of some n-grams are fetched before the first is needed. */
static void look(const NGrams *n, Layer *layer) {
    Spot spots[AHEAD];
    const uint32_t value_mask = (1u << n->value_bits) - 1, log_p_mask = (1u << n->log_p_bits) - 1;
    for (int32_t from = 0; from < layer->count; from += AHEAD) {
        const int32_t to = from + AHEAD < layer->count ? from + AHEAD : layer->count;
        for (int32_t at = from; at < to; at++) {
            if (!layer->hit[at])
                continue;
            const Spot spot = spots[at - from] = spot_of(n, layer->key[at]);
            FETCH(n->low + spot.a), FETCH(n->low + spot.b), FETCH(n->low + spot.c);
            if (n->high)
                FETCH(n->high + spot.a), FETCH(n->high + spot.b), FETCH(n->high + spot.c);
        }
        for (int32_t at = from; at < to; at++) {
            if (!layer->hit[at])
                continue;
            const Spot spot = spots[at - from];
            uint32_t cell = n->low[spot.a] ^ n->low[spot.b] ^ n->low[spot.c];
            if (n->high)
                cell |= (uint32_t)(n->high[spot.a] ^ n->high[spot.b] ^ n->high[spot.c]) << 16;
            layer->hit[at] = cell >> n->value_bits == spot.fingerprint;
            if (layer->hit[at]) {
                const uint32_t value = cell & value_mask;
                layer->log_p[at] = n->log_p[value & log_p_mask];
                if (n->bow)
                    layer->bow[at] = n->bow[value >> n->log_p_bits];
            }
        }
    }
}

/* -- layers ------------------------------------------------------------------------------------------------------ */

void free_layer(Layer *layer) {
    free(layer->first);
    free(layer->second);
    free(layer->arc);
    free(layer->key);
    free(layer->log_p);
    free(layer->bow);
    free(layer->hit);
    memset(layer, 0, sizeof *layer);
}

static bool make_layer(Layer *layer, size_t count) {
    const size_t room = count + 1;
    *layer = (Layer){
        .first = malloc(room * sizeof(int32_t)), .second = malloc(room * sizeof(int32_t)),
        .arc = malloc(room * sizeof(int32_t)), .key = malloc(room * sizeof(uint64_t)),
        .log_p = malloc(room * sizeof(float)), .bow = malloc(room * sizeof(float)),
        .hit = malloc(room * sizeof(bool)), .count = (int32_t)count,
    };
    if (count < INT32_MAX && layer->first && layer->second && layer->arc && layer->key && layer->log_p && layer->bow
        && layer->hit)
        return true;
    free_layer(layer);
    return false;
}

static bool first_layer(const Arcs *arcs, const Grams *grams, Layer *layer) {
    if (!make_layer(layer, arcs->count))
        return false;
    for (int32_t i = 0; i < arcs->count; i++) {
        const int64_t word = arcs->word[i];
        layer->first[i] = (int32_t)arcs->start[i];
        layer->second[i] = (int32_t)arcs->end[i];
        layer->arc[i] = i;
        layer->key[i] = word;
        layer->log_p[i] = grams->unigram[word];
        layer->bow[i] = grams->unigram_bow[word];
        layer->hit[i] = true;
    }
    return true;
}

/* All edges of a layer, as the nodes of the next: each node with those that end where it begins. */
static bool expand(const Layer *layer, const Arcs *arcs, const NGrams *grams, int32_t ends, Layer *edges) {
    int32_t *from = calloc((size_t)ends + 2, sizeof(int32_t)); /* of each end: its nodes begin here in by_end */
    int32_t *by_end = malloc(((size_t)layer->count + 1) * sizeof(int32_t));
    size_t count = 0;
    if (from && by_end) {
        for (int32_t i = 0; i < layer->count; i++)
            from[layer->second[i] + 2]++;
        for (int32_t k = 2; k <= ends + 1; k++)
            from[k] += from[k - 1];
        for (int32_t i = 0; i < layer->count; i++)
            by_end[from[layer->second[i] + 1]++] = i;
        for (int32_t j = 0; j < layer->count; j++)
            count += from[layer->first[j] + 1] - from[layer->first[j]];
    }
    const bool made = from && by_end && make_layer(edges, count);
    if (made) {
        int32_t at = 0;
        for (int32_t j = 0; j < layer->count; j++) {
            const uint64_t word = arcs->word[layer->arc[j]];
            for (int32_t k = from[layer->first[j]]; k < from[layer->first[j] + 1]; k++, at++) {
                const int32_t i = by_end[k];
                edges->first[at] = i;
                edges->second[at] = j;
                edges->arc[at] = layer->arc[j];
                edges->key[at] = layer->key[i] << BITS | word;
                edges->log_p[at] = layer->bow[i] + layer->log_p[j];
                edges->bow[at] = 0;
                edges->hit[at] = layer->hit[i] && layer->hit[j]; /* of both or there is none: worth a look */
            }
        }
        look(grams, edges);
    }
    free(from);
    free(by_end);
    return made;
}

/* Keep of the edges those that lie less than a margin behind the best path of their segment: Passes.margins. */
static bool prune(const Layer *nodes, Layer *edges, const Arcs *arcs, float weight, float margin) {
    const size_t count = nodes->count;
    int64_t last_place = 0;
    for (int32_t k = 0; k < arcs->places; k++)
        if (arcs->place[k] > last_place)
            last_place = arcs->place[k];
    int32_t *over = calloc((size_t)last_place + 2, sizeof(int32_t)), *segment = malloc((count + 1) * sizeof(int32_t));
    bool *cut = malloc((count + 1) * sizeof(bool));
    float *forward = malloc((count + 1) * sizeof(float)), *backward = malloc((count + 1) * sizeof(float));
    float *best = malloc((count + 2) * sizeof(float)), *through = malloc(((size_t)edges->count + 1) * sizeof(float));
    const bool made = over && segment && cut && forward && backward && best && through;
    if (made) {
        /* A node is a cut where every path must pass it: it is alone at its place, and nothing passes over. */
        for (size_t n = 0; n < count; n++) {
            over[arcs->place[arcs->start[nodes->arc[n]]]]++;
            over[arcs->place[arcs->end[nodes->arc[n]]]]--;
        }
        for (int64_t k = 1; k <= last_place; k++)
            over[k] += over[k - 1];
        int32_t segments = 0; /* cuts at places before the node's */
        for (size_t n = 0; n < count; n++) {
            const int64_t place = arcs->place[arcs->start[nodes->arc[n]]];
            if (n && cut[n - 1] && arcs->place[arcs->start[nodes->arc[n - 1]]] < place)
                segments++;
            cut[n] = over[place] == 1;
            segment[n] = segments;
            forward[n] = backward[n] = cut[n] ? 0 : NEVER;
            best[segments] = NEVER;
        }
        for (int32_t e = 0; e < edges->count; e++) {
            through[e] = weight * edges->log_p[e] + arcs->channel[edges->arc[e]];
            const float reached = forward[edges->first[e]] + through[e];
            if (!cut[edges->second[e]] && reached > forward[edges->second[e]])
                forward[edges->second[e]] = reached;
        }
        for (int32_t e = edges->count - 1; e >= 0; e--) {
            const float reached = backward[edges->second[e]] + through[e];
            if (!cut[edges->first[e]] && reached > backward[edges->first[e]])
                backward[edges->first[e]] = reached;
        }
        for (int32_t e = 0; e < edges->count; e++) {
            through[e] = forward[edges->first[e]] + through[e] + backward[edges->second[e]];
            float *first = best + segment[edges->second[e]];
            if (through[e] > *first)
                *first = through[e];
        }
        int32_t kept = 0;
        for (int32_t e = 0; e < edges->count; e++)
            if (through[e] - best[segment[edges->second[e]]] > -margin) {
                edges->first[kept] = edges->first[e];
                edges->second[kept] = edges->second[e];
                edges->arc[kept] = edges->arc[e];
                edges->key[kept] = edges->key[e];
                edges->log_p[kept] = edges->log_p[e];
                edges->bow[kept] = edges->bow[e];
                edges->hit[kept] = edges->hit[e];
                kept++;
            }
        edges->count = kept;
    }
    free(over);
    free(segment);
    free(cut);
    free(forward);
    free(backward);
    free(best);
    free(through);
    return made;
}

bool read_lattice(const Arcs *arcs, const Grams *grams, float weight, const float *margins, Layer *nodes,
                  Layer *edges) {
    int32_t ends = arcs->places;
    memset(edges, 0, sizeof *edges);
    bool made = first_layer(arcs, grams, nodes);
    for (int order = 1; made && order < LAYERS; order++) {
        made = expand(nodes, arcs, grams->longer + order - 1, ends, edges);
        if (made && order < LAYERS - 1) {
            made = prune(nodes, edges, arcs, weight, margins[order - 1]);
            ends = nodes->count;
            free_layer(nodes);
            *nodes = *edges;
            memset(edges, 0, sizeof *edges);
        }
    }
    if (!made) {
        free_layer(nodes);
        free_layer(edges);
    }
    return made;
}
