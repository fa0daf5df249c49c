#!/bin/bash
# Try the wheel where its users are: away from the checkout, on other Pythons, with other versions.
#
#   scripts/elsewhere.sh          after `make venv`; fetches packages, so it needs the registry
#
# 1. The newest Python there is, on the PATH or of pyenv, and the core alone: `secondlook check` on a
#    copy of a stranger's root.
# 2. The same with the extras for a report: `secondlook render`.
# 3. The same with all extras: the tests of the estimators, of printed numbers and of claims.
# 4. These tests on the oldest Python promised, with the lowest versions that pyproject.toml allows.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$PWD/.venv/bin/uv
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
index=${PIP_INDEX_URL:-$(.venv/bin/python -I -m pip config get global.index-url 2>/dev/null || :)}
if [ -n "$index" ]; then export UV_DEFAULT_INDEX=$index; fi
export UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never PYTHONNOUSERSITE=1 PYTHONUTF8=1
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
say() { printf '== %s\n' "$*"; }

make_environment() { # name, Python
    "$uv" venv --quiet --no-project --python "$2" "$away/$1"
}
install() { # name, what else pip understands
    "$uv" pip install --quiet --python "$away/$1/bin/python" "${@:2}"
}

.venv/bin/python -m hatchling build -t wheel -d "$away/dist" >/dev/null
wheel=$(echo "$away"/dist/*.whl)
newest=python3.11
for version in 3.14 3.13 3.12; do
    for python in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
        if "$python" -c '' 2>/dev/null; then newest=$python && break 2; fi
    done
done

cp -R examples/crowley-1977 "$away/root"
make_environment new "$newest"
say "the core alone, $("$away/new/bin/python" -V)"
install new "$wheel"
(cd "$away/root/reports" && "$away/new/bin/secondlook" check)
say "with the extras for a report"
install new "secondlook[report,engine] @ file://$wheel"
(cd "$away/root" && env PATH=/usr/bin:/bin "$away/new/bin/secondlook" render)
test -s "$away/root/_site/reports/crowley-1977.html"

test_tools=("pytest>=9" "pytest-xdist>=3.6" "hypothesis>=6.115")
test_core() { # name
    "$away/$1/bin/python" -m pytest -q -n logical --dist loadfile -p no:cacheprovider \
        tests/survival tests/transitions tests/proportions tests/pooling tests/claims \
        tests/data tests/test_printed.py tests/test_cli.py
}
say "the tests of the core"
install new "secondlook[all] @ file://$wheel" "${test_tools[@]}"
test_core new

make_environment low python3.11
say "the lowest versions allowed, $("$away/low/bin/python" -V)"
install low --resolution lowest-direct --all-extras -r pyproject.toml "${test_tools[@]}"
install low --no-deps "$wheel"
test_core low
