/* The search of src/planparse/recognise/tables/search.py over again, bit for bit.
 *
 * What it does and why is told there, in moves.py and in prices.py; names are theirs. Here stands only what differs:
 * ends of cells (tails) and labels are known by their places in a list, so that states compare by a few numbers.
 * Sums are added in the order in which Python adds them, since the last bit of a double may decide between two
 * readings: change the one with the other. tests/test_native_search.py holds both together.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "search.h"

#if FLT_EVAL_METHOD != 0
#error "doubles are added in more digits than Python's: build without the compiled search"
#endif

enum { GO_ON, CONTINUE, BEGIN, NEW_ROW, SPAN, SPAN_ON, N_DEEDS };
enum { OPEN, COMMA, CLAUSE, FULL_STOP };
enum { LOWER = 0, SECTION = 6, FOLLOWS = 8, FILLS = 14, LIMITS = 12, COUNTS = MOST_COLUMNS + 1 };
enum { RECENT = 2, NONE = -1, ZERO_LABEL = 0 };
static const double SPACE_WIDTH = 0.25, FULL_FROM = 0.72;

typedef struct {
    double width;
    int32_t word, full, row, ending, open;
    int32_t column; /* so that each is weighed for one column alone */
    int32_t earlier; /* the end before it that its line made in the column, or NONE */
} Tail;

typedef struct {
    double width;
    int32_t column, ending, row_start, label, since, numbered, span;
    int32_t cells[MOST_COLUMNS]; /* places of tails, or NONE */
} State;

typedef struct {
    double score;
    uint64_t hash;
    int32_t step; /* the last of its steps, or NONE */
    State state;
} Entry;

/* The moves open to an entry, as far as is needed to tell later how clear the one that was taken is. */
typedef struct {
    double first, second;
} Open;

typedef struct {
    double value;
    int32_t at, deed, column;
} Move;

/* What a piece says by itself, for each column, and tables that all its moves share: Prices.face. */
typedef struct {
    const Chunk *chunk;
    const double *tags, *speaks;
    double go[MOST_COLUMNS], cont[MOST_COLUMNS], begin[MOST_COLUMNS], new[MOST_COLUMNS], span;
    const double *skip, *late, *distance, *tail_case, *over;
    double ahead;
    int32_t before;
} Face;

typedef struct {
    const Table *table;
    const Language *language;
    const Pieces *pieces;
    Face face;
    Tail *tails;
    double *continued; /* of each tail: its price under the piece of this number */
    int32_t *continued_by;
    int32_t n_tails, room;
    int32_t newest[MOST_COLUMNS]; /* of each column the last end that the line made, or NONE */
    Move *moves;
    int32_t n_moves;
    Taken *steps;
    int32_t n_steps, steps_room;
    int32_t at; /* number of the piece */
} Race;

/* -- prices ------------------------------------------------------------------------------------------------------ */

static int least(int a, int b) { return a < b ? a : b; }

/* bisect_right over the edges of a column, from 1 on where its width is known. */
static int fill(const Table *table, int column, double width) {
    if (table->known[column] == 0.0)
        return 0;
    const double *edges = table->edges + column * LIMITS;
    int full = 0;
    while (full < LIMITS && edges[full] <= width)
        full++;
    return 1 + full;
}

static int follow_of(const Language *language, int before, int after) {
    return language->follows[(size_t)before * language->words + after];
}

static int full_follow_of(const Language *language, int64_t before, int64_t after) {
    if (!before || !after)
        return 0;
    int64_t key = before * language->full_words + after;
    size_t low = 0, high = language->pairs;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (language->pair_keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < language->pairs && language->pair_keys[low] == key)
        return language->pair_buckets[low];
    return language->common[before] + language->common[after] > 0 ? 1 : 2;
}

/* How a number fits the last one: match_label. */
static int match_label(const Pieces *pieces, int found_at, int last_at, int since) {
    const int32_t *found = pieces->label_parts + pieces->label_starts[found_at];
    int n = pieces->label_starts[found_at + 1] - pieces->label_starts[found_at];
    bool first = found[n - 1] == 1;
    if (last_at == NONE)
        return first ? 2 : 0;
    if (found_at == last_at)
        return 4;
    const int32_t *last = pieces->label_parts + pieces->label_starts[last_at];
    int m = pieces->label_starts[last_at + 1] - pieces->label_starts[last_at];
    int alike = 0;
    while (alike < n && alike < m && found[alike] == last[alike])
        alike++;
    if (n == m && alike >= n - 1) {
        int ahead = found[n - 1] - last[n - 1];
        return ahead == (since > 1 ? since : 1) ? 1 : 0 < ahead && ahead <= 3 ? 3 : first ? 2 : 5;
    }
    if (n == m + 1 && alike == m && first)
        return 1;
    if (n < m && alike >= n - 1 && found[n - 1] == last[n - 1] + 1)
        return 1;
    return first ? 2 : 5;
}

static void face(Race *race, const Chunk *chunk) {
    const Table *t = race->table;
    const Pieces *pieces = race->pieces;
    const int columns = t->columns, middle = !chunk->opens_line, manner = chunk->manner;
    const double *tags = pieces->tags + (size_t)race->at * (columns + 1);
    const double *speaks = pieces->speaks + (size_t)race->at * pieces->kinds;
    const double *opens = pieces->opens + (size_t)race->at * pieces->kinds;
    Face *f = &race->face;
    const int before = f->before = middle ? 0 : chunk->before;
    const double tag = t->tagged[0];
    const double begins = t->tagged[1] * chunk->begins[0], begins_not = t->tagged[1] * chunk->begins[1];
    const double opens_row = t->tagged[2] * chunk->row_opens[0], opens_none = t->tagged[2] * chunk->row_opens[1];
    double on = begins_not + opens_none;
    const double inside = begins + opens_none, new = begins + opens_row;
    const double *deed = t->deed + middle * columns;
    const int of_deed = 2 * columns;

    f->chunk = chunk;
    f->tags = tags;
    f->speaks = speaks;
    const double *own = t->own + (chunk->opens_line && chunk->closes_line) * columns * FILLS;
    for (int k = 0; k < columns; k++) {
        const double fits = own[k * FILLS + fill(t, k, chunk->width)];
        double said = t->speaks[k] * speaks[t->kinds[k]] + tag * tags[k];
        double starts = said + t->begin[manner * columns + k];
        f->cont[k] = said + deed[CONTINUE * of_deed + k] + on + fits;
        f->begin[k] = starts + deed[BEGIN * of_deed + k] + t->opens[k] * opens[t->kinds[k]] + inside + fits;
        f->new[k] = starts + deed[NEW_ROW * of_deed + k] + t->opens[columns + k] * opens[t->kinds[k]] + new + fits;
        f->go[k] = said;
    }
    if (middle) {
        on += t->follow_on[(chunk->follow * FOLLOWS + chunk->full_follow) * 2 + chunk->ruled];
        on += t->gap_case[(chunk->previous_ending * 4 + manner) * 2 + chunk->ruled];
        on += t->gaps_on[least(chunk->line_gaps, 3) * 2 + (chunk->follow < 4)];
        for (int k = 0; k < columns; k++)
            f->go[k] = f->go[k] + deed[GO_ON * of_deed + k] + on;
    } else {
        double span = t->span_speaks[0] * speaks[SECTION] + tag * tags[columns] + new;
        int broad = t->total_width > 0 ? least((int)(chunk->line_width / t->total_width * 6), 4) + 1 : 0;
        f->span = span + t->span_deed[0] + t->span_break[chunk->before];
        f->span += t->shape[least(chunk->line_gaps, 3) * 6 + broad];
    }
    f->skip = t->skip + (middle * 2 + least(before, 1)) * COUNTS * COUNTS;
    f->late = t->late + before * 6 * columns;
    f->distance = t->distance + (middle * 3 + before) * 5 * columns;
    f->tail_case = t->tail_case + (least(before, 1) * 4 + manner) * 4 * columns;
    f->over = t->over + chunk->follow * columns * FILLS;
    f->ahead = SPACE_WIDTH + chunk->head_width;
}

/* What speaks for going on with a cell; rivals share their ends of cells, so each is weighed once. */
static double continued(Race *race, int column, int tail_at) {
    if (race->continued_by[tail_at] == race->at)
        return race->continued[tail_at];
    const Table *t = race->table;
    const Face *f = &race->face;
    const Chunk *chunk = f->chunk;
    const Tail *tail = race->tails + tail_at;
    const int ended = tail->ending >= CLAUSE;
    const int follow = follow_of(race->language, tail->word, chunk->head_id);
    const int full = full_follow_of(race->language, tail->full, chunk->full_head);
    const int filled = fill(t, column, tail->width + SPACE_WIDTH + chunk->head_width);
    const int away = chunk->row - tail->row - 1;
    const int lines = away < 0 ? 0 : least(away, 4);
    const double price = t->tail[(follow * FOLLOWS + full) * 2 + ended]
        + f->tail_case[tail->ending * t->columns + column]
        + f->distance[lines * t->columns + column]
        + t->fit[((column * FILLS + filled) * FOLLOWS + follow) * 4 + ended * 2 + (chunk->manner != LOWER)];
    race->continued[tail_at] = price;
    race->continued_by[tail_at] = race->at;
    return price;
}

/* What speaks for a new row by how the piece follows the end of the task above. */
static double after_content(const Race *race, const Tail *tail) {
    const Table *t = race->table;
    const Chunk *chunk = race->face.chunk;
    const int follow = follow_of(race->language, tail->word, chunk->head_id);
    return t->follows[follow * 4 + tail->ending]
        + t->full_content[full_follow_of(race->language, tail->full, chunk->full_head)];
}

static double matched(const Race *race, int last, int since) {
    const int label = race->face.chunk->label;
    return race->table->match[label == NONE ? 0 : match_label(race->pieces, label, last, since)];
}

static double span_goes_on(const Race *race, int middle) {
    const Table *t = race->table;
    const Face *f = &race->face;
    const Chunk *chunk = f->chunk;
    return t->span_on_deed[middle]
        + t->span_on[chunk->manner * 2 + (chunk->before > 0)]
        + t->span_speaks[0] * f->speaks[SECTION]
        + t->tagged[0] * f->tags[t->columns]
        + t->tagged[1] * chunk->begins[1]
        + t->tagged[2] * chunk->row_opens[1];
}

static bool awaited(const Race *race, const Tail *tail) {
    return tail->open && race->face.chunk->row - tail->row <= RECENT;
}

/* -- moves ------------------------------------------------------------------------------------------------------- */

static void offer(Race *race, Open *open, double score, double price, int at, int deed, int column) {
    race->moves[race->n_moves++] = (Move){score + price, at, deed, column};
    if (price > open->first) {
        open->second = open->first;
        open->first = price;
    } else if (price > open->second) {
        open->second = price;
    }
}

/* Moves within a line. */
static void later(Race *race, Open *open, const Entry *entry, int at) {
    const Table *t = race->table;
    const Face *f = &race->face;
    const State *state = &entry->state;
    const int columns = t->columns, column = state->column, row = f->chunk->row;
    const double score = entry->score;
    const int over = fill(t, column, state->width + f->ahead);
    offer(race, open, score, f->go[column] + f->over[column * FILLS + over], at, GO_ON, column);
    if (column + 1 == columns)
        return;
    const double leave = t->leave[(column * FILLS + fill(t, column, state->width)) * 4 + state->ending];
    const double *late = f->late + least(row - state->row_start, 5) * columns;
    int unfinished = 0, empty = 0;
    for (int to = column + 1; to < columns; to++) {
        const bool is_number = to == t->number;
        const double left = leave + f->skip[unfinished * COUNTS + empty];
        if (state->cells[to] == NONE) {
            if (!is_number || f->chunk->may_number) {
                double price = left + f->begin[to] + late[to];
                if (is_number)
                    price += matched(race, state->label, state->since);
                offer(race, open, score, price, at, BEGIN, to);
            }
            empty += !is_number;
        } else {
            if (!is_number)
                offer(race, open, score, left + f->cont[to] + continued(race, to, state->cells[to]), at, CONTINUE, to);
            unfinished += awaited(race, race->tails + state->cells[to]);
        }
    }
}

/* Moves at the start of a line. */
static void opening(Race *race, Open *open, const Entry *entry, int at) {
    const Table *t = race->table;
    const Face *f = &race->face;
    const Chunk *chunk = f->chunk;
    const State *state = &entry->state;
    const int columns = t->columns, row = chunk->row;
    const bool begun = state->row_start >= 0;
    const double score = entry->score;
    double opened = t->first[f->before];
    const double *late = NULL;
    int missing = -(t->number >= 0 && !state->numbered), waiting = 0;
    for (int k = 0; k < columns; k++) {
        missing += state->cells[k] == NONE;
        waiting += state->cells[k] != NONE && awaited(race, race->tails + state->cells[k]);
    }
    if (0 <= state->span && state->span == row - 1)
        offer(race, open, score, span_goes_on(race, 0), at, SPAN_ON, NONE);
    const int fits = chunk->label == NONE ? 0 : match_label(race->pieces, chunk->label, state->label, state->since + 1);
    const double called = t->label[chunk->label_class * 6 + fits];
    offer(race, open, score, f->span + called + t->span_filled[missing], at, SPAN, NONE);
    if (begun) {
        const bool content = t->content >= 0 && state->cells[t->content] != NONE;
        opened = t->new[((f->before * 2 + content) * COUNTS + missing) * COUNTS + waiting]
            + t->numbered[state->numbered];
        late = f->late + least(row - state->row_start, 5) * columns;
    }
    int unfinished = 0, empty = 0;
    for (int to = 0; to < columns; to++) {
        const bool is_number = to == t->number;
        const int tail = state->cells[to];
        if (!is_number || chunk->may_number) {
            const double skip = f->skip[unfinished * COUNTS + empty];
            if (begun && tail == NONE) {
                double price = skip + f->begin[to] + late[to];
                if (is_number)
                    price += matched(race, state->label, state->since);
                offer(race, open, score, price, at, BEGIN, to);
            } else if (begun && !is_number) {
                offer(race, open, score, skip + f->cont[to] + continued(race, to, tail), at, CONTINUE, to);
            }
            double price = skip + f->new[to] + opened;
            if (is_number)
                price += matched(race, state->label, state->since + 1) + t->again[state->numbered];
            else if (tail != NONE && to == t->content)
                price += after_content(race, race->tails + tail);
            offer(race, open, score, price, at, NEW_ROW, to);
        }
        if (tail == NONE)
            empty += !is_number;
        else
            unfinished += awaited(race, race->tails + tail);
    }
}

/* -- states ------------------------------------------------------------------------------------------------------ */

/* The place of an end of a cell among all; pieces of one line may make the same end twice. NONE: no memory. */
static int tail_of(Race *race, const Tail *tail) {
    for (int i = race->newest[tail->column]; i != NONE; i = race->tails[i].earlier) {
        const Tail *other = race->tails + i;
        if (other->width == tail->width && other->word == tail->word && other->full == tail->full
            && other->row == tail->row && other->ending == tail->ending && other->open == tail->open)
            return i;
    }
    if (race->n_tails == race->room) {
        int32_t room = 2 * race->room;
        Tail *tails = realloc(race->tails, room * sizeof(Tail));
        if (tails)
            race->tails = tails;
        double *prices = realloc(race->continued, room * sizeof(double));
        if (prices)
            race->continued = prices;
        int32_t *by = realloc(race->continued_by, room * sizeof(int32_t));
        if (by)
            race->continued_by = by;
        if (!tails || !prices || !by)
            return NONE;
        race->room = room;
    }
    race->tails[race->n_tails] = *tail;
    race->tails[race->n_tails].earlier = race->newest[tail->column];
    race->newest[tail->column] = race->n_tails;
    race->continued_by[race->n_tails] = NONE;
    return race->n_tails++;
}

/* The state after a move; false: no memory. */
static bool advance(Race *race, State *state, const Move *move) {
    const Table *t = race->table;
    const Chunk *chunk = race->face.chunk;
    const int column = move->column;
    if (move->deed == SPAN_ON) {
        state->column = NONE;
        state->span = chunk->row;
        return true;
    }
    if (move->deed == SPAN || move->deed == NEW_ROW)
        for (int k = 0; k < t->columns; k++)
            state->cells[k] = NONE;
    if (move->deed == SPAN) {
        state->column = NONE;
        state->width = 0.0;
        state->ending = OPEN;
        state->row_start = NONE;
        state->label = chunk->label != NONE ? chunk->label : chunk->label_class ? ZERO_LABEL : NONE;
        state->since = state->numbered = 0;
        state->span = chunk->row;
        return true;
    }
    state->width = move->deed == GO_ON ? state->width + SPACE_WIDTH + chunk->width : chunk->width;
    if (move->deed == NEW_ROW) {
        state->row_start = chunk->row;
        state->since++;
        state->numbered = 0;
    }
    if (column == t->number) {
        state->numbered = 1;
        if (chunk->label != NONE) {
            state->label = chunk->label;
            state->since = 0;
        }
    }
    const double edge = t->widths[column];
    const bool unfinished = chunk->ending <= COMMA && (edge <= 0 || state->width > FULL_FROM * edge);
    const Tail tail = {
        state->width, chunk->tail_id, chunk->full_tail, chunk->row, chunk->ending, unfinished, column, NONE,
    };
    state->cells[column] = tail_of(race, &tail);
    state->column = column;
    state->ending = chunk->ending;
    state->span = NONE;
    return state->cells[column] != NONE;
}

/* A sum of products, each with a factor of its own: they do not wait for one another. */
static uint64_t hash_of(const State *state, int columns) {
    uint64_t hash, factor = 0x9E3779B97F4A7C15u;
    memcpy(&hash, &state->width, sizeof hash);
    const int32_t fields[] = {state->column, state->ending,   state->row_start, state->label,
                              state->since,  state->numbered, state->span};
    hash *= factor;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        hash += (uint32_t)fields[i] * (factor += 0xD1B54A32D192ED0Au);
    for (int k = 0; k < columns; k++)
        hash += (uint32_t)state->cells[k] * (factor += 0xD1B54A32D192ED0Au);
    return hash;
}

static bool same(const State *a, const State *b, int columns) {
    return a->width == b->width && a->column == b->column && a->ending == b->ending && a->row_start == b->row_start
        && a->label == b->label && a->since == b->since && a->numbered == b->numbered && a->span == b->span
        && !memcmp(a->cells, b->cells, columns * sizeof a->cells[0]);
}

/* -- the race ---------------------------------------------------------------------------------------------------- */

/* Whether a move stands before another: the order of Python's tuples (value, at, (deed, column)), greatest first. */
static bool ahead_of(const Move *a, const Move *b) {
    if (a->value != b->value)
        return a->value > b->value;
    if (a->at != b->at)
        return a->at > b->at;
    return a->deed != b->deed ? a->deed > b->deed : a->column > b->column;
}

static void sink(Move *heap, int count, int at) {
    const Move move = heap[at];
    for (int child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && ahead_of(heap + child + 1, heap + child))
            child++;
        if (!ahead_of(heap + child, &move))
            break;
        heap[at] = heap[child];
    }
    heap[at] = move;
}

/* Place one more chunk in every way that can still win; how many readings are left, or NONE: no memory. */
static int read_chunk(Race *race, const Entry *entries, int n_entries, Entry *kept, Open *opens, int size,
                      double margin) {
    const int columns = race->table->columns, row = race->face.chunk->row;
    race->n_moves = 0;
    for (int at = 0; at < n_entries; at++) {
        const State *state = &entries[at].state;
        opens[at] = (Open){-INFINITY, -INFINITY};
        if (state->span == row)
            offer(race, opens + at, entries[at].score, span_goes_on(race, 1), at, SPAN_ON, NONE);
        else if (state->column >= 0)
            later(race, opens + at, entries + at, at);
        else
            opening(race, opens + at, entries + at, at);
    }
    Move *heap = race->moves;
    double floor = heap[0].value;
    int count = 0;
    for (int i = 1; i < race->n_moves; i++)
        if (heap[i].value > floor)
            floor = heap[i].value;
    floor -= margin;
    for (int i = 0; i < race->n_moves; i++)
        if (heap[i].value >= floor)
            heap[count++] = heap[i];
    for (int i = count / 2 - 1; i >= 0; i--)
        sink(heap, count, i);

    int n_kept = 0;
    for (int tried = 0; tried < 2 * size && count && n_kept < size; tried++) {
        const Move move = heap[0];
        const Entry *entry = entries + move.at;
        Entry *new = kept + n_kept;
        heap[0] = heap[--count];
        if (count)
            sink(heap, count, 0);
        new->state = entry->state;
        if (!advance(race, &new->state, &move))
            return NONE;
        new->hash = hash_of(&new->state, columns);
        int i = 0;
        while (i < n_kept && !(kept[i].hash == new->hash && same(&kept[i].state, &new->state, columns)))
            i++;
        if (i < n_kept)
            continue;
        if (race->n_steps == race->steps_room) {
            Taken *steps = realloc(race->steps, 2 * (size_t)race->steps_room * sizeof(Taken));
            if (!steps)
                return NONE;
            race->steps = steps;
            race->steps_room *= 2;
        }
        const Open *open = opens + move.at;
        race->steps[race->n_steps] = (Taken){
            move.value - entry->score, open->first, open->second, entry->step, move.deed, move.column,
        };
        new->score = move.value;
        new->step = race->n_steps++;
        n_kept++;
    }
    return n_kept;
}

bool search(const Table *table, const Language *language, const Pieces *pieces, int size, double margin, Taken *taken) {
    Race race = {.table = table, .language = language, .pieces = pieces, .room = 1024, .steps_room = 4096};
    const int most = size * 2 * (table->columns + 1); /* moves that a chunk may have */
    Entry *entries = malloc(size * sizeof(Entry)), *kept = malloc(size * sizeof(Entry));
    Open *opens = malloc(size * sizeof(Open));
    race.tails = malloc(race.room * sizeof(Tail));
    race.continued = malloc(race.room * sizeof(double));
    race.continued_by = malloc(race.room * sizeof(int32_t));
    race.moves = malloc(most * sizeof(Move));
    race.steps = malloc(race.steps_room * sizeof(Taken));
    bool done = entries && kept && opens && race.tails && race.continued && race.continued_by && race.moves
        && race.steps;
    int n_entries = 1;
    if (done) {
        entries[0] = (Entry){.step = NONE, .state = {.column = NONE, .ending = OPEN, .row_start = NONE,
                                                     .label = NONE, .span = NONE}};
        for (int k = 0; k < MOST_COLUMNS; k++)
            entries[0].state.cells[k] = NONE;
    }
    for (race.at = 0; done && race.at < pieces->count; race.at++) {
        const Chunk *chunk = pieces->chunks + race.at;
        if (!race.at || chunk->row != chunk[-1].row)
            for (int k = 0; k < MOST_COLUMNS; k++)
                race.newest[k] = NONE;
        if (chunk->opens_line) {
            for (int i = 0; i < n_entries; i++) { /* at_line_start */
                State *state = &entries[i].state;
                if (state->column != NONE) {
                    state->column = NONE;
                    state->width = 0.0;
                }
            }
        }
        face(&race, chunk);
        n_entries = read_chunk(&race, entries, n_entries, kept, opens, size, margin);
        done = n_entries > 0;
        Entry *last = entries;
        entries = kept;
        kept = last;
    }
    if (done) {
        int step = entries[0].step; /* the best, since moves were taken best first */
        for (int at = pieces->count - 1; at >= 0; at--) {
            taken[at] = race.steps[step];
            step = race.steps[step].before;
        }
    }
    free(entries);
    free(kept);
    free(opens);
    free(race.tails);
    free(race.continued);
    free(race.continued_by);
    free(race.moves);
    free(race.steps);
    return done;
}
