"""The password and the signed session cookie of the people who work at the desk."""

import asyncio
import re
import secrets
from hashlib import sha256
from typing import ClassVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot import desk
from bot.credentials import Secrets
from bot.db import Database, now
from bot.errors import BadRequestError, NotLoggedInError
from bot.web.people.throttle import Throttle

COOKIE = "dialogo_session"
_HASH = re.compile(r"^\$argon2(id|i|d)\$")
_NAME_LENGTH = 60


class Guard:
    """Lets people in with the shop's password and remembers them by a cookie.

    The cookie holds a random token, signed; the database knows its SHA-256 only, so that neither
    a copy of the database nor a guessed cookie opens the door, and logging out is final. The
    password may be given as an argon2 hash; otherwise it is hashed at the first login.
    """

    hours: ClassVar[int] = 12

    def __init__(self, database: Database, secrets_in_force: Secrets) -> None:
        self._database = database
        # OWASP's first choice for argon2id; one lane, because the cores belong to the customers.
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        given = secrets_in_force.admin_password.get_secret_value()
        if not given:
            raise NotLoggedInError("The admin password is empty; set DIALOGO_ADMIN_PASSWORD.")
        self._password = given
        self._hash = given if _HASH.match(given) else ""
        # Bound to the password: whoever changes it logs everybody out.
        fingerprint = sha256(given.encode()).hexdigest()[:16]
        self._signer = URLSafeTimedSerializer(
            secrets_in_force.signing_key.get_secret_value(), salt=f"desk-session-{fingerprint}"
        )
        self._throttle = Throttle()

    async def log_in(self, agent: str, password: str, *, address: str) -> str:
        """Return a cookie for a person who knows the password; NotLoggedInError otherwise."""
        name = " ".join(agent.split())
        if not name or len(name) > _NAME_LENGTH or not name.isprintable():
            raise BadRequestError(f"A name of 1 to {_NAME_LENGTH} characters is needed.")
        self._throttle.check(address)
        # A tenth of a second of argon2 would hold up every webhook.
        if not await asyncio.to_thread(self._matches, password):
            self._throttle.failed(address)
            raise NotLoggedInError("This is not the password.")
        self._throttle.forget(address)
        token = secrets.token_urlsafe(32)
        until = now() + self.hours * 3_600_000
        await self._database.write(
            lambda conn: desk.add_login(conn, _digest(token), name, expires_at=until)
        )
        return self._signer.dumps(token)

    async def log_out(self, cookie: str | None) -> None:
        """Make a cookie worthless."""
        token = self._read(cookie)
        if token is not None:
            await self._database.write(lambda conn: desk.drop_login(conn, _digest(token)))

    async def agent(self, cookie: str | None) -> str | None:
        """Return the name of the person a cookie belongs to, or None when it is no longer good."""
        token = self._read(cookie)
        if token is None:
            return None
        async with self._database.sessions() as session:
            return await desk.login_agent(session, _digest(token))

    def _matches(self, password: str) -> bool:
        if not self._hash:
            self._hash, self._password = self._hasher.hash(self._password), ""
        try:
            return self._hasher.verify(self._hash, password)
        except VerificationError:
            return False

    def _read(self, cookie: str | None) -> str | None:
        if not cookie:
            return None
        try:
            return str(self._signer.loads(cookie, max_age=self.hours * 3600))
        except BadSignature:
            return None


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
