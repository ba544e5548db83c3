"""``python -m locutorio.web``: serve on the port that PORT names in the environment, or on a free one."""

import os

from locutorio.web.serve import serve

serve(int(os.environ["PORT"]) if os.environ.get("PORT") else None)
