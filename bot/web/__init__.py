"""The HTTP door for people: landing page, web chat, login, desk, and the JSON API.

    mount(app, services)

`app.state.services` and `app.state.secrets` must be set before.
"""

from bot.web.mounting import mount

__all__ = ["mount"]
