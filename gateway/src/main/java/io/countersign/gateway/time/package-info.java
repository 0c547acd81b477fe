/**
 * One clock read for both times: monotonic for durations, UTC by an offset that is renewed off the gateway thread.
 */
package io.countersign.gateway.time;
