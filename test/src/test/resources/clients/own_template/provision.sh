#!/bin/bash
set -eu
systemctl enable nginx
echo "$FAMILY is ready"
