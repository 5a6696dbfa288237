/* LetterReader.best of src/planparse/restore/by_letters.py over again, bit for bit: one node after the other.
 *
 * A row holds, for a node, the log price of its letters having turned into the ink before each boundary. Nothing
 * (-inf) stands before the first boundary and behind the last, so that a row is reached in steps of one size, which
 * the compiler makes steps of several numbers at once; ink as short as most has shorter rows. Bits of a size none of
 * which any letter was seen to turn into are left out: character by character the ink is always likelier.
 */
#include "by_letters.h"

#include <math.h>
#include <stdlib.h>

enum { BEFORE = 4, SHORT = 4, NARROW = 8, WIDE = 20 }; /* numbers before the first boundary, and from it on */
enum { ABREAST = 2 }; /* rows whose numbers are found side by side: of more the processor keeps fewer at hand */

#ifdef __GNUC__
#define EACH_WIDTH_BY_ITSELF __attribute__((always_inline))
#else
#define EACH_WIDTH_BY_ITSELF
#endif

/* For each letter and size of bit, of each boundary: the price of the letter turning into the bit that ends there.
 * Returns the longest size that any letter was seen to turn into. */
static int lay_out(const Tree *tree, const Form *form, int width, float *columns) {
    const size_t letters = tree->all_letters, apart = LONGEST_BIT * width;
    const int32_t *bits = form->spelled;
    int sizes = 1;
    for (size_t i = 0; i < letters * apart; i++)
        columns[i] = -INFINITY;
    for (int size = 1; size <= LONGEST_BIT; size++)
        for (int i = size; i <= form->length; i++, bits++) {
            const float *prices = form->bits + (size_t)*bits * letters;
            float *column = columns + (size - 1) * width + i;
            if (size > 1 && *bits < UNSEEN)
                continue;
            sizes = size;
            for (size_t letter = 0; letter < letters; letter++)
                column[letter * apart] = prices[letter];
        }
    return sizes;
}

/* The row of a node from that of its parent, before characters stand for nothing. */
static inline EACH_WIDTH_BY_ITSELF void reach(int width, int sizes, const float *restrict above, float lost,
                                              const float *restrict columns, float *restrict reached) {
    for (int i = 0; i < width; i++) {
        const float kept = above[i] + lost, turned = above[i - 1] + columns[i];
        reached[i] = turned > kept ? turned : kept;
    }
    for (int size = 2; size <= sizes; size++) {
        const float *restrict column = columns + (size - 1) * width, *restrict before = above - size;
        for (int i = 0; i < width; i++) {
            const float turned = before[i] + column[i];
            reached[i] = turned > reached[i] ? turned : reached[i];
        }
    }
}

/* Let characters stand for nothing in some rows, and find the best of each. In a row every number waits for the one
 * before it; rows that go abreast wait together. */
static inline EACH_WIDTH_BY_ITSELF void pass_over(const Form *form, int stride, int abreast, float *rows, float *best) {
    float last[ABREAST], most[ABREAST];
    for (int row = 0; row < abreast; row++)
        most[row] = last[row] = rows[row * stride];
    for (int i = 1; i <= form->length; i++) {
        const float added = form->added[i - 1];
        for (int row = 0; row < abreast; row++) {
            const float reached = rows[row * stride + i], more = last[row] + added;
            last[row] = more > reached ? more : reached;
            rows[row * stride + i] = last[row];
            most[row] = last[row] > most[row] ? last[row] : most[row];
        }
    }
    for (int row = 0; row < abreast; row++)
        best[row] = most[row];
}

/* Put a word that is worth it among the found, best first; of words of one rank that which came first. */
static int take(int64_t word, float price, float rank, int most, int count, Found *found) {
    int at = count < most ? count++ : count - 1;
    for (; at > 0 && found[at - 1].rank < rank; at--)
        found[at] = found[at - 1];
    found[at] = (Found){word, price, rank};
    return count;
}

typedef struct {
    float *above, *here, *best, *columns;
    int32_t *row_above, *row; /* of each node of the level above, and of this one: which row is its, or -1: given up */
} Room;

static inline EACH_WIDTH_BY_ITSELF int read_rows(const Tree *tree, const Form *form, int width, float hopeless,
                                                 int most, Room *room, Found *found) {
    const int stride = BEFORE + width;
    int count = 0;
    for (size_t row = 0; row <= tree->widest; row++)
        for (int i = 0; i < BEFORE; i++)
            room->above[row * stride + i] = room->here[row * stride + i] = -INFINITY;
    room->above[BEFORE] = 0; /* all characters before a boundary stand for nothing */
    for (int i = 1; i < width; i++)
        room->above[BEFORE + i] = i <= form->length ? room->above[BEFORE + i - 1] + form->added[i - 1] : -INFINITY;
    const int sizes = lay_out(tree, form, width, room->columns);
    room->row_above[0] = 0;
    for (size_t level = 0; level < tree->levels; level++) {
        const int32_t from = tree->nodes_from[level], nodes = tree->nodes_from[level + 1] - from;
        int32_t rows = 0;
        float top = -INFINITY;
        for (int32_t node = 0; node < nodes; node++) {
            const int32_t parent = room->row_above[tree->parents[from + node]];
            room->row[node] = parent < 0 ? -1 : rows;
            if (parent < 0)
                continue;
            const size_t letter = tree->letters[from + node];
            reach(width, sizes, room->above + parent * stride + BEFORE, form->lost[letter],
                  room->columns + letter * LONGEST_BIT * width, room->here + rows++ * stride + BEFORE);
        }
        int32_t passed = 0;
        for (; passed + ABREAST <= rows; passed += ABREAST)
            pass_over(form, stride, ABREAST, room->here + passed * stride + BEFORE, room->best + passed);
        for (; passed < rows; passed++)
            pass_over(form, stride, 1, room->here + passed * stride + BEFORE, room->best + passed);
        for (int32_t row = 0; row < rows; row++)
            top = room->best[row] > top ? room->best[row] : top;
        if (!rows)
            break;
        const float bar = top - hopeless;
        for (int32_t node = 0; node < nodes; node++) { /* always written: no processor guesses which are given up */
            const int32_t row = room->row[node];
            room->row[node] = row >= 0 && room->best[row] > bar ? row : -1;
        }
        for (int32_t end = tree->ends_from[level]; end < tree->ends_from[level + 1]; end++) {
            const int32_t at = room->row[tree->ends[end]];
            if (at < 0)
                continue;
            const float price = room->here[at * stride + BEFORE + form->length];
            const float rank = price + tree->credits[end];
            if (count < most || rank > found[most - 1].rank) /* of thousands of words hardly any */
                count = take(tree->words[end], price, rank, most, count, found);
        }
        float *above = room->above;
        room->above = room->here;
        room->here = above;
        int32_t *row = room->row_above;
        room->row_above = room->row;
        room->row = row;
    }
    return count;
}

int read_by_letters(const Tree *tree, const Form *form, float hopeless, int most, Found *found) {
    const int width = form->length < SHORT ? SHORT : form->length < NARROW ? NARROW : WIDE;
    const size_t rows = (tree->widest + 1) * (BEFORE + width), nodes = tree->widest + 1;
    const size_t columns = tree->all_letters * LONGEST_BIT * width;
    float *numbers = malloc((2 * rows + nodes + columns) * sizeof(float));
    int32_t *places = malloc(2 * nodes * sizeof(int32_t));
    int count = -1;
    if (numbers && places) {
        Room room = {
            .above = numbers, .here = numbers + rows, .best = numbers + 2 * rows, .columns = numbers + 2 * rows + nodes,
            .row_above = places, .row = places + nodes,
        };
        if (width == SHORT)
            count = read_rows(tree, form, SHORT, hopeless, most, &room, found);
        else if (width == NARROW)
            count = read_rows(tree, form, NARROW, hopeless, most, &room, found);
        else
            count = read_rows(tree, form, WIDE, hopeless, most, &room, found);
    }
    free(numbers);
    free(places);
    return count;
}
