/* The lattice of src/planparse/restore/lattice.py over again, bit for bit, but for its last pass.
 *
 * There arrays of the whole text are worked on step by step of its segments; here one edge after the other, in the
 * order in which they lie: nodes are sorted by place, so that all edges into a node come before those out of it.
 * The last pass adds up exponentials, which C libraries and NumPy round differently: it stays in Python.
 *
 * At the end, n-grams that stand in no lattice: LanguageModel.log_p of language.py.
 */
#include "lattice.h"

#include <stdlib.h>
#include <string.h>

#ifdef __GNUC__
#define FETCH(place) __builtin_prefetch(place)
#else
#define FETCH(place) ((void)0)
#endif

enum { BITS = 14, AHEAD = 48, ROWS = 512 }; /* ROWS: of n-grams looked up at a time, few enough for the cache */
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

/* Whether an n-gram may be stored, by the high bytes of its cells: they hold the most of its fingerprint, and so few
 * of the rest pass. */
static bool may_be_stored(const NGrams *n, const Spot *spot) {
    const uint32_t high = n->high[spot->a] ^ n->high[spot->b] ^ n->high[spot->c];
    return high == spot->fingerprint >> (16 - n->value_bits);
}

/* Look up the n-grams of a layer, those that are marked; they have what holds for an n-gram that is not stored.
 *
 * The cells lie all over a table that no cache holds: those of some n-grams are fetched before the first is needed.
 * Most n-grams are not stored; what is left of cells is fetched for those alone whose high bytes do not say so. */
static void look(const NGrams *n, Layer *layer) {
    Spot spots[AHEAD];
    int32_t places[AHEAD];
    const uint32_t value_mask = (1u << n->value_bits) - 1, log_p_mask = (1u << n->log_p_bits) - 1;
    const bool in_two = n->high && n->value_bits <= 16;
    for (int32_t from = 0, next; from < layer->count; from = next) {
        int asked = 0, left = 0;
        for (next = from; next < layer->count && asked < AHEAD; next++) {
            if (!layer->hit[next])
                continue;
            places[asked] = next;
            const Spot spot = spots[asked++] = spot_of(n, layer->key[next]);
            if (n->high)
                FETCH(n->high + spot.a), FETCH(n->high + spot.b), FETCH(n->high + spot.c);
            if (!in_two)
                FETCH(n->low + spot.a), FETCH(n->low + spot.b), FETCH(n->low + spot.c);
        }
        for (int i = 0; i < asked; i++) {
            const Spot spot = spots[i];
            if (in_two && !may_be_stored(n, &spot)) {
                layer->hit[places[i]] = false;
                continue;
            }
            if (in_two)
                FETCH(n->low + spot.a), FETCH(n->low + spot.b), FETCH(n->low + spot.c);
            places[left] = places[i];
            spots[left++] = spot;
        }
        for (int i = 0; i < left; i++) {
            const Spot spot = spots[i];
            const int32_t at = places[i];
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

/* Room for so many; what is in the layer stays. */
static bool make_room(Layer *layer, size_t count) {
#define WIDEN(of) \
    do { \
        void *wider = count < INT32_MAX ? realloc(layer->of, (count + 1) * sizeof *layer->of) : NULL; \
        if (!wider) { \
            free_layer(layer); \
            return false; \
        } \
        layer->of = wider; \
    } while (0)
    WIDEN(first);
    WIDEN(second);
    WIDEN(arc);
    WIDEN(key);
    WIDEN(log_p);
    WIDEN(bow);
    WIDEN(hit);
#undef WIDEN
    return true;
}

static bool make_layer(Layer *layer, size_t count) {
    memset(layer, 0, sizeof *layer);
    const bool made = make_room(layer, count);
    layer->count = made ? (int32_t)count : 0;
    return made;
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

/* The nodes of a layer by where they end: those that end at k are by_end[from[k]] to by_end[from[k + 1] - 1]. */
typedef struct {
    int32_t *from, *by_end;
} Ends;

static bool find_ends(const Layer *layer, int32_t ends, Ends *found) {
    int32_t *from = found->from = calloc((size_t)ends + 2, sizeof(int32_t));
    int32_t *by_end = found->by_end = malloc(((size_t)layer->count + 1) * sizeof(int32_t));
    if (!from || !by_end)
        return false;
    for (int32_t i = 0; i < layer->count; i++)
        from[layer->second[i] + 2]++;
    for (int32_t k = 2; k <= ends + 1; k++)
        from[k] += from[k - 1];
    for (int32_t i = 0; i < layer->count; i++)
        by_end[from[layer->second[i] + 1]++] = i;
    return true;
}

static void free_ends(Ends *ends) {
    free(ends->from);
    free(ends->by_end);
}

/* How many edges lead to some nodes of a layer. */
static size_t count_edges(const Layer *layer, const Ends *ends, int32_t first, int32_t behind) {
    size_t count = 0;
    for (int32_t j = first; j < behind; j++)
        count += ends->from[layer->first[j] + 1] - ends->from[layer->first[j]];
    return count;
}

/* The edges that lead to some nodes of a layer, as nodes of the next: each node with those that end where it begins. */
static void join(const Layer *layer, const Ends *ends, int32_t first, int32_t behind, const Arcs *arcs,
                 const NGrams *grams, Layer *edges) {
    int32_t at = 0;
    for (int32_t j = first; j < behind; j++) {
        const int32_t arc = layer->arc[j];
        const uint64_t word = arcs->word[arc];
        const float log_p = layer->log_p[j];
        const bool hit = layer->hit[j];
        const int32_t from = ends->from[layer->first[j]], to = ends->from[layer->first[j] + 1];
        for (int32_t k = from; k < to; k++, at++) {
            const int32_t i = ends->by_end[k];
            edges->first[at] = i;
            edges->second[at] = j;
            edges->arc[at] = arc;
            edges->key[at] = layer->key[i] << BITS | word;
            edges->log_p[at] = layer->bow[i] + log_p;
            edges->bow[at] = 0;
            edges->hit[at] = layer->hit[i] & hit; /* of both or there is none: worth a look */
        }
    }
    edges->count = at;
    look(grams, edges);
}

/* All edges of a layer. */
static bool expand(const Layer *layer, const Arcs *arcs, const NGrams *grams, int32_t ends, Layer *edges) {
    Ends found;
    const bool made = find_ends(layer, ends, &found) && make_layer(edges, count_edges(layer, &found, 0, layer->count));
    if (made)
        join(layer, &found, 0, layer->count, arcs, grams, edges);
    free_ends(&found);
    return made;
}

/* Which nodes are cuts. A node is one where every path must pass it: it is alone at its place, nothing passes over. */
static bool find_cuts(const Layer *nodes, const Arcs *arcs, bool *cut) {
    int64_t last_place = 0;
    for (int32_t k = 0; k < arcs->places; k++)
        if (arcs->place[k] > last_place)
            last_place = arcs->place[k];
    int32_t *over = calloc((size_t)last_place + 2, sizeof(int32_t));
    if (!over)
        return false;
    for (int32_t n = 0; n < nodes->count; n++) {
        over[arcs->place[arcs->start[nodes->arc[n]]]]++;
        over[arcs->place[arcs->end[nodes->arc[n]]]]--;
    }
    for (int64_t k = 1; k <= last_place; k++)
        over[k] += over[k - 1];
    for (int32_t n = 0; n < nodes->count; n++)
        cut[n] = over[arcs->place[arcs->start[nodes->arc[n]]]] == 1;
    free(over);
    return true;
}

/* Of the nodes what the passes ask for, and of the edges of one segment. */
typedef struct {
    bool *cut;
    float *forward, *backward; /* of the nodes: the best path of their segment up to them, and on from them */
    float *through;            /* of the edges */
} Passed;

/* Keep of a segment's edges those that lie less than a margin behind the best path: Passes.margins. */
static void pass(const Layer *edges, const Arcs *arcs, float weight, float margin, const Passed *p, Layer *kept) {
    float best = NEVER;
    for (int32_t e = 0, behind; e < edges->count; e = behind) { /* edges into one node lie together */
        const int32_t node = edges->second[e];
        const float channel = arcs->channel[edges->arc[e]];
        float most = p->forward[node];
        for (behind = e; behind < edges->count && edges->second[behind] == node; behind++) {
            p->through[behind] = weight * edges->log_p[behind] + channel;
            const float reached = p->forward[edges->first[behind]] + p->through[behind];
            most = reached > most ? reached : most;
        }
        if (!p->cut[node])
            p->forward[node] = most;
    }
    for (int32_t e = edges->count - 1; e >= 0; e--) {
        const float reached = p->backward[edges->second[e]] + p->through[e];
        if (!p->cut[edges->first[e]] && reached > p->backward[edges->first[e]])
            p->backward[edges->first[e]] = reached;
    }
    for (int32_t e = 0; e < edges->count; e++) {
        p->through[e] = p->forward[edges->first[e]] + p->through[e] + p->backward[edges->second[e]];
        if (p->through[e] > best)
            best = p->through[e];
    }
    for (int32_t e = 0; e < edges->count; e++)
        if (p->through[e] - best > -margin) {
            const int32_t to = kept->count++;
            kept->first[to] = edges->first[e];
            kept->second[to] = edges->second[e];
            kept->arc[to] = edges->arc[e];
            kept->key[to] = edges->key[e];
            kept->log_p[to] = edges->log_p[e];
            kept->bow[to] = edges->bow[e];
            kept->hit[to] = edges->hit[e];
        }
}

/* The edges of a layer that are worth to be kept. Segments, from one cut to the next, have nothing to do with each
 * other: one after the other they stay in the processor's cache, which all edges of a text together do not. */
static bool expand_and_prune(const Layer *nodes, const Arcs *arcs, const NGrams *grams, int32_t ends, float weight,
                             float margin, Layer *kept) {
    const size_t count = nodes->count;
    Ends found;
    Layer edges;
    Passed p = {
        .cut = malloc((count + 1) * sizeof(bool)), .forward = malloc((count + 1) * sizeof(float)),
        .backward = malloc((count + 1) * sizeof(float)), .through = NULL,
    };
    size_t room = 0, kept_room = count;
    memset(&edges, 0, sizeof edges);
    bool made = find_ends(nodes, ends, &found) && p.cut && p.forward && p.backward && find_cuts(nodes, arcs, p.cut)
        && make_layer(kept, kept_room);
    if (made) {
        kept->count = 0;
        for (size_t n = 0; n < count; n++)
            p.forward[n] = p.backward[n] = p.cut[n] ? 0 : NEVER;
    }
    for (int32_t first = 0, behind; made && first < nodes->count; first = behind) {
        for (behind = first + 1; behind < nodes->count && !p.cut[behind - 1]; behind++)
            ;
        const size_t many = count_edges(nodes, &found, first, behind);
        if (many > room) {
            room = 2 * many;
            float *through = realloc(p.through, room * sizeof(float));
            p.through = through ? through : p.through;
            made = through && make_room(&edges, room);
        }
        if (made && kept->count + many > kept_room) {
            kept_room = 2 * (kept->count + many);
            made = make_room(kept, kept_room);
        }
        if (made) {
            join(nodes, &found, first, behind, arcs, grams, &edges);
            pass(&edges, arcs, weight, margin, &p, kept);
        }
    }
    free_ends(&found);
    free_layer(&edges);
    free(p.cut);
    free(p.forward);
    free(p.backward);
    free(p.through);
    return made;
}

bool read_lattice(const Arcs *arcs, const Grams *grams, float weight, const float *margins, Layer *nodes,
                  Layer *edges) {
    int32_t ends = arcs->places;
    memset(edges, 0, sizeof *edges);
    bool made = first_layer(arcs, grams, nodes);
    for (int order = 1; made && order < LAYERS; order++) {
        const NGrams *longer = grams->longer + order - 1;
        made = order == LAYERS - 1 ? expand(nodes, arcs, longer, ends, edges)
                                   : expand_and_prune(nodes, arcs, longer, ends, weight, margins[order - 1], edges);
        if (made && order < LAYERS - 1) {
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

/* The n-grams of some rows of words: LanguageModel._grams. What they are made of is worked out in place, size by size:
 * of a row of four words the four of one word, then the three of two, and so on. */
static void read_rows(const int64_t *words, int32_t rows, int order, const Grams *grams, Layer *layer) {
    for (int32_t i = 0; i < rows * order; i++) {
        layer->key[i] = words[i];
        layer->log_p[i] = grams->unigram[words[i]];
        layer->bow[i] = grams->unigram_bow[words[i]];
        layer->hit[i] = true;
    }
    for (int size = 2; size <= order; size++) {
        int32_t at = 0, from = 0;
        for (int32_t row = 0; row < rows; row++, from++) /* the last of each row begins none */
            for (int last = size - 1; last < order; last++, at++, from++) {
                layer->key[at] = layer->key[from] << BITS | (uint64_t)words[row * order + last];
                layer->log_p[at] = layer->bow[from] + layer->log_p[from + 1];
                layer->bow[at] = 0;
                layer->hit[at] = layer->hit[from] && layer->hit[from + 1];
            }
        layer->count = at;
        look(grams->longer + size - 2, layer);
    }
}

bool read_grams(const int64_t *words, size_t count, int order, const Grams *grams, float *log_p) {
    Layer layer;
    if (!make_layer(&layer, (size_t)ROWS * order))
        return false;
    for (size_t first = 0; first < count; first += ROWS) {
        const size_t rows = count - first < ROWS ? count - first : ROWS;
        read_rows(words + first * order, (int32_t)rows, order, grams, &layer);
        memcpy(log_p + first, layer.log_p, rows * sizeof(float));
    }
    free_layer(&layer);
    return true;
}
