#!/usr/bin/env bash
# Installs a wheel in a new environment for each available Python, and uses it outside the checkout;
# fails if a package has a licence that is not allowed.
# usage: scripts/try_wheel.sh WHEEL
set -euo pipefail
wheel=$(realpath "$1")
cd "$(dirname "$0")/.."
root=$PWD

# Prints the path of a Python of a version, from PATH or pyenv; nothing if there is none that works.
python_of() {
  local found
  for found in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
    if "$found" -c "import ensurepip" 2>/dev/null; then
      echo "$found"
      return
    fi
  done
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tried=0
for version in 3.11 3.12 3.13; do
  python=$(python_of "$version")
  if [ -z "$python" ]; then
    echo "Python $version: not available, the wheel was not tried with it"
    continue
  fi
  environment=$folder/$version
  "$python" -m venv "$environment"
  "$environment/bin/python" -m pip --disable-pip-version-check --quiet install \
    --constraint constraints.txt "$wheel"
  "$environment/bin/python" scripts/list_licences.py >"$folder/licences" \
    || { cat "$folder/licences"; exit 1; }
  mkdir "$folder/work"
  (cd "$folder/work" && kg="$environment/bin/kg" \
    && "$kg" build "$root/data/jianghan-2019/report.csv" \
    && "$kg" query departments --format csv >/dev/null \
    && "$kg" ask 哪些部门共同涉及西北湖？ --format csv >/dev/null \
    && "$kg" analyse >/dev/null \
    && "$kg" view departments -o departments.html \
    && "$kg" publish -o bundle --publisher 江汉区 --licence CC-BY-4.0 \
      --base https://example.org/jianghan \
    && cd bundle && sha256sum --quiet --check SHA256SUMS)
  rm -rf "$folder/work" "$environment"
  echo "Python $version: the wheel works"
  tried=$((tried + 1))
done
test "$tried" -gt 0
