/**
 * The way in and the way out: frames from bots, replies to them, and the media driver with its directory. Turns Aeron
 * into two small interfaces that a test can fake. Knows nothing of what is in a frame.
 */
package io.countersign.gateway.transport;
