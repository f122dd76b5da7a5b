#!/bin/sh
# Runs on the build instance as root through sudo: security updates, then what the family needs.
set -eu

if command -v dnf >/dev/null; then
  sudo dnf -y upgrade --security
elif command -v yum >/dev/null; then
  sudo yum -y update --security
elif command -v apt-get >/dev/null; then
  sudo apt-get -q update
  sudo DEBIAN_FRONTEND=noninteractive apt-get -q -y upgrade
fi

echo "$FAMILY" | sudo tee /etc/image-family >/dev/null
