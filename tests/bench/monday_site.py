"""The product as it is served, with one more page that is empty: what the load of Monday morning is compared with.

python -m tests.bench.monday_site PORT
"""

import sys

from django.http import HttpResponse
from django.urls import get_resolver, path
from granian import Granian
from granian.constants import Interfaces

from accord.config.wsgi import application

get_resolver().url_patterns.append(path("_empty/", lambda request: HttpResponse()))

__all__ = ["application"]

if __name__ == "__main__":
    Granian(
        target="tests.bench.monday_site:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
    ).serve()
