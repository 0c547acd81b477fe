package io.countersign.venues;

import org.agrona.DirectBuffer;

import java.util.Set;

/**
 * A trading venue's way of writing and signing requests. Implementations are stateless: one instance serves any thread
 * that brings its own {@link VenueRequest}. Neither {@link #build} nor {@link #finish} allocates or throws.
 * <pre>
 *   build: order fields ──▶ request.payload() ──▶ token signs ──▶ finish: signature ──▶ request ready to send
 * </pre>
 */
public interface Venue
{
    /**
     * The name that configuration uses.
     *
     * @return for example {@code binance-spot}.
     */
    String name();

    /**
     * Whether the venue's requests can be built for an operation.
     *
     * @param operation asked for.
     * @return true when {@link #build} knows it.
     */
    boolean supports(Operation operation);

    /**
     * Which other operations what is signed for this one is also valid for: what its signature really allows.
     *
     * @param operation asked for.
     * @return the other operations that are at least as powerful; empty where the signature binds the operation.
     */
    Set<Operation> equivalents(Operation operation);

    /**
     * Whether the venue takes keys whose signatures are written in this way.
     *
     * @param encoding of the key.
     * @return true when it does.
     */
    boolean supports(SignatureEncoding encoding);

    /**
     * Writes the request up to the signature. Afterwards {@link VenueRequest#payload()} is what the token must sign.
     *
     * @param order       that {@link OrderAdapter} filled.
     * @param key         that is to sign.
     * @param timestampMs UTC milliseconds that the request shall carry: {@link VenueKey#timestampMs(long)}.
     * @param request     to write; whatever it held is gone, and after a refusal it is empty.
     * @return a value of {@link io.countersign.codecs.wire.Reason}: NONE, OPERATION_NOT_SUPPORTED, FIELD_MISSING,
     * FIELD_INVALID or REQUEST_TOO_LONG.
     */
    int build(Order order, VenueKey key, long timestampMs, VenueRequest request);

    /**
     * Writes the signature into a request that was built, once.
     *
     * @param request   that {@link #build} wrote; after a refusal it is empty.
     * @param key       that signed.
     * @param signature bytes as the token gave them.
     * @param offset    of the signature.
     * @param length    of the signature in bytes.
     * @return a value of {@link io.countersign.codecs.wire.Reason}: NONE, FIELD_INVALID when there is no built request
     * or no signature, or REQUEST_TOO_LONG.
     */
    int finish(VenueRequest request, VenueKey key, DirectBuffer signature, int offset, int length);
}
