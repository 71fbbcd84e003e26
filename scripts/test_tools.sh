#!/bin/sh
# Installs what the tests need beside Python: PDF text tools, a browser, LibreOffice, a Chinese font. Says so when it may not.
set -eu
missing=""
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v chromium >/dev/null || missing="$missing chromium"
command -v soffice >/dev/null || missing="$missing libreoffice-writer-nogui"
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || missing="$missing fonts-wqy-zenhei fontconfig"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq $missing >/dev/null
else
    echo "Please install:$missing" >&2
    exit 1
fi
