"""The programs that made a paper's data, ``data/<key>/make/<name>.py``, as modules."""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location

from secondlook.data import folder


@cache
def generator(key, name):
    """Return the program of this name, imported once."""
    spec = spec_from_file_location(f"make_{name}", folder(key) / "make" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
