"""How much the page reads, and how long it waits for it."""

BODY_BYTES_MAX = 600_000
"""Of what a form sends, a case file with it."""

FILE_BYTES_MAX = 20_200_000
"""Of what a form sends with a document: the largest that is kept, and the form."""

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

IDLE_SECONDS_MAX = {"staff": 15 * 60, "others": 30 * 60, "kiosk": 90}
"""Between two pages of somebody who signed in: staff sit at desks that others pass, a kiosk has a queue."""

SECOND_STEP_SECONDS_MAX = 5 * 60
"""Between the password and what is shown besides."""

FRESH_SECONDS_MAX = 5 * 60
"""Since somebody showed that it is they, for an act that asks for it."""
