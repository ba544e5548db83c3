"""How much the page reads, and how long it waits for it."""

BODY_BYTES_MAX = 600_000
"""Of what a form sends, a case file with it."""

SILENT_SECONDS_MAX = 30
"""For which a browser may say nothing."""

REQUEST_SECONDS_MAX = 90
"""For one request and its answer, however slowly the browser sends or reads."""

UNREAD_BYTES_MAX = 20_000_000
"""Of a body that was refused, still taken in, so that the browser gets to read why."""

UNREAD_SECONDS_MAX = 2
"""Between two pieces of a body that was refused."""

SESSION_SECONDS_MAX = 12 * 3600
"""After signing in, however busy."""

IDLE_MINUTES_MAX = {"staff": 15, "others": 30}
"""Between two pages of somebody who signed in: staff sit at desks that others pass."""
