/** Packer's words, read: its machine-readable output, manifests, errors and templates. Pure; nothing here runs it. */
@NullMarked
package io.jenkins.plugins.amirefresh.packer;

import org.jspecify.annotations.NullMarked;
