#!/bin/sh
# Make .venv from requirements.lock, or find that it is already what the lock says. With the word
# "dev", add what only development and its tests need, from requirements-dev.lock.
#
# The file .venv/ready (and .venv/ready-dev) is written last and holds where the environment lies,
# which interpreter it runs and what it was made from. An install that was interrupted has no such file; one that was
# moved or copied, whose Python was upgraded or removed, or whose lock changed has another content.
# In each case it is made good here, before anything is run from it.
#
# pip installs the uv of the lock, and uv the rest in a quarter of pip's time; where uv cannot (a
# registry that only pip's configuration knows, a system without a build of uv), pip does it all.
# Which registry serves the packages is pip's own business (its configuration or PIP_INDEX_URL);
# every file must have a hash that the lock holds.
set -eu
cd "$(dirname "$0")/.."

# What an active environment or a user's habits would change about the one made here.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV CONDA_PREFIX __PYVENV_LAUNCHER__ \
    PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_REQUIREMENT PIP_CONSTRAINT PIP_NO_BINARY \
    PIP_ONLY_BINARY PIP_NO_DEPS PIP_DRY_RUN PIP_EDITABLE PIP_PRE PIP_UPGRADE \
    PIP_REQUIRE_VIRTUALENV PIP_NO_BUILD_ISOLATION PIP_IGNORE_INSTALLED PIP_NO_COMPILE \
    PYTHONDONTWRITEBYTECODE
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONNOUSERSITE=1

venv=.venv
ready=$venv/ready
python=$venv/bin/python
development=${1:-}

say() { printf '%s\n' "$*" >&2; }

version() { "$1" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

facts() {  # three lines: where it lies, the interpreter, what it is made from (files named)
    "$python" -I -c '
import hashlib, pathlib, sys
made_from = b"".join(pathlib.Path(p).read_bytes() for p in sys.argv[1:])
print(sys.prefix, sys.version.replace("\n", " "), hashlib.sha256(made_from).hexdigest(), sep="\n")
' "$@" 2>/dev/null
}

base_python() {  # the first interpreter that can do it, and never one inside a virtual environment
    too_old=; without_venv=
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        found=$(version "$name") || continue
        if ! "$name" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            too_old="$too_old $name ($found)"
        elif ! "$name" -I -c 'import ensurepip, venv' 2>/dev/null; then
            without_venv=${without_venv:-$found}
        else
            "$name" -I -c 'import sys; print(getattr(sys, "_base_executable", sys.executable))'
            return
        fi
    done
    if [ -n "$without_venv" ]; then
        say "secondlook: Python $without_venv is here, but without the part that makes environments."
        say "  Debian, Ubuntu:  sudo apt-get install python$without_venv-venv"
    elif [ -n "$too_old" ]; then
        say "secondlook: Python 3.11 or newer is needed; here is only:$too_old."
        say "  Debian, Ubuntu:  sudo apt-get install python3.11-venv"
    else
        say "secondlook: Python 3.11 or newer is needed, and ${PYTHON:-python3} is not on the PATH."
        say "  Debian, Ubuntu:  sudo apt-get install python3-venv"
    fi
    say "  Another one can be named:  make PYTHON=/path/to/python3.12 ..."
    return 1
}

install() {  # a lock, hashes checked
    say "Installing the $(grep -c "^[^ ].*==" "$1") packages of $1 into .venv"
    pip="$python -I -m pip install -qq --no-deps --require-hashes"
    # One package of the lock is a source archive. It is built by the setuptools of the lock, which
    # goes first, because a build in isolation would fetch one that no hash vouches for.
    awk '/^[^ ]/ { wanted = /^(setuptools|uv)==/ } wanted' "$1" >"$venv/first.lock"
    if [ -s "$venv/first.lock" ]; then $pip -r "$venv/first.lock" || return 1; fi
    by_uv "$1" || $pip --no-build-isolation --use-pep517 -r "$1"
}

by_uv() {  # quietly: what it could not do, pip does and reports
    [ -x "$venv/bin/uv" ] || return 1
    index=${PIP_INDEX_URL:-$("$python" -I -m pip config get global.index-url 2>/dev/null || :)}
    env ${index:+UV_DEFAULT_INDEX="$index"} UV_NO_CONFIG=1 UV_HTTP_RETRIES=1 \
        "$venv/bin/uv" pip install --quiet --python "$python" --no-deps --require-hashes \
        --no-build-isolation -r "$1" 2>/dev/null
}

give_up() {
    say "secondlook: the packages of $1 could not be installed; pip says why above."
    say "  Nothing half-finished will be used: run the same command again when the cause is gone."
    exit 1
}

# One at a time, where two commands start in a fresh clone at once.
if command -v flock >/dev/null; then
    exec 9<.
    flock 9
fi

made_from="requirements.lock pyproject.toml"
now=$(facts $made_from) || now=
# Another Python than that of the environment was asked for by name.
if [ -n "$now" ] && [ -n "${PYTHON:-}" ] && [ "$(version "$PYTHON")" != "$(version "$python")" ]; then
    now=
fi
if [ -z "$now" ] || [ ! -f "$ready" ] || [ "$now" != "$(cat "$ready")" ]; then
    # A healthy environment whose lock changed is brought up to date; anything else is made anew.
    if [ -z "$now" ] || [ ! -f "$ready" ] ||
        [ "$(printf '%s\n' "$now" | head -n 2)" != "$(head -n 2 "$ready")" ]; then
        base=$(base_python)
        say "Making .venv with $("$base" -I -V) ($base)"
        rm -rf "$venv"
        "$base" -I -m venv "$venv"
    fi
    rm -f "$ready" "$ready-dev"
    install requirements.lock || give_up requirements.lock
    # The project itself, which needs no network.
    $python -I -m pip install -qq --no-deps --no-index --no-build-isolation --editable . &&
        $python -I -m pip check >/dev/null || give_up requirements.lock
    # Quarto's kernels speak over this machine's own network, every message signed with a key. Its
    # manager asks for no encryption and reads no configuration, so each kernel would warn of that.
    mkdir -p "$venv/etc/ipython"
    echo 'c.IPKernelApp.log_level = "ERROR"' >"$venv/etc/ipython/ipython_kernel_config.py"
    facts $made_from >"$ready"
fi
[ -n "$development" ] || exit 0

now=$(facts $made_from requirements-dev.lock)
if [ ! -f "$ready-dev" ] || [ "$now" != "$(cat "$ready-dev")" ]; then
    rm -f "$ready-dev"
    install requirements-dev.lock && $python -I -m pip check >/dev/null ||
        give_up requirements-dev.lock
    printf '%s\n' "$now" >"$ready-dev"
fi
