"""Page numbers in addresses."""

from __future__ import annotations

import re

from starlette.requests import Request

from kg.server.http.problems import Problem

_NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)


def requested_page_number(request: Request, last: int) -> int:
    """Return the requested page of a list (`?page=2`).

    Args:
        request: The request.
        last: How many pages there are.

    Raises:
        Problem: It is not a number, or there are fewer pages.
    """
    number = request.query_params.get("page", "1")
    if not _NUMBER.fullmatch(number):
        raise Problem(
            400, "page: must be a number, such as 2.", zh="页码不对，请填写数字，例如 2。"
        )
    if int(number) > last:
        raise Problem(
            404,
            f"page: there {'is only 1 page' if last == 1 else f'are only {last} pages'}.",
            zh=f"共 {last} 页，没有第 {number} 页。",
        )
    return int(number)
