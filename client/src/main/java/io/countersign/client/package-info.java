/**
 * The bot's library: connect, send orders, receive signed requests.
 * Knows the wire schema and Aeron, nothing of keys or venues.
 */
package io.countersign.client;
