package io.countersign.venues;

import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

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
     * What the signature of an operation binds.
     *
     * @param operation that the venue supports.
     * @return the class.
     */
    Binding binding(Operation operation);

    /**
     * Whether what is signed here for an operation may be taken for the same operation at another venue, when both know
     * the key.
     *
     * @param operation that both venues support.
     * @param other     another venue.
     * @return true when nothing in the signed bytes is seen to tell the two apart.
     */
    default boolean isTakenAt(final Operation operation, final Venue other)
    {
        return Binding.C == binding(operation) && Binding.C == other.binding(operation);
    }

    /**
     * How long the sender of an operation may ask the venue to take it.
     *
     * @param operation that the venue supports.
     * @return the longest receive window in milliseconds; 0 where there is none.
     */
    default int maxReceiveWindowMs(final Operation operation)
    {
        return 0;
    }

    /**
     * What the venue wants of keys of an algorithm.
     *
     * @param algorithm of the key.
     * @return the rule, or null when the venue takes no such keys.
     */
    KeyRule keyRule(KeyAlgorithm algorithm);

    /**
     * What configuration fixes for each key of this venue, in the order of {@link VenueKey#parameter(int)}.
     *
     * @return the parameters; empty where there are none.
     */
    default List<VenueParameter> parameters()
    {
        return List.of();
    }

    /**
     * Whether keys of this venue come with a passphrase.
     *
     * @return how requests carry it.
     */
    default PassphraseUse passphrase()
    {
        return PassphraseUse.NONE;
    }

    /**
     * The number that {@link Stamp#nonce()} must give.
     *
     * @return the rule.
     */
    default NonceRule nonce()
    {
        return NonceRule.NONE;
    }

    /**
     * Whether a key that configuration describes can be used, beyond what rule and parameters say.
     *
     * @param key of this venue.
     * @return null when it can, else what is wrong with it: a phrase for people.
     */
    default String check(final VenueKey key)
    {
        return null;
    }

    /**
     * Writes the request up to the signature. Afterwards {@link VenueRequest#payload()} is what the token must sign.
     *
     * @param order   that {@link OrderAdapter} filled.
     * @param key     that is to sign.
     * @param stamp   time and number that the request shall carry, see {@link VenueKey#utcNs(long)}.
     * @param request to write; whatever it held is gone, and after a refusal it is empty.
     * @return a value of {@link io.countersign.codecs.wire.Reason}: NONE, OPERATION_NOT_SUPPORTED, FIELD_MISSING,
     * FIELD_INVALID or REQUEST_TOO_LONG.
     */
    int build(Order order, VenueKey key, Stamp stamp, VenueRequest request);

    /**
     * Writes the signature into a request that was built, once.
     *
     * @param request   that {@link #build} wrote; after a refusal it is empty.
     * @param key       that signed.
     * @param signature bytes as the token gave them.
     * @param offset    of the signature.
     * @param length    of the signature in bytes.
     * @return a value of {@link io.countersign.codecs.wire.Reason}: NONE, FIELD_INVALID when there is no built request
     * or no signature, TOKEN_ERROR when it is seen not to be the key's signature of the payload, or REQUEST_TOO_LONG.
     */
    int finish(VenueRequest request, VenueKey key, DirectBuffer signature, int offset, int length);
}
