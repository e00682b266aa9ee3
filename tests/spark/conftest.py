from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def _java() -> Iterator[None]:
    """Run Java with little optimisation, as it ends too soon to benefit from more."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield
