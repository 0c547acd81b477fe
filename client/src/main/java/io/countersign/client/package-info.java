/**
 * The bot's library: connect, send orders, receive signed requests.
 * <p>
 * {@link io.countersign.client.CountersignClient} is the form for bots that may not allocate: requests are filled in
 * place, replies come to a {@link io.countersign.client.ReplyListener} from {@code poll()}, on the bot's own thread.
 * {@link io.countersign.client.BlockingClient} is the same with one call per request, for everybody else.
 * <p>
 * The life of a client:
 * <pre>
 *              connect()                          close()
 *  (nothing) ------------&gt; CONNECTED ---------------------------&gt; CLOSED
 *      |                       |                                     ^
 *      | no gateway, refused   | egress or ingress closed,           |
 *      | or timed out:         | driver silent, client not polled    | close()
 *      v exception             v                                     |
 *                            LOST -----------------------------------+
 * </pre>
 * {@code LOST} is final: nothing is sent again, {@code onSessionLost} is called once, and the bot connects anew.
 * Whether requests that were in flight have been signed is not known to the client; the gateway tells in a later
 * session.
 * <p>
 * Knows the wire schema and Aeron, nothing of keys or venues.
 */
package io.countersign.client;
