"""Puts the flows into infra/voice.yaml, with a layout, so that a person can open them in Connect's designer.

CloudFormation takes a flow's content as a string within the template. Run it after changing a flow:
`python -m infra.connect.embed`; a test holds the two equal.
"""

from __future__ import annotations

import json
from pathlib import Path

from infra.connect.lint import Flow, exits

FLOWS = Path(__file__).parent / "flows"
TEMPLATE = Path(__file__).parents[1] / "voice.yaml"
KINDS = {"inbound": "CONTACT_FLOW", "reminder": "CONTACT_FLOW", "waiting": "CUSTOMER_QUEUE"}

_COLUMN, _ROW = 260, 220


def flow(name: str) -> Flow:
    """A flow as we wrote it; `${…}` stands for what the deploy fills in."""
    read: Flow = json.loads((FLOWS / f"{name}.json").read_text())
    return read


def laid_out(written: Flow) -> Flow:
    """The flow with a place for each action: the farther from the start, the farther right."""
    actions = {action["Identifier"]: action for action in written["Actions"]}
    columns: list[list[str]] = [[written["StartAction"]]]
    seen = set(columns[0])
    while columns[-1]:
        ahead = [there for here in columns[-1] for _, there in exits(actions[here])]
        columns.append([name for name in dict.fromkeys(ahead) if name not in seen])
        seen.update(ahead)
    places = {
        name: {"position": {"x": 200 + x * _COLUMN, "y": 40 + y * _ROW}}
        for x, column in enumerate(columns)
        for y, name in enumerate(column)
    }
    metadata = {"entryPointPosition": {"x": 20, "y": 40}, "ActionMetadata": places}
    return {
        "Version": written["Version"],
        "StartAction": written["StartAction"],
        "Metadata": metadata,
        "Actions": written["Actions"],
    }


def embedded(template: str) -> str:
    """The template's text with every flow put where `# flow: <name>` says."""
    for name in KINDS:
        content = json.dumps(laid_out(flow(name)), separators=(",", ":"))
        head, mark, rest = template.partition(f"      Content: !Sub >- # flow: {name}\n")
        if not mark:
            raise ValueError(f"infra/voice.yaml has no place for the flow {name}")
        template = f"{head}{mark}        {content}\n{rest.partition(chr(10))[2]}"
    return template


if __name__ == "__main__":
    TEMPLATE.write_text(embedded(TEMPLATE.read_text()))
