/** The words of the field as types: identifiers, capacities, observations. Everything else imports these. */
@NullMarked
package io.jenkins.plugins.amirefresh.model;

import org.jspecify.annotations.NullMarked;
