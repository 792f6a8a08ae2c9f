"""What a start, a message, a reminder, an answer cost; who is known.   python -m tests.bench [--counted]

--counted: without the throughput. Exits with 1 when a budget is exceeded of what is counted, and so repeats.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "functions"))

from tests.bench.ways import bills  # isort: skip - first of all it sets what recado.store reads

from tests.bench import budgets, imports, packages, prices, throughput
from tests.bench.bill import Bill
from tests.bench.budgets import Budget
from tests.bench.tables import say, table

ROOT = Path(__file__).parents[2]
INTAKE_TO_ROUTED = ("intake", "dedupe", "routing")


def main() -> int:
    """Print the tables; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--counted", action="store_true", help="only what is counted: no throughput")
    options = parser.parse_args()
    over = [*_starts(), *_ways(bills())]
    if not options.counted:
        _throughput()
    over += _identity()
    over += _intents()
    say("\nNO-SHOW: .venv-bench/bin/python -m tests.bench.noshow PATH, with the public data set.")
    for what in over:
        say(f"OVER BUDGET  {what}")
    return 1 if over else 0


def _starts() -> list[str]:
    with packages.dependencies() as layer:
        costs = imports.measure(layer)
        sizes = packages.sizes(layer)
    unit = "million instructions" if costs.counted else "ms of CPU, since there is no valgrind"
    say("COLD START: import of each function with its clients")
    say(f"B = importing botocore and making one DynamoDB client = {costs.b:.0f} {unit}\n")
    rows = [
        [
            name,
            f"{cost.in_b:.2f} B",
            *_shown(budgets.IMPORT[name], "{:.2f} B"),
            str(cost.modules),
            f"{sizes.functions[name] / 1e3:.1f} KB",
        ]
        for name, cost in costs.functions.items()
    ]
    say(table(["function", "import", "budget", "reach for", "modules", "zipped"], rows))
    say(_channels(costs))
    made = "as `make build` made it" if sizes.built else "this machine's builds; `make build` makes Lambda's"
    limit, reach = _shown(budgets.LAYER_BYTES, "{:,.0f}")
    say(f"layer core: {sizes.core:,} bytes zipped, without bytecode")
    say(
        f"layer dependencies: {sizes.dependencies:,} bytes zipped ({made}); budget {limit}, reach for {reach}"
    )
    say()
    over = ["layer dependencies"] if sizes.dependencies > budgets.LAYER_BYTES.limit else []
    with_channels = {f"intake with {name}": cost for name, cost in costs.channels.items()}
    for name, cost in (costs.functions | with_channels).items():
        if costs.counted and round(cost.in_b, 2) > budgets.IMPORT[name.partition(" ")[0]].limit:
            over.append(f"import of {name}: {cost.in_b:.2f} B")
    return over


def _channels(costs: imports.Costs) -> str:
    """Intake with the one channel that a webhook is of; the budget is intake's."""
    budget = _shown(budgets.IMPORT["intake"], "{:.2f} B")
    rows = [[name, f"{cost.in_b:.2f} B", *budget, str(cost.modules)] for name, cost in costs.channels.items()]
    return table(["intake with", "import", "budget", "reach for", "modules"], rows)


def _shown(budget: Budget, form: str) -> list[str]:
    return [f"≤ {form.format(budget.limit)}", form.format(budget.reach)]


def _ways(found: dict[str, Bill]) -> list[str]:
    say("CALLS AND UNITS of one of each, by function (batches of one unless it says otherwise)\n")
    rows = [row for name, bill in found.items() for row in _rows(name, bill)]
    head = [
        "",
        "function",
        "calls",
        "write units",
        "+ index",
        "read units",
        "SQS",
        "invoked",
        "$ / M",
        "by operation",
    ]
    say(table(head, rows))
    say(f"{prices.LEFT_OUT}\nA reminder is net of the idle minute, which sweeps two clinics.\n")
    return _judged(found)


def _rows(name: str, bill: Bill) -> list[list[str]]:
    functions = list(bill.functions())
    rows = [_row("", one, bill, one) for one in functions]
    return [_row(name, "all", bill, *functions), *rows, []]


def _row(name: str, label: str, bill: Bill, *functions: str) -> list[str]:
    kinds = ("write_units", "index_units", "read_units")
    units = [f"{bill.units(kind, *functions):g}" for kind in kinds]
    requests = bill.units("requests", *functions) + bill.polled(*functions)
    operations = "" if label == "all" else bill.operations(label)
    return [
        name,
        label,
        f"{bill.called(*functions):g}",
        *units,
        f"{requests:g}",
        f"{bill.invoked(*functions):g}",
        f"{bill.dollars(*functions):.2f}",
        operations,
    ]


def _judged(found: dict[str, Bill]) -> list[str]:
    """The budgets of an inbound message and of a reminder; those that count and are exceeded."""
    usual, first = found["message, contact open"], found["first message"]
    ten, reminder = found["the same, ten at once"], found["reminder"]
    counted = [
        ("calls, contact open", usual.called(*INTAKE_TO_ROUTED), budgets.CALLS),
        ("calls, first message", first.called(*INTAKE_TO_ROUTED), budgets.CALLS),
        ("write units, contact open", usual.written(*INTAKE_TO_ROUTED), budgets.WRITES),
    ]
    counted.append(
        ("reads, caller lookup", found["caller lookup"].units("read_units", "voice"), budgets.LOOKUP)
    )
    told = [
        ("$ / M, contact open", usual.dollars(*INTAKE_TO_ROUTED), budgets.INBOUND_DOLLARS),
        ("$ / M, contact open, ten at once", ten.dollars(*INTAKE_TO_ROUTED), budgets.INBOUND_DOLLARS),
        (
            "$ / M, reminder, as planned and written",
            reminder.dollars("reminders"),
            budgets.REMINDER_DOLLARS,
        ),
    ]
    say("BUDGETS of an inbound message from intake to stored and routed, a caller lookup and a reminder\n")
    rows = [
        [what, f"{figure:.2f}", *_shown(budget, "{:.2f}"), "over" if figure > budget.limit else "met"]
        for what, figure, budget in (*counted, *told)
    ]
    say(table(["", "now", "budget", "reach for", ""], rows))
    say()
    return [f"{what}: {figure:g}" for what, figure, budget in counted if figure > budget.limit]


def _throughput() -> None:
    say(f"END TO END on the local stack: {throughput.MESSAGES} webhooks by {throughput.SENDERS} people\n")
    measured = throughput.measure()
    if isinstance(measured, str):
        say(measured)
        return
    rows = [
        [
            "accepted by intake",
            f"{measured.accepted_s:.1f}",
            f"{measured.messages / measured.accepted_s:.1f}",
        ],
        ["visible in the API", f"{measured.visible_s:.1f}", f"{measured.messages / measured.visible_s:.1f}"],
    ]
    say(table(["", "seconds", "messages / s"], rows))
    say("An emulator on this machine, every function one process: a comparison with itself, not with AWS.")


def _identity() -> list[str]:
    """In an environment of its own: what it is compared with is large."""
    python = ROOT / ".venv-bench/bin/python"
    if not python.exists():
        say("\nIDENTITY: left out, for want of .venv-bench, which `make bench` sets up.")
        return []
    say()
    done = subprocess.run([python, "-m", "tests.bench.identity"], cwd=ROOT, check=False)  # noqa: S603 - ours
    return ["identity"] if done.returncode else []


def _intents() -> list[str]:
    """What ships, on utterances set aside; it needs nothing that is not shipped."""
    say()
    done = subprocess.run([sys.executable, "-m", "tests.bench.intents"], cwd=ROOT, check=False)
    return ["intents"] if done.returncode else []


if __name__ == "__main__":
    sys.exit(main())
