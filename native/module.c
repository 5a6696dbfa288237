/* planparse._native: hot loops in C. Each does what a Python function does, and no more; see src/planparse/native.py.
 *
 * Arrays come as buffers. Python has checked what they mean; here only their sizes are held against each other, so
 * that a wrong one raises instead of reading what is not its own.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdlib.h>
#include <string.h>

#include "add_rows.h"
#include "by_letters.h"
#include "lattice.h"
#include "links.h"
#include "normalise.h"
#include "pieces.h"
#include "search.h"

/* -- search ------------------------------------------------------------------------------------------------------ */

static bool sized(const Py_buffer *buffer, size_t items, size_t size, const char *name) {
    if ((size_t)buffer->len == items * size)
        return true;
    PyErr_Format(PyExc_ValueError, "%s: %zd bytes, not %zu", name, buffer->len, items * size);
    return false;
}

/* The tables of prices for this many columns, one after the other; the count of their numbers. */
static size_t lay_out(Table *t, const double *at, size_t c) {
    const double *start = at;
#define TAKE(name, size) (t->name = at, at += (size))
    TAKE(deed, 6 * 2 * c), TAKE(span_deed, 1), TAKE(span_on_deed, 2), TAKE(speaks, c), TAKE(span_speaks, 1);
    TAKE(opens, 2 * c), TAKE(tagged, 3), TAKE(follow_on, 8 * 8 * 2), TAKE(gap_case, 4 * 4 * 2), TAKE(gaps_on, 4 * 2);
    TAKE(begin, 4 * c), TAKE(edges, c * 12), TAKE(known, c), TAKE(over, 8 * c * 14), TAKE(leave, c * 14 * 4);
    TAKE(tail, 8 * 8 * 2), TAKE(tail_case, 2 * 4 * 4 * c), TAKE(distance, 2 * 3 * 5 * c), TAKE(fit, c * 14 * 8 * 4);
    TAKE(late, 3 * 6 * c), TAKE(skip, 2 * 2 * 12 * 12), TAKE(new, 3 * 2 * 12 * 12), TAKE(first, 3);
    TAKE(numbered, 2), TAKE(again, 2), TAKE(match, 6), TAKE(follows, 8 * 4), TAKE(full_content, 8);
    TAKE(label, 3 * 6), TAKE(shape, 4 * 6), TAKE(span_break, 3), TAKE(span_filled, 12), TAKE(span_on, 4 * 2);
    TAKE(own, 2 * c * 14);
#undef TAKE
    return at - start;
}

PyDoc_STRVAR(search_doc, "search(tables, widths, kinds, total_width, number, content, follows, pair_keys, pair_buckets,"
                         " common, chunks, speaks, opens, tags, label_starts, label_parts, size, margin)\n--\n\n"
                         "For each chunk (deed, column, price, the best price open there, the second).");

enum { TABLES, WIDTHS, KINDS, FOLLOWS, KEYS, BUCKETS, COMMON, CHUNKS, SPEAKS, OPENS, TAGS, STARTS, PARTS, N_BUFFERS };

static PyObject *steps_of(const Taken *taken, int count) {
    PyObject *steps = PyList_New(count);
    for (int i = 0; steps && i < count; i++) {
        const Taken *t = taken + i;
        PyObject *step = Py_BuildValue("iiddd", t->deed, t->column, t->price, t->first, t->second);
        if (!step || PyList_SetItem(steps, i, step))
            Py_CLEAR(steps);
    }
    return steps;
}

static PyObject *search_buffers(Py_buffer *b, Table *table, int size, double margin) {
    const size_t columns = b[WIDTHS].len / sizeof(double), count = b[CHUNKS].len / sizeof(Chunk);
    const size_t kinds = count ? b[SPEAKS].len / (count * sizeof(double)) : 0;
    Language language = {
        .follows = b[FOLLOWS].buf, .pair_keys = b[KEYS].buf, .pair_buckets = b[BUCKETS].buf, .common = b[COMMON].buf,
        .full_words = b[COMMON].len / sizeof(double), .pairs = b[BUCKETS].len,
    };
    while ((language.words + 1) * (language.words + 1) <= (size_t)b[FOLLOWS].len)
        language.words++;
    const Pieces pieces = {
        .chunks = b[CHUNKS].buf, .speaks = b[SPEAKS].buf, .opens = b[OPENS].buf, .tags = b[TAGS].buf,
        .label_starts = b[STARTS].buf, .label_parts = b[PARTS].buf, .count = (int)count, .kinds = (int)kinds,
        .labels = (int)(b[STARTS].len / sizeof(int32_t)) - 1,
    };
    if (columns < 1 || columns > MOST_COLUMNS || size < 1 || pieces.labels < 1) {
        PyErr_SetString(PyExc_ValueError, "not so many columns, entries or labels");
        return NULL;
    }
    if (!sized(b + TABLES, lay_out(table, b[TABLES].buf, columns), sizeof(double), "tables")
        || !sized(b + KINDS, columns, sizeof(int32_t), "kinds") || !sized(b + KEYS, language.pairs, 8, "pair_keys")
        || !sized(b + CHUNKS, count, sizeof(Chunk), "chunks") || !sized(b + TAGS, count * (columns + 1), 8, "tags")
        || !sized(b + SPEAKS, count * kinds, 8, "speaks") || !sized(b + OPENS, count * kinds, 8, "opens")
        || !sized(b + PARTS, pieces.label_starts[pieces.labels], sizeof(int32_t), "label_parts"))
        return NULL;
    table->widths = b[WIDTHS].buf;
    table->kinds = b[KINDS].buf;
    table->columns = (int)columns;
    Taken *taken = malloc((count + 1) * sizeof(Taken));
    if (!taken)
        return PyErr_NoMemory();
    bool done;
    Py_BEGIN_ALLOW_THREADS
    done = search(table, &language, &pieces, size, margin, taken);
    Py_END_ALLOW_THREADS
    PyObject *steps = done ? steps_of(taken, pieces.count) : PyErr_NoMemory();
    free(taken);
    return steps;
}

static PyObject *py_search(PyObject *module, PyObject *args) {
    Py_buffer b[N_BUFFERS];
    memset(b, 0, sizeof b);
    Table table;
    int size;
    double margin;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*y*diiy*y*y*y*y*y*y*y*y*y*id", b + TABLES, b + WIDTHS, b + KINDS,
                          &table.total_width, &table.number, &table.content, b + FOLLOWS, b + KEYS, b + BUCKETS,
                          b + COMMON, b + CHUNKS, b + SPEAKS, b + OPENS, b + TAGS, b + STARTS, b + PARTS, &size,
                          &margin))
        return NULL;
    PyObject *steps = search_buffers(b, &table, size, margin);
    for (int i = 0; i < N_BUFFERS; i++)
        PyBuffer_Release(b + i);
    return steps;
}

/* -- lattice ----------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(read_lattice_doc, "read_lattice(word, start, end, place, channel, unigram, unigram_bow, longer, weight, margins)"
                               "\n--\n\nThe last layer's nodes (their arcs) and edges (first, second, arc, log_p).");

static PyObject *bytes_of(const void *items, size_t size) { return PyBytes_FromStringAndSize(items, size); }

/* (low, high, log_p, bow, seed, segments, segment_bits, value_bits, fingerprint_bits) */
static bool parse_n_grams(PyObject *given, NGrams *n, Py_buffer b[4]) {
    unsigned long long seed, segments;
    if (!PyArg_ParseTuple(given, "y*y*y*y*KKIII", b, b + 1, b + 2, b + 3, &seed, &segments, &n->segment_bits,
                          &n->value_bits, &n->fingerprint_bits))
        return false;
    n->low = b[0].buf;
    n->high = b[1].len ? b[1].buf : NULL;
    n->log_p = b[2].buf;
    n->bow = b[3].len ? b[3].buf : NULL;
    n->seed = seed;
    n->segments = segments;
    for (n->log_p_bits = 0; (sizeof(float) << n->log_p_bits) < (size_t)b[2].len;)
        n->log_p_bits++;
    if (n->segments >> 32 || n->segment_bits > 16 || n->value_bits > 23 || n->log_p_bits > n->value_bits
        || n->fingerprint_bits < 1 || n->fingerprint_bits > 32 - n->value_bits) {
        PyErr_SetString(PyExc_ValueError, "n-grams of no such shape");
        return false;
    }
    const size_t cells = (size_t)(n->segments + 2) << n->segment_bits;
    return sized(b, cells, sizeof(uint16_t), "cells") && (!n->high || sized(b + 1, cells, 1, "high cells"))
        && sized(b + 2, (size_t)1 << n->log_p_bits, sizeof(float), "log_p")
        && (!n->bow || sized(b + 3, (size_t)1 << (n->value_bits - n->log_p_bits), sizeof(float), "bow"));
}

static PyObject *lattice_of(const Arcs *arcs, const Grams *grams, float weight, const float *margins) {
    Layer nodes, edges;
    bool made;
    Py_BEGIN_ALLOW_THREADS
    made = read_lattice(arcs, grams, weight, margins, &nodes, &edges);
    Py_END_ALLOW_THREADS
    if (!made)
        return PyErr_NoMemory();
    const size_t n = edges.count;
    PyObject *found = Py_BuildValue("NNNNN", bytes_of(nodes.arc, nodes.count * sizeof(int32_t)),
                                    bytes_of(edges.first, n * sizeof(int32_t)), bytes_of(edges.second, n * sizeof(int32_t)),
                                    bytes_of(edges.arc, n * sizeof(int32_t)), bytes_of(edges.log_p, n * sizeof(float)));
    free_layer(&nodes);
    free_layer(&edges);
    return found;
}

/* Whether every number is one of so many. */
static bool all_below(const int64_t *numbers, size_t count, int64_t behind, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (numbers[i] < 0 || numbers[i] >= behind) {
            PyErr_Format(PyExc_ValueError, "%s: a number of nothing", name);
            return false;
        }
    return true;
}

/* The n-grams of all sizes but the first, shortest first, with the buffers that hold them. */
static bool parse_longer(PyObject *const given[LAYERS - 1], Grams *grams, Py_buffer longer[LAYERS - 1][4]) {
    for (int i = 0; i < LAYERS - 1; i++)
        if (!parse_n_grams(given[i], grams->longer + i, longer[i]))
            return false;
    return true;
}

static void release(Py_buffer *buffers, int count) {
    for (int i = 0; i < count; i++)
        PyBuffer_Release(buffers + i);
}

static PyObject *py_read_lattice(PyObject *module, PyObject *args) {
    enum { WORD, START, END, PLACE, CHANNEL, UNIGRAM, UNIGRAM_BOW, ALL };
    Py_buffer b[ALL], longer[LAYERS - 1][4];
    PyObject *given[LAYERS - 1], *found = NULL;
    Grams grams;
    float weight, margins[2];
    (void)module;
    memset(longer, 0, sizeof longer);
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*(OOO)f(ff)", b + WORD, b + START, b + END, b + PLACE, b + CHANNEL,
                          b + UNIGRAM, b + UNIGRAM_BOW, given, given + 1, given + 2, &weight, margins, margins + 1))
        return NULL;
    const Arcs arcs = {
        .word = b[WORD].buf, .start = b[START].buf, .end = b[END].buf, .place = b[PLACE].buf, .channel = b[CHANNEL].buf,
        .count = (int32_t)(b[WORD].len / sizeof(int64_t)), .places = (int32_t)(b[PLACE].len / sizeof(int64_t)),
    };
    grams.unigram = b[UNIGRAM].buf;
    grams.unigram_bow = b[UNIGRAM_BOW].buf;
    const size_t known = b[UNIGRAM].len / sizeof(float);
    if (sized(b + WORD, arcs.count, sizeof(int64_t), "word") && sized(b + PLACE, arcs.places, sizeof(int64_t), "place")
        && sized(b + START, arcs.count, sizeof(int64_t), "start") && sized(b + END, arcs.count, sizeof(int64_t), "end")
        && sized(b + CHANNEL, arcs.count, sizeof(float), "channel") && sized(b + UNIGRAM, known, sizeof(float), "unigram")
        && sized(b + UNIGRAM_BOW, known, sizeof(float), "unigram_bow") && all_below(arcs.word, arcs.count, known, "word")
        && all_below(arcs.start, arcs.count, arcs.places, "start") && all_below(arcs.end, arcs.count, arcs.places, "end")
        && all_below(arcs.place, arcs.places, INT32_MAX, "place") && parse_longer(given, &grams, longer))
        found = lattice_of(&arcs, &grams, weight, margins);
    release(b, ALL);
    for (int i = 0; i < LAYERS - 1; i++)
        release(longer[i], 4);
    return found;
}

PyDoc_STRVAR(read_grams_doc, "read_grams(words, order, unigram, unigram_bow, longer)\n--\n\n"
                             "Log probabilities of the last of each so many words behind the others.");

static PyObject *py_read_grams(PyObject *module, PyObject *args) {
    enum { WORDS, UNIGRAM, UNIGRAM_BOW, ALL };
    Py_buffer b[ALL], longer[LAYERS - 1][4];
    PyObject *given[LAYERS - 1], *found = NULL;
    Grams grams;
    int order;
    (void)module;
    memset(longer, 0, sizeof longer);
    if (!PyArg_ParseTuple(args, "y*iy*y*(OOO)", b + WORDS, &order, b + UNIGRAM, b + UNIGRAM_BOW, given, given + 1,
                          given + 2))
        return NULL;
    const int64_t *words = b[WORDS].buf;
    const size_t known = b[UNIGRAM].len / sizeof(float), all = b[WORDS].len / sizeof(int64_t);
    const size_t count = order < 1 ? 0 : all / order;
    bool fits = sized(b + WORDS, count * order, sizeof(int64_t), "words")
        && sized(b + UNIGRAM, known, sizeof(float), "unigram")
        && sized(b + UNIGRAM_BOW, known, sizeof(float), "unigram_bow");
    if (fits && (order < 1 || order > LAYERS)) {
        PyErr_SetString(PyExc_ValueError, "rows of more words, or of none");
        fits = false;
    }
    fits = fits && all_below(words, all, known, "words");
    grams.unigram = b[UNIGRAM].buf;
    grams.unigram_bow = b[UNIGRAM_BOW].buf;
    if (fits && parse_longer(given, &grams, longer) && (found = PyBytes_FromStringAndSize(NULL, count * sizeof(float)))
        && !read_grams(words, count, order, &grams, (float *)PyBytes_AsString(found))) {
        Py_CLEAR(found);
        PyErr_NoMemory();
    }
    release(b, ALL);
    for (int i = 0; i < LAYERS - 1; i++)
        release(longer[i], 4);
    return found;
}

/* -- by letters -------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(read_by_letters_doc, "read_by_letters(parents, letters, ends, words, credits, nodes_from, ends_from, lost, bits,"
                                  " spelled, added, hopeless, most)\n--\n\n"
                                  "Numbers of the words of the best ranks, and their prices.");

/* How many bits of 1, 2 and 3 characters ink of so many characters is made of. */
static size_t bits_of(int length) {
    size_t count = 0;
    for (int size = 1; size <= LONGEST_BIT && size <= length; size++)
        count += length - size + 1;
    return count;
}

/* Whether every number names one of so many. */
static bool names(const int32_t *numbers, size_t count, size_t named) {
    for (size_t i = 0; i < count; i++)
        if (numbers[i] < 0 || (size_t)numbers[i] >= named) {
            PyErr_SetString(PyExc_ValueError, "a number of nothing");
            return false;
        }
    return true;
}

static PyObject *prices_of(const Found *found, int count) {
    PyObject *prices = PyDict_New();
    for (int i = 0; prices && i < count; i++) {
        PyObject *word = PyLong_FromLongLong(found[i].word), *price = PyFloat_FromDouble(found[i].price);
        if (!word || !price || PyDict_SetItem(prices, word, price))
            Py_CLEAR(prices);
        Py_XDECREF(word);
        Py_XDECREF(price);
    }
    return prices;
}

static PyObject *py_read_by_letters(PyObject *module, PyObject *args) {
    enum { PARENTS, LETTERS, ENDS, WORDS, CREDITS, NODES_FROM, ENDS_FROM, LOST, BITS, SPELLED, ADDED, ALL };
    Py_buffer b[ALL];
    PyObject *prices = NULL;
    float hopeless;
    int most;
    (void)module;
    /* No tuple of buffers: PyArg_ParseTuple makes room for one clean-up an argument. */
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*y*y*fi", b + PARENTS, b + LETTERS, b + ENDS, b + WORDS,
                          b + CREDITS, b + NODES_FROM, b + ENDS_FROM, b + LOST, b + BITS, b + SPELLED, b + ADDED,
                          &hopeless, &most))
        return NULL;
    Tree tree = {
        .parents = b[PARENTS].buf, .letters = b[LETTERS].buf, .ends = b[ENDS].buf, .words = b[WORDS].buf,
        .credits = b[CREDITS].buf, .nodes_from = b[NODES_FROM].buf, .ends_from = b[ENDS_FROM].buf,
        .levels = b[NODES_FROM].len / sizeof(int32_t) - 1, .all_letters = b[LOST].len / sizeof(float),
    };
    const Form form = {
        .lost = b[LOST].buf, .bits = b[BITS].buf, .spelled = b[SPELLED].buf, .added = b[ADDED].buf,
        .length = (int)(b[ADDED].len / sizeof(float)),
    };
    const size_t words = b[WORDS].len / sizeof(int64_t), bits = bits_of(form.length);
    if (form.length > LONGEST_INK || most < 1 || most > MOST_WORDS)
        PyErr_SetString(PyExc_ValueError, "too much ink, or too many words");
    else if (sized(b + ENDS_FROM, tree.levels + 1, sizeof(int32_t), "ends_from")
             && sized(b + PARENTS, tree.nodes_from[tree.levels], sizeof(int32_t), "parents")
             && sized(b + LETTERS, tree.nodes_from[tree.levels], sizeof(int32_t), "letters")
             && sized(b + ENDS, words, sizeof(int32_t), "ends") && sized(b + CREDITS, words, sizeof(float), "credits")
             && sized(b + SPELLED, bits, sizeof(int32_t), "spelled")
             && names(form.spelled, bits, b[BITS].len / (tree.all_letters * sizeof(float)))) {
        Found found[MOST_WORDS];
        for (size_t level = 0; level < tree.levels; level++)
            if ((size_t)(tree.nodes_from[level + 1] - tree.nodes_from[level]) > tree.widest)
                tree.widest = tree.nodes_from[level + 1] - tree.nodes_from[level];
        const int count = read_by_letters(&tree, &form, hopeless, most, found);
        prices = count < 0 ? PyErr_NoMemory() : prices_of(found, count);
    }
    for (int i = 0; i < ALL; i++)
        PyBuffer_Release(b + i);
    return prices;
}

/* -- normalise --------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(normalise_doc, "normalise(x, scale, shift, epsilon, normal)\n--\n\n"
                            "Fills normal with the rows of x, made to have mean 0 and spread 1, scaled and shifted.");

static PyObject *py_normalise(PyObject *module, PyObject *args) {
    Py_buffer x, scale, shift, normal;
    float epsilon;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*y*fw*", &x, &scale, &shift, &epsilon, &normal))
        return NULL;
    const size_t width = scale.len / sizeof(float), rows = width ? x.len / (width * sizeof(float)) : 0;
    bool fits = sized(&x, rows * width, sizeof(float), "x") && sized(&shift, width, sizeof(float), "shift")
        && sized(&normal, rows * width, sizeof(float), "normal");
    if (fits && width % ABREAST) {
        PyErr_SetString(PyExc_ValueError, "rows of another width");
        fits = false;
    }
    if (fits)
        normalise(x.buf, scale.buf, shift.buf, epsilon, rows, width, normal.buf);
    PyBuffer_Release(&x);
    PyBuffer_Release(&scale);
    PyBuffer_Release(&shift);
    PyBuffer_Release(&normal);
    if (!fits)
        return NULL;
    Py_RETURN_NONE;
}

/* -- links ------------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(weigh_links_doc, "weigh_links(follows, names, lines, edges, step, farthest, a_line, none, ill)\n--\n\n"
                              "Fills ill, a row for each word, with how ill words fit that stand from its edge on.");

static PyObject *py_weigh_links(PyObject *module, PyObject *args) {
    enum { FOLLOWS, NAMES, LINES, EDGES, ILL, ALL };
    Py_buffer b[ALL];
    int step, farthest;
    double a_line;
    float none;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*y*y*iidfw*", b + FOLLOWS, b + NAMES, b + LINES, b + EDGES, &step, &farthest, &a_line,
                          &none, b + ILL))
        return NULL;
    LinkedWords words = {
        .follows = b[FOLLOWS].buf, .names = b[NAMES].buf, .lines = b[LINES].buf, .count = b[NAMES].len / sizeof(int32_t),
    };
    while ((words.vocabulary + 1) * (words.vocabulary + 1) <= (size_t)b[FOLLOWS].len)
        words.vocabulary++;
    const size_t candidates = words.count ? b[ILL].len / (words.count * sizeof(float)) : 0;
    bool fits = sized(b + NAMES, words.count, sizeof(int32_t), "names")
        && sized(b + LINES, words.count, sizeof(int32_t), "lines") && sized(b + EDGES, words.count, sizeof(int32_t), "edges")
        && sized(b + ILL, words.count * candidates, sizeof(float), "ill") && names(words.names, words.count, words.vocabulary);
    if (fits && step != 1 && step != -1) {
        PyErr_SetString(PyExc_ValueError, "a step is 1 or -1");
        fits = false;
    }
    if (fits)
        weigh_links(&words, b[EDGES].buf, step, farthest, a_line, none, candidates, b[ILL].buf);
    for (int i = 0; i < ALL; i++)
        PyBuffer_Release(b + i);
    if (!fits)
        return NULL;
    Py_RETURN_NONE;
}

/* -- add_rows ---------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(add_rows_doc, "add_rows(rows, chosen, sums, width)\n--\n\n"
                           "Adds to each of the sums the rows chosen for it, and makes 0 of what is below it.");

static PyObject *py_add_rows(PyObject *module, PyObject *args) {
    Py_buffer rows, chosen, sums;
    Py_ssize_t width;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*w*n", &rows, &chosen, &sums, &width))
        return NULL;
    const size_t most = sums.len / sizeof(float);
    const size_t row = width > 0 && (size_t)width <= most ? width * sizeof(float) : sizeof(float), count = sums.len / row;
    const size_t each = count ? chosen.len / (count * sizeof(int32_t)) : 0;
    bool fits = sized(&sums, count, row, "sums") && sized(&rows, rows.len / row, row, "rows")
        && sized(&chosen, count * each, sizeof(int32_t), "chosen");
    if (fits && (width < 1 || width % STRIDE || (count && (size_t)width > most))) {
        PyErr_SetString(PyExc_ValueError, "rows of another width");
        fits = false;
    }
    fits = fits && names(chosen.buf, count * each, rows.len / row);
    if (fits)
        add_rows(rows.buf, chosen.buf, count, each, width, sums.buf);
    PyBuffer_Release(&rows);
    PyBuffer_Release(&chosen);
    PyBuffer_Release(&sums);
    if (!fits)
        return NULL;
    Py_RETURN_NONE;
}

/* -- the module -------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"add_rows", py_add_rows, METH_VARARGS, add_rows_doc},
    {"cut_lines", py_cut_lines, METH_VARARGS, cut_lines_doc},
    {"find_forms", py_find_forms, METH_VARARGS, find_forms_doc},
    {"normalise", py_normalise, METH_VARARGS, normalise_doc},
    {"read_by_letters", py_read_by_letters, METH_VARARGS, read_by_letters_doc},
    {"read_grams", py_read_grams, METH_VARARGS, read_grams_doc},
    {"read_lattice", py_read_lattice, METH_VARARGS, read_lattice_doc},
    {"search", py_search, METH_VARARGS, search_doc},
    {"take_down", py_take_down, METH_VARARGS, take_down_doc},
    {"weigh_links", py_weigh_links, METH_VARARGS, weigh_links_doc},
    {"write_lines", py_write_lines, METH_VARARGS, write_lines_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_native", "Hot loops of planparse in C.", -1, methods, NULL, NULL, NULL, NULL,
};

enum { INTERFACE = 9 }; /* as in native.py: counts on whenever what goes in or comes out changes */

PyMODINIT_FUNC PyInit__native(void) {
    PyObject *module = PyModule_Create(&definition);
    if (module && PyModule_AddIntConstant(module, "INTERFACE", INTERFACE))
        Py_CLEAR(module);
    return module;
}
