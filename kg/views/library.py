"""pyvis, which network pages are made with, without IPython.

pyvis imports IPython for one class that only notebooks use, which takes a tenth of a second; here
the class is loaded when somebody calls it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

__all__ = ["Edge", "Network", "Node"]


def _frame(*values: Any, **named: Any) -> object:  # noqa: ANN401  (what IPython takes)
    """Return a frame for a notebook, as IPython makes it."""
    from IPython.display import IFrame

    return IFrame(*values, **named)


# Where pyvis or IPython is loaded already, nothing is gained.
_stand_ins = () if {"pyvis", "IPython"} & set(sys.modules) else ("IPython", "IPython.display")
for _name in _stand_ins:
    sys.modules[_name] = ModuleType(_name)
    sys.modules[_name].__dict__["IFrame"] = _frame
try:
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node
finally:
    for _name in _stand_ins:
        del sys.modules[_name]
