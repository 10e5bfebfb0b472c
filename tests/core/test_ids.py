from concurrent.futures import ThreadPoolExecutor

from app.core.ids import new_id


def test_ids_are_version_7_and_grow() -> None:
    made = [new_id() for _ in range(5000)]
    assert {key.version for key in made} == {7}
    assert made == sorted(set(made))


def test_ids_made_at_once_differ() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [key for keys in pool.map(lambda _: [new_id() for _ in range(500)], range(8)) for key in keys]
    assert len(set(made)) == len(made)
