"""Reads the settings that a document shows, as the Matrix server reads them at its start.

Argument: the document. Its blocks of YAML are one set of settings; the files that they name are
made up in a folder that goes with it. Fails where the server refuses them, and where an option has
a name that the server does not know, since it says nothing of those.
"""

import contextlib
import pathlib
import re
import sys
import tempfile

import synapse.config
import yaml
from synapse.config.homeserver import HomeServerConfig

FILES = "/etc/matrix-synapse"
SECRETS = ["registration-secret", "macaroon-secret", "form-secret", "sign-on-secret"]


def names(settings):
    """The names of all options, however deep, but for those below a library's own section."""
    if isinstance(settings, dict):
        for name, value in settings.items():
            yield name
            if name not in ("args", "config"):
                yield from names(value)
    elif isinstance(settings, list):
        for value in settings:
            yield from names(value)


def main(document):
    blocks = re.findall(r"^```yaml\n(.*?)^```", pathlib.Path(document).read_text(), re.S | re.M)
    text = "\n".join(blocks)
    known = "".join(
        file.read_text() for file in pathlib.Path(synapse.config.__file__).parent.glob("*.py")
    )
    options = names(yaml.safe_load(text))
    unknown = [name for name in options if not re.search(rf"\b{name}\b", known)]
    if unknown:
        sys.exit(f"the server knows nothing of {unknown}")
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        for secret in SECRETS:
            (here / secret).write_text("secret\n")
        (here / "homeserver.yaml").write_text(text.replace(FILES, folder))
        arguments = ["--config-path", str(here / "homeserver.yaml")]
        with contextlib.redirect_stdout(sys.stderr):
            HomeServerConfig.load_or_generate_config("", [*arguments, "--generate-keys"])
        config = HomeServerConfig.load_config("", arguments)
        print(config.server.server_name, len(blocks))


main(sys.argv[1])
