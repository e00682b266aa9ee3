from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def _java() -> Iterator[None]:
    """Java on this machine, which ends too soon to gain by compiling all that well."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield
