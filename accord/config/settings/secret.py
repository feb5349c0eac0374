"""A secret key that is made once and kept beside the data, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret_key_in(home: Path) -> str:
    """Return the key in `home`, making it on first use; two starts at once agree on one key."""
    path = home / "secret.key"
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
