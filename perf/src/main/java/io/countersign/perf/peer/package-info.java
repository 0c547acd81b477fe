/**
 * What Countersign is measured against, side by side in the same run: the same token, key and payload, one signature
 * asked for when the one before is there.
 * <pre>
 *   peer        who signs, and how it is asked
 *   bare        bare_sign.c: C_SignInit and C_Sign from C in one process. What all others are compared with
 *   sunpkcs11   SunPKCS11, the JDK's own provider, through JCA in the bot's process: the bot can do with the key what
 *               it likes
 *   p11-kit     p11-kit's server has the token; bare_sign calls it through p11-kit's client library over a unix socket
 *   http        a signer on the JDK's HTTP server has the token; a bot asks it in JSON over TCP on loopback
 *   gateway     Countersign itself, which the rig supplies as one more Peer
 * </pre>
 * Only the gateway authenticates each request, applies a policy, builds the payload and keeps a journal.
 * <p>
 * Each is set to be as quick as it can be:
 * <ul>
 * <li>Every process is warm before the first round. A round begins with signatures that do not count, since the
 * process has slept; what spins while it waits rests during the rounds of others ({@code Peer.rest()}).</li>
 * <li>Nobody pays for a first login, a search for the key or a new connection: all were made before.</li>
 * <li>{@code bare} and {@code p11-kit} sign ECDSA over a digest that was made before; the others hash each time.</li>
 * <li>{@code sunpkcs11} keeps one {@code Mac} or {@code Signature} that was given its key once. The provider calls
 * C_SignInit, C_SignUpdate and C_SignFinal. It has no Ed25519 in JDK 25, and shows a private key only where a
 * certificate is beside it in the token, which is put there for it.</li>
 * <li>{@code p11-kit} before 0.25 passes on no CKM_EDDSA.</li>
 * <li>{@code http}: one kept connection, TCP_NODELAY on both ends, no idle limit; the server handles a request on its
 * own thread (no executor), signs by the lane that the gateway signs with and reads JSON without a library. The client
 * is not {@code java.net.http} but a socket and one write for each request, without a thread behind it. What teams run
 * is rather slower. Payload and signature are in base64.</li>
 * <li>The Java processes have the flags of every Countersign process ({@code config/jvm.args}).</li>
 * </ul>
 * Rounds of all peers are interleaved, in each turn in another order, by a seed that is printed. The speed of a machine
 * drifts; therefore how much one takes more than another is the median of the differences between neighbouring rounds
 * ({@code PeerSamples.aboveNs}).
 * <p>
 * The null token ({@code NullToken}) leaves only what is not the token's share. Nothing here protects anything: the
 * signer on HTTP signs for whoever asks on this machine, as long as it runs.
 */
package io.countersign.perf.peer;
