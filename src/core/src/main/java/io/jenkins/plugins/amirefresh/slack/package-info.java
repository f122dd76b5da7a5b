/** What people are told in Slack, as values: texts, colours, and nothing about how a message gets there. */
@NullMarked
package io.jenkins.plugins.amirefresh.slack;

import org.jspecify.annotations.NullMarked;
