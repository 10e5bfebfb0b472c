"""What was measured, as tables and as the one line at the end."""

from collections.abc import Callable, Iterable

from benchmarks.growth import ASKERS, PLACES, Table
from benchmarks.measure import Measured
from benchmarks.queries import LARGE

Results = dict[str, Measured]
Sizes = dict[str, int]


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"


def _worst(of: Callable[[Iterable[float]], float], values: list[float]) -> float | None:
    return of(values) if values else None


def queries(title: str, results: Results, sizes: Sizes) -> None:
    """One line a query: CPU in the limit and in the product, their ratios, and the DataLoaders beside them."""
    other = "dataloaders" if any("dataloaders" in found.samples for found in results.values()) else ""
    print(f"\n{title}")
    print(
        f"{'query':<9}{'bytes':>9}  {'limit ms':>16}  {'product ms':>16}  {'cpu':>6}{'thrpt':>7}{'limit/s':>9}", end=""
    )
    print(f"  {'dataloaders ms':>16}{'times':>7}" if other else "")
    for name, found in results.items():
        halves = [
            f"{found.median(who, 'server'):.2f}+{found.median(who, 'database'):.2f}" for who in ("limit", "product")
        ]
        line = f"{name:<9}{sizes[name]:>9}  {halves[0]:>16}  {halves[1]:>16}  {cpu(found):>6.2f}{rate(found):>7.2f}"
        line += f"{found.median('limit', 'rate'):>9.0f}"
        if other:
            third = f"{found.median(other, 'server'):.2f}+{found.median(other, 'database'):.2f}"
            line += f"  {third:>16}{found.ratio(other, 'product', 'cpu'):>7.1f}"
        print(line)


def cpu(found: Measured) -> float:
    return found.ratio("product", "limit", "cpu")


def rate(found: Measured) -> float:
    return found.ratio("product", "limit", "rate")


def growth(table: Table) -> None:
    counts = sorted({count for _, count, _, _ in table})
    print("\nA page of 50 motions as rows grow: ms of CPU, product (limit)")
    for asker in ASKERS:
        print(f"{asker:<14}" + "".join(f"{place:>18}" for place in PLACES))
        for count in counts:
            cells = [(table[asker, count, place, "product"], table[asker, count, place, "limit"]) for place in PLACES]
            print(f"{count:>14,}" + "".join(f"{f'{ours:.2f} ({limit:.2f})':>18}" for ours, limit in cells))
        least = min(table[asker, counts[0], place, "product"] for place in PLACES)
        most = max(table[asker, counts[-1], place, "product"] for place in PLACES)
        print(f"               at most {most / least:.2f} times the cheapest page at {counts[0]:,}")


def first_sight(found: dict[str, float]) -> None:
    each = ", ".join(f"{name} {used:.1f}" for name, used in found.items())
    print(
        f"\nFirst sight of an unknown query, ms of CPU beyond a known one: {max(found.values()):.1f} at worst ({each})"
    )


def last_line(results: Results, sqlite: Results) -> str:
    """Each figure is the worst of its kind."""
    large = [found for name, found in results.items() if name in LARGE]
    small = [found for name, found in results.items() if name not in LARGE]
    times = [found.ratio("dataloaders", "product", "cpu") for found in large if "dataloaders" in found.samples]
    figures = {
        "A": _worst(max, [cpu(found) for found in large]),
        "B": _worst(max, [cpu(found) for found in small]),
        "C": _worst(min, [rate(found) for found in large]),
        "D": _worst(min, [rate(found) for found in small]),
        "E": _worst(min, times),
        "F": _worst(max, [cpu(found) for found in sqlite.values()]),
    }
    a, b, c, d, e, f = (_number(value) for value in figures.values())
    return f"reads: cpu {a} large, {b} small; throughput {c} large, {d} small; dataloaders {e}; sqlite {f}"
