package io.countersign.venues.profile;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.RecoverableSignature;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A venue of a {@link CodeScheme} that signs on secp256k1: no signature that is not the key's goes into a request, and
 * whatever s the token gave, the lower one does.
 */
public abstract class SchemeVenue extends ProfileDescribed
{
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);

    /**
     * A venue.
     *
     * @param profile that describes it.
     */
    protected SchemeVenue(final Profile profile)
    {
        super(profile);
    }

    @Override
    public final int finish(
        final VenueRequest request,
        final VenueKey key,
        final DirectBuffer signature,
        final int offset,
        final int length)
    {
        if (!request.isBuilt() || offset < 0 || length != RecoverableSignature.LENGTH ||
            length > signature.capacity() - offset)
        {
            return request.refuse(Reason.FIELD_INVALID.value(), FieldSource.SIGNATURE.ordinal());
        }
        final Workspace workspace = workspaces.get();
        final RecoverableSignature checked = workspace.signature;
        if (key.secp256k1() == null || !checked.take(key.secp256k1(), digest(request), 0, signature, offset))
        {
            return request.refuse(Reason.TOKEN_ERROR.value(), FieldSource.SIGNATURE.ordinal());
        }

        final UnsafeBuffer numbers = workspace.numbers;
        checked.putR(numbers, 0);
        checked.putS(numbers, RecoverableSignature.NUMBER_LENGTH);
        write(request, checked, numbers);
        return request.finished();
    }

    /**
     * The digest that was signed: what the token was given, unless it makes the digest itself.
     *
     * @param request that was built.
     * @return what holds its 32 bytes, from index 0.
     */
    protected DirectBuffer digest(final VenueRequest request)
    {
        return request.payload().buffer();
    }

    /**
     * Writes the signature into the request.
     *
     * @param request that was built.
     * @param checked the signature, which is the key's.
     * @param numbers r and s of it, 32 bytes each, and room for one byte more.
     */
    protected abstract void write(VenueRequest request, RecoverableSignature checked, UnsafeBuffer numbers);

    /** What one thread checks with. */
    private static final class Workspace
    {
        private final RecoverableSignature signature = new RecoverableSignature();
        private final UnsafeBuffer numbers = new UnsafeBuffer(new byte[RecoverableSignature.LENGTH + 1]);
    }
}
