"""Lists as arrays that follow them."""

from planparse.restore.columns import Column


def test_an_array_follows_its_list_and_what_was_given_stays() -> None:
    values = [3, 1]
    column = Column(values, "int64")
    before = column.array()
    assert before.tolist() == [3, 1]
    values.extend(range(100))
    assert column.array().tolist() == values
    values.append(7)
    assert column.array().tolist() == values
    assert before.tolist() == [3, 1]
