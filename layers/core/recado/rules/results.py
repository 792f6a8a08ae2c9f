"""Where the link to a result may lead. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def may_lead(link: str, hosts: Iterable[str]) -> bool:
    """Whether it leads to one of these hosts, whoever reads it: nothing may stand between the host and the
    path, neither a port nor anything that browsers and libraries take for different hosts (`\\`, `@`)."""
    return any(link == f"https://{host}" or link.startswith(f"https://{host}/") for host in hosts)
