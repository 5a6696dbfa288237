/* The loops of src/planparse/restore/sheet.py and restorer.py that every piece of every document goes through.
 *
 * They work on Python's own lists, strings and dictionaries: what they save is the interpreter's work between.
 */
#include "pieces.h"

#include <stdbool.h>
#include <stdint.h>

/* Append what was made just now, and give it up. */
static bool append(PyObject *list, PyObject *made) {
    const bool done = made && !PyList_Append(list, made);
    Py_XDECREF(made);
    return done;
}

static bool append_number(PyObject *list, Py_ssize_t number) {
    return append(list, PyLong_FromSsize_t(number));
}

/* A number of a list; -1 with an error where there is none. */
static Py_ssize_t number_at(PyObject *list, Py_ssize_t at) {
    PyObject *number = PyList_GetItem(list, at);
    return number ? PyLong_AsSsize_t(number) : -1;
}

/* Whether a set or mapping holds a pair of numbers; -1 with an error. */
static int holds_pair(PyObject *pairs, Py_ssize_t first, Py_ssize_t second) {
    PyObject *pair = Py_BuildValue("nn", first, second);
    const int held = pair ? PySequence_Contains(pairs, pair) : -1;
    Py_XDECREF(pair);
    return held;
}

/* What a dictionary has under a pair, borrowed; NULL without an error where it has nothing. */
static PyObject *under_pair(PyObject *dictionary, PyObject *first, PyObject *second) {
    PyObject *pair = PyTuple_Pack(2, first, second);
    PyObject *found = pair ? PyDict_GetItemWithError(dictionary, pair) : NULL;
    Py_XDECREF(pair);
    return found;
}

/* -- Sheet._cut -------------------------------------------------------------------------------------------------- */

const char cut_lines_doc[] =
    "cut_lines(lines, known, learn, broken, learn_broken, stop, columns, capitals, loud)\n--\n\n"
    "Appends the pieces of all lines to the columns: line, start, end, kind and form of each.";

typedef struct {
    PyObject *lines, *known, *learn, *broken, *learn_broken, *capitals, *loud, *stop;
    PyObject *line, *start, *end, *kind, *form;
    bool any_broken;
} Cutting;

/* The pieces of a chunk, as a new reference. */
static PyObject *pieces_of(const Cutting *c, PyObject *chunk, Py_ssize_t number, Py_ssize_t at) {
    if (c->any_broken) {
        const int broken = holds_pair(c->broken, number, at);
        if (broken)
            return broken < 0 ? NULL : PyObject_CallFunctionObjArgs(c->learn_broken, chunk, NULL);
    }
    PyObject *pieces = PyDict_GetItemWithError(c->known, chunk);
    if (pieces) {
        Py_INCREF(pieces);
        return pieces;
    }
    return PyErr_Occurred() ? NULL : PyObject_CallFunctionObjArgs(c->learn, chunk, NULL);
}

static bool cut_chunk(const Cutting *c, PyObject *chunk, Py_ssize_t number, Py_ssize_t at, Py_ssize_t *balance) {
    PyObject *pieces = pieces_of(c, chunk, number, at);
    const Py_ssize_t count = pieces ? PyTuple_Size(pieces) : -1;
    bool done = count >= 0;
    for (Py_ssize_t i = 0; done && i < count; i++) {
        PyObject *piece = PyTuple_GetItem(pieces, i);
        if (PyTuple_Size(piece) != 5) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a piece has five fields");
            done = false;
            break;
        }
        const Py_ssize_t start = at + PyLong_AsSsize_t(PyTuple_GetItem(piece, 1));
        const Py_ssize_t end = at + PyLong_AsSsize_t(PyTuple_GetItem(piece, 2));
        const Py_ssize_t weight = PyLong_AsSsize_t(PyTuple_GetItem(piece, 4));
        *balance += weight;
        if (weight > 0 && end - start > 2)
            done = append_number(c->capitals, PyList_Size(c->form));
        done = done && append_number(c->line, number) && append_number(c->start, start) && append_number(c->end, end)
            && !PyList_Append(c->kind, PyTuple_GetItem(piece, 0)) && !PyList_Append(c->form, PyTuple_GetItem(piece, 3))
            && !PyErr_Occurred();
    }
    Py_XDECREF(pieces);
    return done;
}

static bool cut_line(const Cutting *c, PyObject *line, Py_ssize_t number) {
    PyObject *chunks = PyUnicode_Split(line, NULL, -1);
    const Py_ssize_t count = chunks ? PyList_Size(chunks) : -1, length = PyUnicode_GetLength(line);
    Py_ssize_t balance = 0, at = 0;
    bool done = count >= 0 && length >= 0;
    for (Py_ssize_t i = 0; done && i < count; i++) {
        PyObject *chunk = PyList_GetItem(chunks, i);
        at = PyUnicode_Find(line, chunk, at, length, 1);
        done = at >= 0 && cut_chunk(c, chunk, number, at, &balance);
        at += PyUnicode_GetLength(chunk);
    }
    if (done && !count) /* a blank line ends a sentence; it has no ink */
        done = append_number(c->line, number) && append_number(c->start, 0) && append_number(c->end, 0)
            && !PyList_Append(c->kind, c->stop) && append(c->form, PyUnicode_FromString(""));
    Py_XDECREF(chunks);
    return done && append(c->loud, PyBool_FromLong(balance > 0));
}

PyObject *py_cut_lines(PyObject *module, PyObject *args) {
    Cutting c;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!OOOO(O!O!O!O!O!)O!O!", &PyList_Type, &c.lines, &PyDict_Type, &c.known, &c.learn,
                          &c.broken, &c.learn_broken, &c.stop, &PyList_Type, &c.line, &PyList_Type, &c.start,
                          &PyList_Type, &c.end, &PyList_Type, &c.kind, &PyList_Type, &c.form, &PyList_Type,
                          &c.capitals, &PyList_Type, &c.loud))
        return NULL;
    const int any = PyObject_IsTrue(c.broken);
    bool done = any >= 0;
    c.any_broken = any > 0;
    for (Py_ssize_t number = 0; done && number < PyList_Size(c.lines); number++)
        done = cut_line(&c, PyList_GetItem(c.lines, number), number);
    if (!done)
        return NULL;
    Py_RETURN_NONE;
}

/* -- Restorer._decode -------------------------------------------------------------------------------------------- */

enum { WORD, NUMBER, CODE, STOP, MARK, BROKEN }; /* kinds of pieces, as in tokens.py */

const char find_forms_doc[] =
    "find_forms(kinds, inks, index, special)\n--\n\n"
    "The pieces that are decoded, their forms (-1: special, or not in the index), and where those of -1 are.";

static bool find_forms(PyObject *kinds, PyObject *inks, PyObject *index, PyObject *special, PyObject *kept,
                       PyObject *forms, PyObject *missing) {
    const Py_ssize_t count = PyList_Size(kinds);
    const bool any_special = PySet_Size(special) > 0;
    bool after_stop = true;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *kind = PyList_GetItem(kinds, i), *ink = PyList_GetItem(inks, i);
        if (!kind || !ink)
            return false;
        const bool stop = PyLong_AsLong(kind) == STOP;
        if (PyErr_Occurred())
            return false;
        if (stop && after_stop)
            continue;
        after_stop = stop;
        PyObject *at = ink ? PyLong_FromSsize_t(i) : NULL;
        const int by_itself = at && any_special ? PySet_Contains(special, at) : 0;
        if (!append(kept, at) || by_itself < 0)
            return false;
        PyObject *form = by_itself ? NULL : under_pair(index, kind, ink);
        if (form ? PyList_Append(forms, form) != 0
                 : PyErr_Occurred() || !append_number(missing, PyList_Size(forms)) || !append_number(forms, -1))
            return false;
    }
    return true;
}

PyObject *py_find_forms(PyObject *module, PyObject *args) {
    PyObject *kinds, *inks, *index, *special, *found = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!O!O!", &PyList_Type, &kinds, &PyList_Type, &inks, &PyDict_Type, &index, &PySet_Type,
                          &special))
        return NULL;
    PyObject *kept = PyList_New(0), *forms = PyList_New(0), *missing = PyList_New(0);
    if (kept && forms && missing && find_forms(kinds, inks, index, special, kept, forms, missing))
        found = PyTuple_Pack(3, kept, forms, missing);
    Py_XDECREF(kept);
    Py_XDECREF(forms);
    Py_XDECREF(missing);
    return found;
}

/* -- Restorer._take_down ----------------------------------------------------------------------------------------- */

const char take_down_doc[] =
    "take_down(goals, words, sure, pad, inner, kept, kinds, inks, plain, texts, sures)\n--\n\n"
    "Takes down what was read plainly; the rest is given back: where, pieces, word, the others and how sure.";

typedef struct {
    PyObject *kept, *kinds, *inks, *plain, *texts, *sures;
} Taking;

/* Take down a piece that is one word, if its dress is known, or a mark, which stands as it is: 1; 0 where it is for
 * others, or -1 with an error. */
static int take_plainly(const Taking *t, Py_ssize_t at, bool alone, int64_t word, double sure) {
    const Py_ssize_t i = number_at(t->kept, at), kind = i < 0 ? -1 : number_at(t->kinds, i);
    if (kind < 0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "a number of nothing");
        return -1;
    }
    if (kind == MARK || kind == STOP)
        return 1;
    if (kind == CODE || !alone)
        return 0;
    PyObject *number = PyLong_FromLongLong(word), *ink = PyList_GetItem(t->inks, i);
    PyObject *text = number && ink ? under_pair(t->plain, number, ink) : NULL;
    Py_XDECREF(number);
    if (!text)
        return PyErr_Occurred() ? -1 : 0;
    Py_INCREF(text); /* which setting takes */
    PyObject *price = PyList_SetItem(t->texts, i, text) ? NULL : PyFloat_FromDouble(sure);
    return !price || PyList_SetItem(t->sures, i, price) ? -1 : 1;
}

PyObject *py_take_down(PyObject *module, PyObject *args) {
    Py_buffer goals_of, words_of, sure_of;
    Py_ssize_t pad, inner;
    Taking t;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*y*nnO!O!O!O!O!O!", &goals_of, &words_of, &sure_of, &pad, &inner, &PyList_Type,
                          &t.kept, &PyList_Type, &t.kinds, &PyList_Type, &t.inks, &PyDict_Type, &t.plain, &PyList_Type,
                          &t.texts, &PyList_Type, &t.sures))
        return NULL;
    const int64_t *goals = goals_of.buf, *words = words_of.buf;
    const double *sure = sure_of.buf;
    const Py_ssize_t boundaries = goals_of.len / (Py_ssize_t)sizeof *goals, pieces = PyList_Size(t.kept);
    PyObject *left = PyList_New(0);
    bool done = left != NULL;
    if (words_of.len != goals_of.len || sure_of.len != boundaries * (Py_ssize_t)sizeof *sure || pad < 0 || inner < 0
        || pad > boundaries || pieces > boundaries - pad) { /* so that every piece begins at a boundary */
        PyErr_SetString(PyExc_ValueError, "numbers of other boundaries");
        done = false;
    }
    for (Py_ssize_t at = pad; done && at < pad + pieces;) {
        const int64_t goal = goals[at];
        double least = sure[at];
        int64_t next = goal; /* behind the boundaries inside the piece that lead there */
        PyObject *others = NULL;
        if (goal > inner)
            done = (others = PyList_New(0)) != NULL;
        while (done && next > inner && next < boundaries && PyList_Size(others) <= boundaries) {
            done = append(others, Py_BuildValue("nL", (Py_ssize_t)next - inner - 1, (long long)words[next]));
            least = sure[next] < least ? sure[next] : least;
            next = goals[next];
        }
        if (done && (next <= at || next > inner)) {
            PyErr_SetString(PyExc_ValueError, "an arc to nowhere");
            done = false;
        }
        const int taken = done ? take_plainly(&t, at - pad, goal == at + 1, words[at], sure[at]) : -1;
        done = taken >= 0;
        if (!taken && !others)
            done = (others = PyList_New(0)) != NULL;
        if (!taken && done)
            done = append(left, Py_BuildValue("nLLOd", at - pad, (long long)(goal > inner ? 1 : goal - at),
                                              (long long)words[at], others, least));
        Py_XDECREF(others);
        at = next;
    }
    PyBuffer_Release(&goals_of);
    PyBuffer_Release(&words_of);
    PyBuffer_Release(&sure_of);
    if (!done)
        Py_CLEAR(left);
    return left;
}

/* -- write of sheet.py ------------------------------------------------------------------------------------------- */

const char write_lines_doc[] =
    "write_lines(lines, columns, words, sure, swallowed, weighed, dirt, cleaned, token)\n--\n\n"
    "Text and tokens of each line from what was read of its pieces.";

typedef struct {
    PyObject *lines, *line, *start, *end, *kind, *form;
    PyObject *words, *sure, *swallowed, *weighed, *dirt, *token, *nothing, *space, *none_weighed;
    bool cleaned, any_swallowed, any_dirt;
    newfunc new_tuple;
    Py_ssize_t count;
} Writing;

static Py_UCS4 letter_at(PyObject *text, Py_ssize_t at) {
    return text && at >= 0 && at < PyUnicode_GetLength(text) ? PyUnicode_ReadChar(text, at) : 0;
}

/* Does a vertical ruling line stand between a piece and the one before, which it touches? */
static bool is_rule(const Writing *w, Py_ssize_t i) {
    if (i < 1 || number_at(w->line, i) != number_at(w->line, i - 1) || number_at(w->end, i - 1) != number_at(w->start, i))
        return false;
    PyObject *before = PyList_GetItem(w->form, i - 1);
    return letter_at(before, before ? PyUnicode_GetLength(before) - 1 : -1) == '|'
        || letter_at(PyList_GetItem(w->form, i), 0) == '|';
}

/* Is this an underscore stuck to a word: the foot of a ruling line? */
static bool is_underscore(const Writing *w, Py_ssize_t i) {
    PyObject *form = PyList_GetItem(w->form, i);
    return number_at(w->kind, i) == MARK && PyUnicode_GetLength(form) == 1 && letter_at(form, 0) == '_'
        && i + 1 < w->count && number_at(w->line, i + 1) == number_at(w->line, i)
        && number_at(w->start, i + 1) == number_at(w->end, i) && number_at(w->kind, i + 1) == WORD;
}

/* The text of a piece, borrowed; NULL with an error. */
static PyObject *text_of(const Writing *w, Py_ssize_t i, Py_ssize_t number, Py_ssize_t start) {
    const int dirty = w->any_dirt ? holds_pair(w->dirt, number, start) : 0;
    if (dirty)
        return dirty < 0 ? NULL : w->nothing;
    if (w->cleaned && is_underscore(w, i))
        return w->nothing;
    PyObject *text = PyList_GetItem(w->words, i);
    return text == Py_None ? PyList_GetItem(w->form, i) : text;
}

/* What else was weighed for a piece, borrowed. */
static PyObject *others_of(const Writing *w, Py_ssize_t i) {
    if (w->weighed == Py_None)
        return w->none_weighed;
    PyObject *at = PyLong_FromSsize_t(i);
    PyObject *others = at ? PyDict_GetItemWithError(w->weighed, at) : NULL;
    Py_XDECREF(at);
    return others || PyErr_Occurred() ? others : w->none_weighed;
}

/* A token with these fields. */
static PyObject *token_of(const Writing *w, PyObject *text, Py_ssize_t from, Py_ssize_t behind, Py_ssize_t start,
                          Py_ssize_t end, Py_ssize_t at) {
    PyObject *others = others_of(w, at), *sure = others ? PyList_GetItem(w->sure, at) : NULL;
    PyObject *fields = sure ? PyTuple_New(7) : NULL, *args = NULL, *token = NULL;
    if (fields) {
        const Py_ssize_t numbers[] = {from, behind, start, end};
        Py_INCREF(text);
        Py_INCREF(sure);
        Py_INCREF(others);
        PyTuple_SetItem(fields, 0, text); /* which takes what it is given */
        for (int i = 0; i < 4; i++)
            PyTuple_SetItem(fields, 1 + i, PyLong_FromSsize_t(numbers[i]));
        PyTuple_SetItem(fields, 5, sure);
        PyTuple_SetItem(fields, 6, others);
        args = PyErr_Occurred() ? NULL : PyTuple_Pack(1, fields);
    }
    if (args)
        token = w->new_tuple((PyTypeObject *)w->token, args, NULL);
    Py_XDECREF(args);
    Py_XDECREF(fields);
    return token;
}

/* The text and the tokens of a line whose pieces begin at *i, which is moved behind them. */
static PyObject *write_line(const Writing *w, PyObject *line, Py_ssize_t number, Py_ssize_t *i) {
    if (PyUnicode_GetLength(line) < 0) /* no string: Substring does not ask */
        return NULL;
    PyObject *parts = PyList_New(0), *tokens = PyList_New(0), *written = NULL;
    Py_ssize_t written_to = 0, length = 0;
    bool done = parts && tokens;
    for (; done && *i < w->count && number_at(w->line, *i) == number; ++*i) {
        const Py_ssize_t at = *i, start = number_at(w->start, at);
        Py_ssize_t end = number_at(w->end, at);
        if (end <= start)
            continue;
        if (start > written_to) {
            done = append(parts, PyUnicode_Substring(line, written_to, start));
            length += start - written_to;
        } else if (PyList_Size(parts) && is_rule(w, at)) { /* "|word": a rule touches the word, it is no part of it */
            done = !PyList_Append(parts, w->space);
            length++;
        }
        PyObject *text = done ? text_of(w, at, number, start) : NULL;
        if (w->any_swallowed) {
            PyObject *next = PyLong_FromSsize_t(at + 1);
            const int swallowed = next ? PySet_Contains(w->swallowed, next) : -1;
            Py_XDECREF(next);
            done = done && swallowed >= 0;
            if (swallowed > 0)
                end = number_at(w->end, ++*i);
        }
        const Py_ssize_t behind = text ? length + PyUnicode_GetLength(text) : -1;
        done = done && text && !PyList_Append(parts, text)
            && append(tokens, token_of(w, text, length, behind, start, end, at));
        length = behind;
        written_to = end;
    }
    done = done && !PyErr_Occurred() && append(parts, PyUnicode_Substring(line, written_to, PyUnicode_GetLength(line)));
    PyObject *whole = done ? PyUnicode_Join(w->nothing, parts) : NULL, *all = whole ? PyList_AsTuple(tokens) : NULL;
    if (all)
        written = PyTuple_Pack(2, whole, all);
    Py_XDECREF(parts);
    Py_XDECREF(tokens);
    Py_XDECREF(whole);
    Py_XDECREF(all);
    return written;
}

PyObject *py_write_lines(PyObject *module, PyObject *args) {
    Writing w;
    int cleaned;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!(O!O!O!O!O!)O!O!O!OO!pO!", &PyList_Type, &w.lines, &PyList_Type, &w.line,
                          &PyList_Type, &w.start, &PyList_Type, &w.end, &PyList_Type, &w.kind, &PyList_Type, &w.form,
                          &PyList_Type, &w.words, &PyList_Type, &w.sure, &PySet_Type, &w.swallowed, &w.weighed,
                          &PySet_Type, &w.dirt, &cleaned, &PyType_Type, &w.token))
        return NULL;
    if (!PyType_IsSubtype((PyTypeObject *)w.token, &PyTuple_Type)) {
        PyErr_SetString(PyExc_TypeError, "tokens are tuples");
        return NULL;
    }
    w.cleaned = cleaned;
    w.any_swallowed = PySet_Size(w.swallowed) > 0;
    w.any_dirt = PySet_Size(w.dirt) > 0;
    w.count = PyList_Size(w.form);
    w.new_tuple = (newfunc)PyType_GetSlot(&PyTuple_Type, Py_tp_new);
    w.nothing = PyUnicode_FromString("");
    w.space = PyUnicode_FromString(" ");
    w.none_weighed = PyTuple_New(0);
    PyObject *written = PyList_New(0);
    bool done = w.nothing && w.space && w.none_weighed && written;
    Py_ssize_t i = 0;
    for (Py_ssize_t number = 0; done && number < PyList_Size(w.lines); number++)
        done = append(written, write_line(&w, PyList_GetItem(w.lines, number), number, &i));
    if (!done)
        Py_CLEAR(written);
    Py_XDECREF(w.nothing);
    Py_XDECREF(w.space);
    Py_XDECREF(w.none_weighed);
    return written;
}
