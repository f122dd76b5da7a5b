/** What changed in an account, as EventBridge tells it, and which groups are to be recycled for it. Pure: no port, no clock. */
@NullMarked
package io.jenkins.plugins.amirefresh.events;

import org.jspecify.annotations.NullMarked;
