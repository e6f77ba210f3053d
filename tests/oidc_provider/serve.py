"""Makes the provider's database with one client and serves it: PORT REDIRECT_URI."""

from __future__ import annotations

import os
import sys
from wsgiref.simple_server import make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.oidc_provider.settings"

if __name__ == "__main__":
    import django

    django.setup()
    from allauth.idp.oidc.models import Client
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    port, redirect_uri = sys.argv[1:]
    call_command("migrate", verbosity=0)
    client = Client(id="mot-cua", name="Một Cửa", skip_consent=True)
    client.set_secret("bi-mat-thu")
    client.set_scopes(["openid", "profile"])
    client.set_redirect_uris([redirect_uri])
    client.save()
    with make_server("127.0.0.1", int(port), get_wsgi_application()) as server:
        print("ready", flush=True)
        server.serve_forever()
