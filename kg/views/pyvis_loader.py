"""Load pyvis without IPython.

pyvis imports IPython for one class that only notebooks need, which takes a tenth of a second. Here
that class is loaded when it is called.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

__all__ = ["Edge", "Network", "Node"]


def _make_frame(*values: Any, **named: Any) -> object:  # noqa: ANN401  (what IPython takes)
    """Return an IPython frame for a notebook."""
    from IPython.display import IFrame

    return IFrame(*values, **named)


# No stand-ins are needed if pyvis or IPython is already loaded.
_stand_ins = () if {"pyvis", "IPython"} & set(sys.modules) else ("IPython", "IPython.display")
for _name in _stand_ins:
    sys.modules[_name] = ModuleType(_name)
    sys.modules[_name].__dict__["IFrame"] = _make_frame
try:
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node
finally:
    for _name in _stand_ins:
        del sys.modules[_name]
